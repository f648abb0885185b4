package dev.voxlog.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Cuts a text into the sentences it is spoken in, in time that grows with the text.
public final class Sentences {
  private static final Pattern END =
      Pattern.compile("(?<![.!?…])[.!?…]++[\"'”’)\\]]*+(?=\\s)|\\n\\s*\\n");
  private static final Set<String> ABBREVIATIONS =
      Set.of(
          "mr", "mrs", "ms", "dr", "prof", "st", "ave", "no", "nos", "vs", "etc", "e.g", "i.e",
          "inc", "ltd", "co", "approx", "ext", "dept", "est", "min", "max", "jan", "feb", "mar",
          "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "fig", "u.s", "u.k",
          "a.m", "p.m");

  private Sentences() {}

  /// The sentences in order, without surrounding space; none is empty.
  public static List<String> of(String text) {
    List<String> sentences = new ArrayList<>();
    int from = 0;
    for (int end = end(text, 0); end >= 0; end = end(text, end)) {
      sentences.add(plain(text.substring(from, end)));
      from = end;
    }
    sentences.add(plain(text.substring(from)));
    return sentences.stream().filter(each -> !each.isEmpty()).toList();
  }

  private static String plain(String sentence) {
    return sentence.replaceAll("\\s+", " ").strip();
  }

  /// Where the next sentence ends that ends after `from`, if another one begins after it; else −1.
  public static int end(CharSequence text, int from) {
    Matcher end = END.matcher(text).useTransparentBounds(true).region(from, text.length());
    while (end.find()) {
      int next = next(text, end.end());
      if (next < text.length() && isEnd(text, end, next)) {
        return end.end();
      }
    }
    return -1;
  }

  /// Where the first word stands from `from` on.
  private static int next(CharSequence text, int from) {
    int next = from;
    while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
      next++;
    }
    return next;
  }

  private static boolean isEnd(CharSequence text, Matcher end, int next) {
    boolean isParagraph =
        text.subSequence(end.end(), next).chars().filter(each -> each == '\n').count() > 1;
    if (isParagraph || text.charAt(end.start()) != '.') {
      return true;
    }
    String word = wordBefore(text, end.start());
    int first = Character.codePointAt(text, next);
    boolean isNext = !Character.isLowerCase(first);
    if (word.length() == 1 && Character.isUpperCase(word.charAt(0)) && !word.equals("I")) {
      return false;
    }
    String lower = word.toLowerCase(Locale.ROOT);
    if (lower.equals("no")) {
      return !Character.isDigit(first);
    }
    if (lower.endsWith(".m") || lower.equals("etc")) {
      return isNext;
    }
    return isNext && !ABBREVIATIONS.contains(lower);
  }

  private static String wordBefore(CharSequence text, int to) {
    int from = to;
    while (from > 0 && !Character.isWhitespace(text.charAt(from - 1))) {
      from--;
    }
    return text.subSequence(from, to).toString().replaceFirst("^[(\\[\"'“‘]+", "");
  }
}
