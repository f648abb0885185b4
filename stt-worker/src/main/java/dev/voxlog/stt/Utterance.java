package dev.voxlog.stt;

import org.jspecify.annotations.Nullable;

/// The utterance being said: its number, its onset and where its audio is decoded from, in samples
/// of the media clock, and the words of its latest full decode.
final class Utterance {
  private final int number;
  private final long onset;
  private final long from;
  private @Nullable Hypothesis hypothesis;

  Utterance(int number, long onset, long from) {
    this.number = number;
    this.onset = onset;
    this.from = from;
  }

  int number() {
    return number;
  }

  long onset() {
    return onset;
  }

  /// The onset less the pre-roll, as far as there is audio that no earlier utterance has used.
  long from() {
    return from;
  }

  /// The final words as far as they are known, null while speech goes on or the decode runs.
  @Nullable Hypothesis hypothesis() {
    return hypothesis;
  }

  void hypothesis(@Nullable Hypothesis words) {
    hypothesis = words;
  }
}
