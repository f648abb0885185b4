package dev.voxlog.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The letters and digits of a text that are spelled, or written as codes are, group by group.
///
/// @param isOpen whether they may go on in the next utterance: after the last of them nothing but
///   hesitation is said
record Spelled(List<Group> groups, boolean isOpen) {
  /// Stands for letters and digits of a bank account that are masked.
  static final String MASKED = "?";

  private static final Set<String> HESITATION =
      Set.of("uh", "um", "er", "erm", "ah", "hmm", "and", "then", "dash", "space", "okay", "so");

  private static final Pattern CODE = Pattern.compile("[A-Za-z]|[A-Z]{2,6}");
  private static final Pattern LETTERS = Pattern.compile("[A-Za-z]{2,6}");

  /// Shorter ones without a digit are words: "a", "I".
  private static final int SHORTEST_WITHOUT_DIGIT = 3;

  private static final int MOST_KEPT = 34;

  /// @param characters in capitals; [#MASKED] if they are masked
  /// @param follows whether nothing but hesitation stands before it, back to the group before or to
  ///   the beginning of the text
  record Group(int start, int end, String characters, boolean follows) {
    boolean isMasked() {
      return characters.equals(MASKED);
    }
  }

  Spelled {
    groups = List.copyOf(groups);
  }

  /// `isLenient` also takes for digits what only sounds like some: "for".
  static Spelled of(String text, boolean isLenient) {
    Set<Integer> accounts = new HashSet<>();
    Matcher masks = MaskKind.WORDS.matcher(text);
    StringBuilder read = new StringBuilder(text);
    while (masks.find()) {
      if (masks.group().equals(MaskKind.IBAN.words())) {
        accounts.add(masks.start());
      }
      read.replace(masks.start(), masks.end(), "x".repeat(masks.end() - masks.start()));
    }
    return new Reader(read.toString(), accounts, isLenient).read();
  }

  /// Where the groups end that follow each other from `from` on.
  int end(int from) {
    int end = from + 1;
    while (end < groups.size() && groups.get(end).follows()) {
      end++;
    }
    return end;
  }

  String characters(int from, int end) {
    StringBuilder characters = new StringBuilder();
    groups.subList(from, end).forEach(each -> characters.append(each.characters()));
    return characters.toString();
  }

  static boolean hasDigit(String characters) {
    return characters.chars().anyMatch(Character::isDigit);
  }

  /// What may go on in the next utterance, when `before` might have gone on in this one.
  String rest(String before) {
    int from = 0;
    String rest = before;
    boolean isAnything = false;
    while (from < groups.size()) {
      int end = end(from);
      String own = characters(from, end);
      if (own.contains(MASKED) || hasDigit(own) || own.length() >= SHORTEST_WITHOUT_DIGIT) {
        boolean goesOn = from == 0 && groups.getFirst().follows();
        String all = goesOn && !before.equals(MASKED) ? before + own : own;
        rest = end == groups.size() && isOpen ? all : "";
        isAnything = true;
      } else if (isAnything) {
        rest = "";
      }
      from = end;
    }
    if (rest.endsWith(MASKED)) {
      return MASKED;
    }
    String known = rest.substring(rest.lastIndexOf(MASKED) + 1);
    return known.substring(Math.max(0, known.length() - MOST_KEPT));
  }

  private static final class Reader {
    private final String text;
    private final Set<Integer> accounts;
    private final List<Token> tokens;
    private final Map<Integer, NumberRun> runs = new HashMap<>();
    private final List<Group> groups = new ArrayList<>();

    Reader(String text, Set<Integer> accounts, boolean isLenient) {
      this.text = text;
      this.accounts = accounts;
      tokens = Token.of(text);
      NumberRun.of(tokens, isLenient).forEach(run -> runs.put(run.from(), run));
    }

    Spelled read() {
      int at = 0;
      int since = 0;
      while (at < tokens.size()) {
        NumberRun run = isOneMoment(at) ? null : runs.get(at);
        int end = run != null ? run.to() : at + 1;
        String characters = run != null ? run.digits() : characters(at);
        if (!characters.isEmpty()) {
          groups.add(
              new Group(
                  tokens.get(at).start(),
                  tokens.get(end - 1).end(),
                  characters,
                  isHesitation(since, at)));
          since = end;
        }
        at = end;
      }
      return new Spelled(groups, isHesitation(since, tokens.size()));
    }

    private boolean isOneMoment(int at) {
      return tokens.get(at).is("one")
          && at + 1 < tokens.size()
          && tokens.get(at + 1).is("second", "sec", "moment", "minute", "more");
    }

    private boolean isHesitation(int from, int to) {
      return tokens.subList(from, to).stream().allMatch(each -> HESITATION.contains(each.text()));
    }

    /// A letter, a few in capitals, or some beside a figure; empty for any other word.
    private String characters(int at) {
      Token token = tokens.get(at);
      if (accounts.contains(token.start())) {
        return MASKED;
      }
      String written = text.substring(token.start(), token.end());
      boolean isCode =
          CODE.matcher(written).matches()
              || LETTERS.matcher(written).matches() && isBesideFigure(token);
      return isCode ? token.text().toUpperCase(Locale.ROOT) : "";
    }

    private boolean isBesideFigure(Token token) {
      return token.start() > 0 && Character.isDigit(text.charAt(token.start() - 1))
          || token.end() < text.length() && Character.isDigit(text.charAt(token.end()));
    }
  }
}
