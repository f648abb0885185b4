package dev.voxlog.benchmarks;

import dev.voxlog.audio.Resampler;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/// Our filter against a straight line between samples: a second of audio in frames of 20 ms. What
/// the line costs in quality is in `ResamplerQualityTest`.
public class ResamplerBenchmark extends MedianTime {

  /// A stream that never ends, at one pair of rates.
  public abstract static class Stream {
    private final float[][] frames;
    private final Resampler ours;
    private final LinearResampler linear;
    private int next;

    Stream(int from, int to) {
      float[] speech = Speech.at(from);
      int length = from / Speech.FRAMES_PER_SECOND;
      frames = new float[speech.length / length][];
      for (int i = 0; i < frames.length; i++) {
        frames[i] = Arrays.copyOfRange(speech, i * length, (i + 1) * length);
      }
      ours = new Resampler(from, to);
      linear = new LinearResampler(from, to);
    }

    float[] frame() {
      next = (next + 1) % frames.length;
      return frames[next];
    }
  }

  /// From a telephone line to the recogniser.
  @State(Scope.Thread)
  public static class Up extends Stream {
    public Up() {
      super(8_000, 16_000);
    }
  }

  /// From a program's microphone to the voice activity detector.
  @State(Scope.Thread)
  public static class Down extends Stream {
    public Down() {
      super(24_000, 8_000);
    }
  }

  private static void ours(Stream stream, Blackhole ear) {
    for (int i = 0; i < Speech.FRAMES_PER_SECOND; i++) {
      ear.consume(stream.ours.process(stream.frame()));
    }
  }

  private static void linear(Stream stream, Blackhole ear) {
    for (int i = 0; i < Speech.FRAMES_PER_SECOND; i++) {
      ear.consume(stream.linear.process(stream.frame()));
    }
  }

  @Benchmark
  public void ours8To16(Up stream, Blackhole ear) {
    ours(stream, ear);
  }

  @Benchmark
  public void linear8To16(Up stream, Blackhole ear) {
    linear(stream, ear);
  }

  @Benchmark
  public void ours24To8(Down stream, Blackhole ear) {
    ours(stream, ear);
  }

  @Benchmark
  public void linear24To8(Down stream, Blackhole ear) {
    linear(stream, ear);
  }

  /// What stands before a clause's first sound: the neural voice speaks at 22,050 Hz.
  @Benchmark
  public Resampler openedForAClause() {
    return new Resampler(22_050, 8_000);
  }
}
