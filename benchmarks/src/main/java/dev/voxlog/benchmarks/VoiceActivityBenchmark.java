package dev.voxlog.benchmarks;

import dev.voxlog.models.ModelStore;
import dev.voxlog.models.Models;
import dev.voxlog.stt.VadState;
import dev.voxlog.stt.VadWindow;
import dev.voxlog.stt.VoiceActivityDetector;
import dev.voxlog.stt.scripted.EnergyDetector;
import dev.voxlog.stt.silero.SileroDetector;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// The neural detector on one window (32 ms) of so many calls at once, against a window's energy
/// alone. Fetches the weights if they are not in the cache.
public class VoiceActivityBenchmark extends MedianTime {
  private static final int WINDOW = VoiceActivityDetector.WINDOW_SAMPLES;
  private static final int WINDOWS = Speech.SECONDS * VoiceActivityDetector.SAMPLE_RATE / WINDOW;

  private static List<float[]> windows() {
    float[] speech = Speech.at(VoiceActivityDetector.SAMPLE_RATE);
    return IntStream.range(0, WINDOWS)
        .mapToObj(i -> Arrays.copyOfRange(speech, i * WINDOW, (i + 1) * WINDOW))
        .toList();
  }

  /// Calls that are a few windows apart, again and again through the same speech.
  @State(Scope.Thread)
  public static class Calls {
    @Param({"1", "4", "16", "32", "64"})
    private int calls;

    private final SileroDetector silero =
        new SileroDetector(ModelStore.fromEnvironment().get(Models.SILERO_V6, System.out::println));
    private List<List<VadWindow>> batches = List.of();
    private int next;

    @Setup
    public void connect() {
      List<float[]> windows = windows();
      List<VadState> states = IntStream.range(0, calls).mapToObj(_ -> new VadState()).toList();
      batches =
          IntStream.range(0, WINDOWS)
              .mapToObj(at ->
                  IntStream.range(0, calls)
                      .mapToObj(
                          i -> new VadWindow(states.get(i), windows.get((at + 5 * i) % WINDOWS)))
                      .toList())
              .toList();
    }

    @TearDown
    public void close() {
      silero.close();
    }
  }

  /// One call's windows.
  @State(Scope.Thread)
  public static class Call {
    private final EnergyDetector energy = new EnergyDetector();
    private final List<VadWindow> windows =
        windows().stream().map(samples -> new VadWindow(new VadState(), samples)).toList();
  }

  @Benchmark
  public float[] silero(Calls line) {
    line.next = (line.next + 1) % WINDOWS;
    return line.silero.detect(line.batches.get(line.next));
  }

  /// The unit is a window: one alone is shorter than what a clock can tell.
  @Benchmark
  @OperationsPerInvocation(WINDOWS)
  public float[] energy(Call line) {
    return line.energy.detect(line.windows);
  }
}
