package dev.voxlog.tts.text;

import java.util.List;

/// A stretch of written text and the plain words to say for it.
///
/// `written` is the text as it stood, punctuation included, and may hold spaces ("January 5,
/// 2026"). `spoken` holds lower-case words; a single upper-case letter is the letter's name,
/// [#PAUSE] a short pause inside.
public record SpokenWord(String written, List<String> spoken, Break after) {
  public static final String PAUSE = ",";

  public SpokenWord {
    spoken = List.copyOf(spoken);
  }

  /// How many words are said.
  public int count() {
    return (int) spoken.stream().filter(word -> !word.equals(PAUSE)).count();
  }

  /// Whether it is said figure by figure or letter by letter.
  boolean isSpelled() {
    return count() > 0
        && spoken.stream()
            .allMatch(
                word -> word.equals(PAUSE) || Letters.isName(word) || NumberWords.isDigit(word));
  }

  SpokenWord withAfter(Break after) {
    return new SpokenWord(written, spoken, after);
  }

  SpokenWord withMore(String written, Break after) {
    return new SpokenWord(this.written + written, spoken, after);
  }
}
