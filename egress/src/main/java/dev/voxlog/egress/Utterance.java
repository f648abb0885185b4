package dev.voxlog.egress;

import dev.voxlog.schemas.CallEvent.Ruling;
import org.jspecify.annotations.Nullable;

/// What is known of the caller's latest utterance: its words so far, whether it is over, and the
/// last verdict on it.
record Utterance(int number, String words, boolean isOver, @Nullable Ruling ruling, long mediaMs) {
  /// The caller has not spoken yet.
  static final Utterance NONE = new Utterance(0, "", true, null, 0);

  static Utterance begun(int number, long mediaMs, @Nullable Ruling ruling) {
    return new Utterance(number, "", false, ruling, mediaMs);
  }

  Utterance saying(String text, long atMs) {
    return new Utterance(number, text, isOver, ruling, Math.max(mediaMs, atMs));
  }

  Utterance over(boolean hadWords, long atMs) {
    return new Utterance(number, hadWords ? words : "", true, ruling, Math.max(mediaMs, atMs));
  }

  Utterance ruled(Ruling verdict) {
    return new Utterance(number, words, isOver, verdict, mediaMs);
  }
}
