package dev.voxlog.stt;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/// The last stretch of a call's audio at 8 kHz by media time, and where in the log it came from.
/// Not thread-safe.
final class AudioTape {
  static final int SAMPLES_PER_MS = 8;

  private float[] samples = new float[SAMPLES_PER_MS * 4_000];
  private int length;
  private long startSample;
  private final Deque<Place> places = new ArrayDeque<>();

  /// A record's offset and where its audio begins.
  private record Place(long mediaMs, long offset) {}

  /// The first sample of the media clock that is still there.
  long start() {
    return startSample;
  }

  /// Where the tape ends, in samples of the media clock.
  long end() {
    return startSample + length;
  }

  /// Adds audio that begins at the tape's end.
  void append(float[] audio, long offset) {
    places.add(new Place(end() / SAMPLES_PER_MS, offset));
    if (length + audio.length > samples.length) {
      samples = Arrays.copyOf(samples, Math.max(samples.length * 2, length + audio.length));
    }
    System.arraycopy(audio, 0, samples, length, audio.length);
    length += audio.length;
  }

  /// Begins anew at a place of the media clock.
  void reset(long sample) {
    startSample = sample;
    length = 0;
    places.clear();
  }

  boolean isEmpty() {
    return places.isEmpty();
  }

  /// The audio between two samples of the media clock, as far as it is still there.
  float[] between(long from, long to) {
    int first = (int) Math.clamp(from - startSample, 0, length);
    int last = (int) Math.clamp(to - startSample, first, length);
    return Arrays.copyOfRange(samples, first, last);
  }

  /// Drops what lies before the sample, and gives the offset of the record that holds it.
  long forgetBefore(long sample) {
    int gone = (int) Math.clamp(sample - startSample, 0, length);
    // Moving the rest costs; wait until it is worth it.
    if (gone >= SAMPLES_PER_MS * 2_000) {
      System.arraycopy(samples, gone, samples, 0, length - gone);
      startSample += gone;
      length -= gone;
    }
    while (places.size() > 1 && second().mediaMs * SAMPLES_PER_MS <= sample) {
      places.removeFirst();
    }
    return places.isEmpty() ? -1 : places.getFirst().offset;
  }

  private Place second() {
    var iterator = places.iterator();
    iterator.next();
    return iterator.next();
  }
}
