package dev.voxlog.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Cuts a text into the sentences it is spoken in.
public final class Sentences {
  private static final Pattern END = Pattern.compile("[.!?…]+[\"'”’)\\]]*(?=\\s|$)");
  private static final Pattern LINES = Pattern.compile("\\s*\\n\\s*\\n\\s*");
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
    for (String paragraph : LINES.split(text.strip())) {
      cut(paragraph.replaceAll("\\s+", " ").strip(), sentences);
    }
    return List.copyOf(sentences);
  }

  private static void cut(String paragraph, List<String> into) {
    int from = 0;
    Matcher end = END.matcher(paragraph);
    while (end.find()) {
      if (isEnd(paragraph, end)) {
        into.add(paragraph.substring(from, end.end()).strip());
        from = end.end();
      }
    }
    String rest = paragraph.substring(from).strip();
    if (!rest.isEmpty()) {
      into.add(rest);
    }
  }

  private static boolean isEnd(String text, Matcher end) {
    String rest = text.substring(end.end()).strip();
    if (rest.isEmpty() || text.charAt(end.start()) != '.') {
      return true;
    }
    int space = text.lastIndexOf(' ', end.start());
    String word = text.substring(space + 1, end.start()).replaceFirst("^[(\\[\"'“‘]+", "");
    boolean isNext = !Character.isLowerCase(rest.codePointAt(0));
    if (word.length() == 1 && Character.isUpperCase(word.charAt(0)) && !word.equals("I")) {
      return false;
    }
    String lower = word.toLowerCase(Locale.ROOT);
    if (lower.equals("no")) {
      return !Character.isDigit(rest.codePointAt(0));
    }
    if (lower.endsWith(".m") || lower.equals("etc")) {
      return isNext;
    }
    return isNext && !ABBREVIATIONS.contains(lower);
  }
}
