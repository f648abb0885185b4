package dev.voxlog.text;

/// What may be written of the texts one caller types, in what order: of a number that is typed in
/// several, what comes after its beginning is masked too. Not safe from several threads.
public final class TypedWords {
  private final Masker masker;
  private Heard heard = Heard.NOTHING;

  public TypedWords(Masker masker) {
    this.masker = masker;
  }

  /// What is written of a text that is typed at `nowMs`.
  public String type(String text, long nowMs) {
    String written = masker.mask(text, heard.at(nowMs), Awaited.ANYTHING, true).text();
    heard = heard.and(written, nowMs, nowMs);
    return written;
  }
}
