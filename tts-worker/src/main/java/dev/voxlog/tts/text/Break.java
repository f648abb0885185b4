package dev.voxlog.tts.text;

/// What the voice does after a word.
public enum Break {
  NONE(""),
  COMMA(","),
  STOP("."),
  QUESTION("?"),
  EXCLAMATION("!");

  private final String mark;

  Break(String mark) {
    this.mark = mark;
  }

  /// The punctuation every engine understands for it.
  public String mark() {
    return mark;
  }

  /// Whether a sentence may end here.
  public boolean endsSentence() {
    return this == STOP || this == QUESTION || this == EXCLAMATION;
  }
}
