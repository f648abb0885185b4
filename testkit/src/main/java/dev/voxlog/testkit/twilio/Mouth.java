package dev.voxlog.testkit.twilio;

import dev.voxlog.audio.G711;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// What the caller has to say, frame by frame; silence or a floor of noise in between. Confined to
/// one thread.
final class Mouth {
  private static final int NOISE_SAMPLES = 8_000;

  private final Deque<Pending> pending = new ArrayDeque<>();
  private final byte @Nullable [] noise;
  private int noiseOffset;

  /// An utterance on its way out; `startSample` is −1 until its first sample is said.
  private static final class Pending {
    final byte[] mulaw;
    final int grid;
    final CompletableFuture<Utterance> said;
    int offset;
    long startSample = -1;

    Pending(byte[] mulaw, int grid, CompletableFuture<Utterance> said) {
      this.mulaw = mulaw;
      this.grid = grid;
      this.said = said;
    }
  }

  /// `noiseFloorDbfs` is the noise's RMS level, negative infinity for digital silence.
  Mouth(double noiseFloorDbfs, long seed) {
    noise = Double.isInfinite(noiseFloorDbfs) ? null : noise(noiseFloorDbfs, new Random(seed));
  }

  private static byte[] noise(double dbfs, Random random) {
    double level = Math.pow(10, dbfs / 20) * Short.MAX_VALUE;
    short[] samples = new short[NOISE_SAMPLES];
    for (int i = 0; i < samples.length; i++) {
      samples[i] =
          (short)
              Math.clamp(
                  Math.round(random.nextGaussian() * level), Short.MIN_VALUE, Short.MAX_VALUE);
    }
    return G711.encodeMulaw(samples);
  }

  /// Begins at a multiple of `grid` samples.
  void say(short[] pcm, int grid, CompletableFuture<Utterance> said) {
    pending.add(new Pending(G711.encodeMulaw(pcm), grid, said));
  }

  /// Fills one frame that begins at `position` samples on the caller's clock.
  void next(byte[] frame, long position) {
    floor(frame);
    int filled = 0;
    while (filled < frame.length && !pending.isEmpty()) {
      Pending head = pending.peek();
      if (head.startSample < 0) {
        long start = Math.ceilDiv(position + filled, head.grid) * head.grid;
        if (start >= position + frame.length) {
          return;
        }
        head.startSample = start;
        filled = (int) (start - position);
      }
      int count = Math.min(frame.length - filled, head.mulaw.length - head.offset);
      System.arraycopy(head.mulaw, head.offset, frame, filled, count);
      head.offset += count;
      filled += count;
      if (head.offset == head.mulaw.length) {
        pending.remove();
        head.said.complete(new Utterance(head.startSample, head.mulaw.length));
      }
    }
  }

  private void floor(byte[] frame) {
    byte[] floor = noise;
    if (floor == null) {
      Arrays.fill(frame, G711.MULAW_SILENCE);
      return;
    }
    for (int i = 0; i < frame.length; i++) {
      frame[i] = floor[noiseOffset];
      noiseOffset = (noiseOffset + 1) % floor.length;
    }
  }

  boolean isSpeaking() {
    return !pending.isEmpty();
  }

  /// What was not said is never said.
  void shut(Throwable why) {
    pending.forEach(utterance -> utterance.said.completeExceptionally(why));
    pending.clear();
  }
}
