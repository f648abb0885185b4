package dev.voxlog.stt;

import dev.voxlog.audio.Levels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What the caller's program has committed as one utterance: its sound at 8 kHz, where it lies on
/// the media clock, and the offset of the record it begins in.
record Pushed(Samples sound, long onsetMs, long committedMs, long offset) {
  private static final int MS = AudioTape.SAMPLES_PER_MS;

  /// Where a long one is cut hurts least within this time before it must be.
  private static final int BREATH = 2_000 * MS;

  private static final int STEP = 32 * MS;

  /// Samples that nobody writes to.
  static final class Samples {
    private final float[] array;

    Samples(float[] array) {
      this.array = array;
    }

    int length() {
      return array.length;
    }

    float[] between(int from, int to) {
      return Arrays.copyOfRange(array, from, to);
    }
  }

  /// A stretch of the samples.
  record Span(int from, int to) {
    static final Span NOTHING = new Span(0, 0);

    boolean isEmpty() {
      return to <= from;
    }
  }

  float[] all() {
    return sound.between(0, sound.length());
  }

  /// What of it is speech, with as much around as a recogniser wants, by the detector's word on
  /// each of its windows; nothing where there is none.
  Span speech(float[] probabilities, SpeechGate gate, Duration around) {
    boolean isSpeech = false;
    long onset = 0;
    for (int i = 0; i < probabilities.length; i++) {
      if (gate.take((long) i * gate.window(), probabilities[i])) {
        isSpeech = true;
        onset = gate.onset();
      }
    }
    if (!isSpeech) {
      return Span.NOTHING;
    }
    long margin = around.toMillis() * MS;
    return new Span(
        (int) Math.max(0, onset - margin),
        (int) Math.min(sound.length(), gate.lastVoicedEnd() + margin));
  }

  /// The span in pieces of at most `longest`, cut where it is quietest.
  List<Span> pieces(Span span, Duration longest) {
    int most = (int) longest.toMillis() * MS;
    List<Span> pieces = new ArrayList<>();
    int from = span.from();
    while (span.to() - from > most) {
      int place = quietest(from + most - BREATH, from + most);
      pieces.add(new Span(from, place));
      from = place;
    }
    pieces.add(new Span(from, span.to()));
    return pieces;
  }

  private int quietest(int from, int to) {
    int place = to;
    double least = Double.POSITIVE_INFINITY;
    for (int at = from; at + STEP <= to; at += STEP) {
      double level = Levels.rmsDbfs(sound.between(at, at + STEP));
      if (level < least) {
        least = level;
        place = at + STEP / 2;
      }
    }
    return place;
  }
}
