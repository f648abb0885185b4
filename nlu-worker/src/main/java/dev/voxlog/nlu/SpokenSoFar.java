package dev.voxlog.nlu;

import dev.voxlog.schemas.TranscriptEvent.Interim;
import dev.voxlog.schemas.TranscriptEvent.SpeechStarted;
import java.util.Locale;

/// The interims of the utterance that is being said, and which of them is worth understanding: one
/// whose words are the same as before, once.
final class SpokenSoFar {
  private final int utterance;
  private final long onsetMs;
  private String before = "";
  private String settled = "";

  SpokenSoFar(SpeechStarted begun) {
    this.utterance = begun.utterance();
    this.onsetMs = begun.onsetMs();
  }

  long onsetMs() {
    return onsetMs;
  }

  /// Takes note of the interim; true if its words have just settled.
  boolean hasSettled(Interim interim) {
    if (interim.utterance() != utterance) {
      return false;
    }
    String words = words(interim.text());
    boolean isSettled = !words.isEmpty() && words.equals(before) && !words.equals(settled);
    before = words;
    if (isSettled) {
      settled = words;
    }
    return isSettled;
  }

  private static String words(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}']+", " ").strip();
  }
}
