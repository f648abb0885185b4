package dev.voxlog.llm;

import dev.voxlog.agent.Sentences;
import java.util.List;
import java.util.regex.Pattern;

/// Cuts an answer into sentences while it comes.
final class SentenceCutter {
  /// Without one of these no sentence ends: its marks, a paragraph's end, and a tag's, which goes.
  private static final Pattern MARK = Pattern.compile("[.!?…\\n>]");

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]");

  private final StringBuilder text = new StringBuilder();
  private int given;

  /// Whether a mark has come and what follows it does not yet say if it was a sentence's end.
  private boolean isOpen;

  /// Takes some more; gives the sentences that are whole now, since another has begun.
  List<String> add(String delta) {
    text.append(delta);
    boolean isMarked = MARK.matcher(delta).find();
    if (!isMarked && !isOpen) {
      return List.of();
    }
    isOpen = isMarked || !WORD.matcher(delta).find();
    return give(1);
  }

  /// What is left, once nothing more comes.
  List<String> rest() {
    return give(0);
  }

  /// Of what is left, what is whole by its last mark, where the rest is lost.
  List<String> whole() {
    boolean isWhole = text.toString().strip().matches("(?s).*[.!?…][\"'”’)\\]]*");
    return give(isWhole ? 0 : 1);
  }

  /// How long the answer is so far, in characters.
  int length() {
    return text.length();
  }

  private List<String> give(int held) {
    List<String> all = Sentences.of(spoken(text.toString()));
    int to = Math.max(given, all.size() - held);
    List<String> next = all.subList(Math.min(given, all.size()), Math.min(to, all.size()));
    given = to;
    return next;
  }

  /// Without marks that are for the eye.
  private static String spoken(String text) {
    return text.replaceAll("</?[A-Za-z]+>", " ")
        .replaceAll("[*#`]+", "")
        .replaceAll("(?m)^\\s*[-•]\\s+", "");
  }
}
