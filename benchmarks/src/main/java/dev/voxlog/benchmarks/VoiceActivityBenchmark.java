package dev.voxlog.benchmarks;

import dev.voxlog.models.ModelStore;
import dev.voxlog.models.Models;
import dev.voxlog.stt.VadState;
import dev.voxlog.stt.VadWindow;
import dev.voxlog.stt.VoiceActivityDetector;
import dev.voxlog.stt.scripted.EnergyDetector;
import dev.voxlog.stt.silero.SileroDetector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// The neural detector on one window (32 ms) of so many calls at once, against their energy alone.
/// Fetches the weights if they are not in the cache.
@State(Scope.Thread)
public class VoiceActivityBenchmark extends MedianTime {
  private static final int WINDOW = VoiceActivityDetector.WINDOW_SAMPLES;

  @Param({"1", "4", "16", "32", "64"})
  private int calls;

  private final float[] speech = Speech.at(VoiceActivityDetector.SAMPLE_RATE);
  private final EnergyDetector energy = new EnergyDetector();
  private final SileroDetector silero =
      new SileroDetector(ModelStore.fromEnvironment().get(Models.SILERO_V6, System.out::println));
  private final List<VadState> states = new ArrayList<>();
  private int next;

  @Setup
  public void connect() {
    for (int i = 0; i < calls; i++) {
      states.add(new VadState());
    }
  }

  @TearDown
  public void close() {
    silero.close();
  }

  /// The next window of each call, which are a few windows apart.
  private List<VadWindow> windows() {
    next++;
    int all = speech.length / WINDOW;
    List<VadWindow> windows = new ArrayList<>(calls);
    for (int i = 0; i < calls; i++) {
      int from = (next + 5 * i) % all * WINDOW;
      windows.add(new VadWindow(states.get(i), Arrays.copyOfRange(speech, from, from + WINDOW)));
    }
    return windows;
  }

  @Benchmark
  public float[] silero() {
    return silero.detect(windows());
  }

  @Benchmark
  public float[] energy() {
    return energy.detect(windows());
  }
}
