package dev.voxlog.nlu;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// The parts of an utterance that may each say what the caller wants.
final class Clauses {
  /// Each costs an embedding.
  private static final int MOST = 3;

  private static final int LEAST_WORDS_OF_HALF = 4;
  private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.?!;]) ");
  private static final Pattern JOINT = Pattern.compile(",? (?:and|but) ", Pattern.CASE_INSENSITIVE);
  private static final Pattern OPENER =
      Pattern.compile(
          "^(?:(?:hi|hello|hey|good (?:morning|afternoon|evening)|okay|ok|so|well|um|uh|yes|please|there|excuse me)\\b[ ,.!]*+)++",
          Pattern.CASE_INSENSITIVE);

  private Clauses() {}

  /// Sentences, halves around "and" or "but" that are long enough, all without what only opens
  /// them; none where the utterance is one part.
  static List<String> of(String text) {
    String plain = text.replaceAll("\\s+", " ").strip();
    List<String> parts = new ArrayList<>();
    for (String sentence : SENTENCE_END.split(plain)) {
      parts.addAll(halves(sentence));
    }
    List<String> clauses =
        parts.stream().map(Clauses::withoutOpener).filter(part -> !part.isBlank()).toList();
    boolean isWhole = clauses.size() == 1 && same(clauses.getFirst(), plain);
    return isWhole
        ? List.of()
        : clauses.subList(Math.max(0, clauses.size() - MOST), clauses.size());
  }

  private static List<String> halves(String sentence) {
    var joint = JOINT.matcher(sentence);
    while (joint.find()) {
      String before = sentence.substring(0, joint.start());
      String after = sentence.substring(joint.end());
      if (words(before) >= LEAST_WORDS_OF_HALF && words(after) >= LEAST_WORDS_OF_HALF) {
        return List.of(before, after);
      }
    }
    return List.of(sentence);
  }

  private static int words(String text) {
    return text.strip().split(" ").length;
  }

  private static String withoutOpener(String part) {
    return OPENER.matcher(part.strip()).replaceFirst("").replaceAll("^[\\s,.!?;]+$", "");
  }

  private static boolean same(String a, String b) {
    return a.strip().toLowerCase(Locale.ROOT).equals(b.strip().toLowerCase(Locale.ROOT));
  }
}
