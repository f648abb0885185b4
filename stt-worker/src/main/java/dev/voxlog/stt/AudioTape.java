package dev.voxlog.stt;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/// The last stretch of a call's audio at 8 kHz by media time, piece by piece as it came, and where
/// in the log each piece came from. Of a caller who is silent it holds what may still be heard and
/// no more, since that is most of what a call takes here. Not thread-safe.
final class AudioTape {
  static final int SAMPLES_PER_MS = 8;

  private final Deque<Piece> pieces = new ArrayDeque<>();
  private long end;

  /// A record's audio, its first sample on the media clock, and the record's offset.
  private record Piece(long start, float[] samples, long offset) {
    long end() {
      return start + samples.length;
    }

    /// Copies what lies between the two samples to its place in `into`, which begins at `from`.
    void copy(long from, long to, float[] into) {
      int first = (int) Math.max(from - start, 0);
      int last = (int) Math.min(to - start, samples.length);
      System.arraycopy(samples, first, into, (int) (start + first - from), last - first);
    }
  }

  /// The first sample of the media clock that is still there.
  long start() {
    return pieces.isEmpty() ? end : pieces.getFirst().start();
  }

  /// Where the tape ends, in samples of the media clock.
  long end() {
    return end;
  }

  /// Adds audio that begins at the tape's end; it is the tape's from then on.
  void append(float[] audio, long offset) {
    pieces.add(new Piece(end, audio, offset));
    end += audio.length;
  }

  /// Begins anew at a place of the media clock.
  void reset(long sample) {
    end = sample;
    pieces.clear();
  }

  boolean isEmpty() {
    return pieces.isEmpty();
  }

  /// The audio between two samples of the media clock, as far as it is still there.
  float[] between(long from, long to) {
    long first = Math.clamp(from, start(), end);
    long last = Math.clamp(to, first, end);
    float[] audio = new float[(int) (last - first)];
    // What is asked for most often lies at the end.
    Iterator<Piece> latest = pieces.descendingIterator();
    while (latest.hasNext() && latest.next() instanceof Piece piece && piece.end() > first) {
      if (piece.start() < last) {
        piece.copy(first, last, audio);
      }
    }
    return audio;
  }

  /// Drops the records that lie before the sample, and gives the offset of the one that holds it.
  long forgetBefore(long sample) {
    while (pieces.size() > 1 && pieces.getFirst().end() <= sample) {
      pieces.removeFirst();
    }
    return pieces.isEmpty() ? -1 : pieces.getFirst().offset();
  }
}
