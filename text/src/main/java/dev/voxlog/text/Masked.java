package dev.voxlog.text;

import dev.voxlog.schemas.Word;
import java.util.ArrayList;
import java.util.List;

/// A text without what must not be kept.
///
/// @param original the text with it, which is nobody's to write
/// @param parts what was taken out, in order, apart from each other
public record Masked(String original, List<Part> parts) {

  /// What is between two places of the original text, `end` exclusive.
  record Part(int start, int end, MaskKind kind) {
    boolean overlaps(int from, int to) {
      return start < to && from < end;
    }
  }

  public Masked {
    parts = List.copyOf(parts);
  }

  public boolean isMasked() {
    return !parts.isEmpty();
  }

  /// The text with words for what is masked.
  public String text() {
    StringBuilder text = new StringBuilder();
    int at = 0;
    for (Part part : parts) {
      text.append(original, at, part.start()).append(part.kind().words());
      at = part.end();
    }
    return text.append(original, at, original.length()).toString();
  }

  /// The words of the text with their times, what is masked as one word. Words that are not found
  /// in the text are all left out, for nobody can tell which of them hold what must not be kept.
  public List<Word> words(List<Word> words) {
    if (parts.isEmpty()) {
      return words;
    }
    List<Word> kept = new ArrayList<>();
    Part last = null;
    int at = 0;
    for (Word word : words) {
      int start = original.indexOf(word.text(), at);
      if (start < 0) {
        return List.of();
      }
      int from = start;
      at = start + word.text().length();
      int to = at;
      Part part = parts.stream().filter(each -> each.overlaps(from, to)).findFirst().orElse(null);
      if (part == null) {
        kept.add(word);
      } else if (part.equals(last)) {
        kept.add(joined(kept.removeLast(), word));
      } else {
        kept.add(named(part, word));
      }
      last = part;
    }
    return kept;
  }

  private static Word named(Part part, Word word) {
    return new Word(
        part.kind().words(), word.startMs(), word.endMs(), word.confidence(), word.isEstimated());
  }

  private static Word joined(Word first, Word next) {
    return new Word(
        first.text(),
        first.startMs(),
        next.endMs(),
        Math.min(first.confidence(), next.confidence()),
        first.isEstimated() || next.isEstimated());
  }

  /// Does not tell the original.
  @Override
  public String toString() {
    return text();
  }
}
