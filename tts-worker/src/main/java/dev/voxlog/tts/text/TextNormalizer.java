package dev.voxlog.tts.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.stream.Stream;

/// Reads written American English as plain words: amounts, dates, times, numbers, ids, addresses,
/// abbreviations and acronyms.
///
/// Every engine gets the same words, since none of them reads all of these right. Stateless and
/// thread-safe.
public final class TextNormalizer {
  private static final List<Rule> RULES =
      Stream.of(
              WebRules.rules(),
              MoneyRules.rules(),
              DateRules.rules(),
              TimeRules.rules(),
              NumberRules.rules().subList(0, 2),
              CodeRules.rules(),
              NumberRules.rules(),
              WordRules.rules())
          .flatMap(List::stream)
          .toList();

  private TextNormalizer() {}

  /// The words to say, in order; their `written` parts joined by spaces give back the text but for
  /// characters that are never said (quotes, Markdown, emoji).
  public static List<SpokenWord> normalize(String text) {
    return new Walk(text).words();
  }

  /// One pass over one text.
  private static final class Walk {
    private final String text;
    private final List<SpokenWord> words = new ArrayList<>();
    private final List<String> before = new ArrayList<>();
    private int at;

    Walk(String text) {
      this.text = text;
    }

    List<SpokenWord> words() {
      while (at < text.length()) {
        if (!takeRule()) {
          takePunctuation();
        }
      }
      return words;
    }

    private boolean takeRule() {
      for (Rule rule : RULES) {
        Matcher matcher =
            rule.pattern().matcher(text).region(at, text.length()).useTransparentBounds(true);
        if (matcher.lookingAt() && matcher.end() > at) {
          Rule.Context context = new Rule.Context(before, text.substring(matcher.end()));
          List<String> spoken = rule.reading().read(matcher.toMatchResult(), context);
          if (!spoken.isEmpty()) {
            add(matcher.group(), spoken);
            return true;
          }
        }
      }
      return false;
    }

    private void add(String written, List<String> spoken) {
      boolean joinsPrevious =
          at > 0 && !words.isEmpty() && "/-–_".indexOf(text.charAt(at - 1)) >= 0;
      at += written.length();
      Break after = written.endsWith(".") ? afterDot(written) : Break.NONE;
      if (joinsPrevious && words.getLast().after() == Break.NONE) {
        SpokenWord previous = words.removeLast();
        List<String> both = new ArrayList<>(previous.spoken());
        both.addAll(spoken);
        words.add(new SpokenWord(previous.written() + written, both, after));
      } else {
        words.add(new SpokenWord(written, spoken, after));
      }
      before.add(Letters.plain(written).replaceAll("[.,:;!?]+$", ""));
    }

    /// The dot of an abbreviation also ends the sentence if nothing or a capital follows.
    private Break afterDot(String written) {
      String rest = text.substring(at);
      boolean ends =
          rest.isBlank()
              || rest.matches("(?s)\\s+[\"“'(]?\\p{Lu}.*")
                  && !WordRules.TITLES.contains(Letters.plain(written));
      return ends ? Break.STOP : Break.NONE;
    }

    private void takePunctuation() {
      char c = text.charAt(at++);
      boolean isSpaced = at >= text.length() || !Character.isLetterOrDigit(text.charAt(at));
      Break heard =
          switch (c) {
            case ',', ';', '—', '…' -> Break.COMMA;
            case ':', '–', '-' -> isSpaced ? Break.COMMA : Break.NONE;
            case '.' -> isSpaced ? Break.STOP : Break.NONE;
            case '?' -> Break.QUESTION;
            case '!' -> Break.EXCLAMATION;
            case '\n' -> Break.STOP;
            default -> Break.NONE;
          };
      if (words.isEmpty()) {
        return;
      }
      SpokenWord last = words.getLast();
      boolean isWritten = !Character.isWhitespace(c) && ",;:.?!…—–/-".indexOf(c) >= 0;
      Break after = stronger(last.after(), heard);
      words.set(
          words.size() - 1,
          isWritten && isAttached()
              ? last.withMore(String.valueOf(c), after)
              : last.withAfter(after));
      if (after.endsSentence() && heard.endsSentence()) {
        before.clear();
      }
    }

    private boolean isAttached() {
      return at < 2 || !Character.isWhitespace(text.charAt(at - 2));
    }

    private static Break stronger(Break left, Break right) {
      if (left == Break.STOP && right.endsSentence()) {
        return right == Break.STOP ? left : right;
      }
      return left.endsSentence() || left.compareTo(right) >= 0 ? left : right;
    }
  }
}
