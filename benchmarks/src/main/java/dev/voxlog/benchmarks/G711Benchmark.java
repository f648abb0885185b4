package dev.voxlog.benchmarks;

import dev.voxlog.audio.G711;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/// µ-law by table against µ-law computed sample by sample: a second of audio, 50 frames of 160
/// bytes.
@State(Scope.Thread)
public class G711Benchmark extends MedianTime {
  private static final int BIAS = 0x84;
  private static final int CLIP = 32_635;

  /// The table looks at no more of a sample.
  private static final int UPPER_14_BITS = ~3;

  private final byte[][] frames = Speech.frames();
  private final short[][] samples = new short[frames.length][];
  private int next;

  public G711Benchmark() {
    for (int i = 0; i < frames.length; i++) {
      samples[i] = G711.decodeMulaw(frames[i]);
    }
  }

  private int next() {
    next = (next + 1) % frames.length;
    return next;
  }

  @Benchmark
  public void decodeByTable(Blackhole ear) {
    for (int i = 0; i < Speech.FRAMES_PER_SECOND; i++) {
      ear.consume(G711.decodeMulaw(frames[next()]));
    }
  }

  @Benchmark
  public void decodeComputed(Blackhole ear) {
    for (int i = 0; i < Speech.FRAMES_PER_SECOND; i++) {
      ear.consume(computed(frames[next()]));
    }
  }

  @Benchmark
  public void encodeByTable(Blackhole ear) {
    for (int i = 0; i < Speech.FRAMES_PER_SECOND; i++) {
      ear.consume(G711.encodeMulaw(samples[next()]));
    }
  }

  @Benchmark
  public void encodeComputed(Blackhole ear) {
    for (int i = 0; i < Speech.FRAMES_PER_SECOND; i++) {
      ear.consume(computed(samples[next()]));
    }
  }

  static short[] computed(byte[] mulaw) {
    short[] linear = new short[mulaw.length];
    for (int i = 0; i < mulaw.length; i++) {
      int code = ~mulaw[i] & 0xFF;
      int magnitude = ((((code & 0x0F) << 3) + BIAS) << ((code >> 4) & 7)) - BIAS;
      linear[i] = (short) ((code & 0x80) != 0 ? -magnitude : magnitude);
    }
    return linear;
  }

  static byte[] computed(short[] linear) {
    byte[] mulaw = new byte[linear.length];
    for (int i = 0; i < linear.length; i++) {
      int sample = linear[i] & UPPER_14_BITS;
      int sign = sample < 0 ? 0x80 : 0;
      int magnitude = Math.min(Math.abs(sample), CLIP) + BIAS;
      int exponent = 24 - Integer.numberOfLeadingZeros(magnitude);
      mulaw[i] = (byte) ~(sign | (exponent << 4) | ((magnitude >> (exponent + 3)) & 0x0F));
    }
    return mulaw;
  }
}
