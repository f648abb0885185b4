package dev.voxlog.stt;

import dev.voxlog.audio.G711;
import dev.voxlog.audio.Pcm;
import dev.voxlog.schemas.CallerAudio;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// The audio that was appended and not yet committed, at 8 kHz; pauses in the appending are no part
/// of it. Not thread-safe.
final class HeldAudio {
  /// Ingress takes less.
  private static final int MOST = 120_000 * AudioTape.SAMPLES_PER_MS;

  private final FrameSamples line = new FrameSamples();
  private float[] samples = {};
  private int length;
  private long onsetMs;
  private long offset;
  private boolean isKept;

  boolean isEmpty() {
    return length == 0;
  }

  /// The first offset that whoever goes on must read, where `next` is the one that comes next.
  long neededFrom(long next) {
    return isEmpty() || isKept ? next : offset;
  }

  void take(CallerAudio.Frame frame, long at) {
    if (isEmpty()) {
      onsetMs = frame.mediaMs();
      offset = at;
    }
    append(line.of(frame));
  }

  private void append(float[] more) {
    int fits = Math.min(more.length, MOST - length);
    if (length + fits > samples.length) {
      samples = Arrays.copyOf(samples, Math.min(MOST, Math.max(2 * samples.length, length + fits)));
    }
    System.arraycopy(more, 0, samples, length, fits);
    length += fits;
  }

  /// Takes it all as an utterance.
  Pushed commit(long committedMs, long at) {
    append(line.rest());
    boolean isNothing = isEmpty();
    // What begins where it ends was typed.
    long onset = isNothing ? committedMs - 1 : Math.min(onsetMs, committedMs - 1);
    Pushed pushed =
        new Pushed(
            new Pushed.Samples(Arrays.copyOf(samples, length)),
            onset,
            committedMs,
            isNothing ? at : offset);
    clear();
    return pushed;
  }

  void clear() {
    line.rest();
    samples = new float[0];
    length = 0;
    isKept = false;
  }

  // For a call that lies still.

  /// From here on a checkpoint holds it, since its records will not be read again.
  void keep() {
    isKept = !isEmpty();
  }

  /// What a checkpoint holds of it, nothing unless it is kept.
  byte[] bytes() {
    if (!isKept) {
      return new byte[0];
    }
    byte[] sound = G711.encodeMulaw(Pcm.toShorts(Arrays.copyOf(samples, length)));
    return ByteBuffer.allocate(Long.BYTES + sound.length).putLong(onsetMs).put(sound).array();
  }

  /// Goes on from what a predecessor kept.
  void read(byte[] kept) {
    if (kept.length > 0) {
      onsetMs = ByteBuffer.wrap(kept).getLong();
      append(Pcm.toFloats(G711.decodeMulaw(Arrays.copyOfRange(kept, Long.BYTES, kept.length))));
      keep();
    }
  }
}
