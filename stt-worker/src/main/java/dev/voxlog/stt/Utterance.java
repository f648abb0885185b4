package dev.voxlog.stt;

import org.jspecify.annotations.Nullable;

/// The utterance being said: its number, its onset in samples of the media clock, and the words of its latest full decode.
final class Utterance {
  private final int number;
  private final long onset;
  private @Nullable Hypothesis hypothesis;

  Utterance(int number, long onset) {
    this.number = number;
    this.onset = onset;
  }

  int number() {
    return number;
  }

  long onset() {
    return onset;
  }

  /// The final words as far as they are known, null while speech goes on or the decode runs.
  @Nullable Hypothesis hypothesis() {
    return hypothesis;
  }

  void hypothesis(@Nullable Hypothesis words) {
    hypothesis = words;
  }
}
