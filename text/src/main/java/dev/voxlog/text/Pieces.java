package dev.voxlog.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The digits of a text, piece by piece.
///
/// @param isOpen whether they may go on in the next utterance: after the last of them nothing but
///   hesitation is said, in a text without digits nothing else at all
record Pieces(List<Piece> all, List<Token> tokens, boolean isOpen) {
  /// What people say between the parts of one number.
  private static final Set<String> HESITATION =
      Set.of(
          "uh",
          "um",
          "er",
          "erm",
          "ah",
          "eh",
          "hmm",
          "mm",
          "mhm",
          "and",
          "then",
          "dash",
          "hyphen",
          "space",
          "dot",
          "point",
          "comma",
          "slash",
          "/",
          "okay",
          "ok",
          "so",
          "well",
          "yes",
          "yeah",
          "right",
          "let",
          "me",
          "see",
          "let's",
          "one",
          "no",
          "sorry",
          "wait",
          "hold",
          "on",
          "second",
          "sec",
          "moment",
          "minute",
          "more",
          "actually",
          "mean",
          "i",
          "correction",
          "again",
          "next",
          "rest",
          "last",
          "number",
          "numbers",
          "digits",
          "the",
          "is",
          "are",
          "it",
          "it's",
          "that's",
          "ones",
          "goes",
          "followed",
          "by",
          "with",
          "a",
          "continue",
          "continuing",
          "ending",
          "in");

  private static final int LONGEST_HESITATION = 10;
  private static final Set<String> CORRECTION =
      Set.of("no", "sorry", "correction", "actually", "mean", "oops", "instead", "scratch");
  private static final Set<String> UNITS =
      Set.of(
          "dollar", "dollars", "buck", "bucks", "cent", "cents", "euro", "euros", "pound", "pounds",
          "$", "€", "£", "%", "percent", "seconds", "minutes", "hours", "days", "weeks", "months",
          "years", "times", "inches", "feet", "miles", "points", "items", "pieces", "o'clock", "am",
          "pm", "a.m", "p.m", "a.m.", "p.m.");
  private static final int LONGEST_GROUP = 4;
  private static final int LONGEST_MEASURE = 7;

  /// Dates in figures: what else is written so?
  private static final Pattern DATE =
      Pattern.compile(
          "\\b(?:0?[1-9]|[12]\\d|3[01])/(?:0?[1-9]|[12]\\d|3[01])/(?:\\d{4}|\\d{2})\\b"
              + "|\\b(?:19|20)\\d\\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])\\b");

  /// What is reckoned with is no number that goes on.
  private static final Pattern SUM = Pattern.compile("(?<=\\d) ?[+*=×] ?(?=\\d)");

  private static final String WORD = "x";

  Pieces {
    all = List.copyOf(all);
    tokens = List.copyOf(tokens);
  }

  /// `isLenient` also takes for digits what only sounds or looks like some: "for", "41:11".
  static Pieces of(String text, boolean isLenient) {
    String plain = text.replace('’', '\'');
    Map<Integer, Boolean> masked = new HashMap<>();
    Matcher words = MaskKind.WORDS.matcher(plain);
    while (words.find()) {
      masked.put(words.start(), true);
    }
    String read = asOneWord(SUM, asOneWord(DATE, asOneWord(MaskKind.WORDS, plain)));
    List<Token> tokens = Token.of(read);
    return new Reader(tokens, NumberRun.of(tokens, isLenient), masked).read();
  }

  private static String asOneWord(Pattern pattern, String text) {
    return pattern.matcher(text).replaceAll(each -> WORD.repeat(each.end() - each.start()));
  }

  /// Whether nothing is said but digits, with hesitation between.
  boolean areAllThereIs() {
    return !all.isEmpty() && isOpen && all.stream().allMatch(Piece::follows);
  }

  private static final class Reader {
    private final List<Token> tokens;
    private final Map<Integer, NumberRun> runs = new HashMap<>();
    private final Map<Integer, Boolean> masked;
    private final List<Piece> pieces = new ArrayList<>();
    private boolean isBroken;

    Reader(List<Token> tokens, List<NumberRun> runs, Map<Integer, Boolean> masked) {
      this.tokens = tokens;
      this.masked = masked;
      runs.forEach(run -> this.runs.put(run.from(), run));
    }

    Pieces read() {
      int at = 0;
      int since = 0;
      while (at < tokens.size()) {
        NumberRun run = runs.get(at);
        boolean isMasked = masked.containsKey(tokens.get(at).start());
        if (run == null && !isMasked || isOneMoment(at)) {
          at++;
          continue;
        }
        if (run == null) {
          add(since, at, at + 1, "");
          at++;
        } else if (areNumbersApart(run)) {
          for (; at < run.to(); at++) {
            add(since, at, at + 1, tokens.get(at).text());
            since = at + 1;
          }
        } else {
          // "another one, six six three" says no one.
          boolean isPronoun = at + 1 < run.to() && NumberRun.isPronoun(tokens, at);
          int pronouns = isPronoun ? 1 : 0;
          add(since, at + pronouns, run.to(), run.digits().substring(pronouns));
          at = run.to();
        }
        since = at;
      }
      return new Pieces(told(), tokens, !isBroken && isHesitation(since, tokens.size()));
    }

    /// "48213, 55120": figures of one length, each longer than a card's groups.
    private boolean areNumbersApart(NumberRun run) {
      List<Token> figures = tokens.subList(run.from(), run.to());
      int length = figures.getFirst().text().length();
      return length > LONGEST_GROUP
          && figures.stream()
              .allMatch(each -> each.isPlainNumeral() && each.text().length() == length);
    }

    private List<Piece> told() {
      List<Piece> told = new ArrayList<>();
      int from = 0;
      for (int to = 1; to <= pieces.size(); to++) {
        if (to == pieces.size() || !pieces.get(to).follows()) {
          List<Piece> together = pieces.subList(from, to);
          boolean isAlone = together.stream().mapToInt(Piece::length).distinct().count() == 1;
          together.forEach(each -> told.add(each.alone(isAlone)));
          from = to;
        }
      }
      return told;
    }

    /// "one second" is said while somebody looks for the rest.
    private boolean isOneMoment(int at) {
      return tokens.get(at).is("one")
          && at + 1 < tokens.size()
          && tokens.get(at + 1).is("second", "sec", "moment", "minute", "more");
    }

    /// An amount, a duration or a time of day is no part of anything else.
    private void add(int since, int from, int to, String digits) {
      boolean isMeasure =
          !digits.isEmpty()
              && digits.length() <= LONGEST_MEASURE
              && (isUnit(to) || from > 0 && tokens.get(from - 1).is("$", "€", "£"));
      if (!isMeasure) {
        pieces.add(
            new Piece(
                tokens.get(from).start(),
                tokens.get(to - 1).end(),
                digits,
                !isBroken && isHesitation(since, from),
                isCorrection(since, from),
                false));
      }
      isBroken = isMeasure;
    }

    private boolean isCorrection(int from, int to) {
      return tokens.subList(from, to).stream().anyMatch(each -> CORRECTION.contains(each.text()));
    }

    private boolean isUnit(int at) {
      return at < tokens.size() && UNITS.contains(tokens.get(at).text());
    }

    private boolean isHesitation(int from, int to) {
      return to - from <= LONGEST_HESITATION
          && tokens.subList(from, to).stream().allMatch(each -> HESITATION.contains(each.text()));
    }
  }
}
