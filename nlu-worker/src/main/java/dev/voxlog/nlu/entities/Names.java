package dev.voxlog.nlu.entities;

import dev.voxlog.text.NumberRun;
import dev.voxlog.text.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Names of people as callers give them: "my name is Sarah Connor", "this is Tom Hardy speaking",
/// "Connor, C O N N O R", "S A R A H". What is spelled is right; it takes the place of the word
/// that it spells.
///
/// No list of names stands behind it: a name is what follows words that introduce one, or what is
/// spelled where nothing else is said. Where the text has capitals, a name has one.
final class Names {
  static final String KIND = "name";
  private static final int MOST_WORDS = 4;
  private static final int FEWEST_SPELLED = 3;
  private static final int MOST_BEFORE_SPEAKING = 3;
  private static final int MOST_BEFORE_SPELLING = 8;

  private static final List<List<String>> LEADS =
      List.of(
          List.of("my", "name", "is"),
          List.of("my", "full", "name", "is"),
          List.of("my", "first", "name", "is"),
          List.of("my", "last", "name", "is"),
          List.of("the", "name", "is"),
          List.of("the", "last", "name", "is"),
          List.of("my", "surname", "is"),
          List.of("my", "name's"),
          List.of("the", "name's"),
          List.of("under", "the", "name"),
          List.of("in", "the", "name", "of"));

  /// These introduce more than names, so that only capitals tell.
  private static final List<List<String>> VAGUE_LEADS =
      List.of(List.of("this", "is"), List.of("i'm"), List.of("i", "am"));

  private static final Set<String> NO_NAME =
      Set.of(
          "and",
          "i",
          "i'm",
          "i've",
          "from",
          "calling",
          "speaking",
          "here",
          "with",
          "my",
          "the",
          "a",
          "an",
          "for",
          "it",
          "it's",
          "that",
          "that's",
          "is",
          "was",
          "are",
          "spelled",
          "spelt",
          "at",
          "in",
          "on",
          "to",
          "not",
          "about",
          "but",
          "please",
          "thanks",
          "thank",
          "you",
          "your",
          "so",
          "because",
          "who",
          "what",
          "where",
          "how",
          "why",
          "when",
          "wrong",
          "correct",
          "right",
          "no",
          "yes",
          "dot",
          "number",
          "also",
          "just",
          "still",
          "sorry",
          "okay",
          "ok",
          "of",
          "there",
          "they",
          "we",
          "he",
          "she",
          "me",
          "will",
          "can",
          "do",
          "does",
          "has",
          "have",
          "name",
          "acme",
          "monday",
          "tuesday",
          "wednesday",
          "thursday",
          "friday",
          "saturday",
          "sunday");

  /// Parts of names that are written small.
  private static final Set<String> SMALL =
      Set.of(
          "van", "von", "de", "del", "della", "der", "den", "da", "dos", "di", "la", "le", "bin",
          "al", "el", "ten", "ter", "y", "zu");

  private static final Set<String> AROUND =
      Set.of(
          "it's", "it", "is", "that's", "yes", "yeah", "sure", "okay", "ok", "um", "uh", "er", "no",
          "sorry", "well", "so", "please", "thanks", "thank", "you", "hi", "hello");

  private static final Set<String> BEFORE_SPELLING =
      Set.of(
          "spelled", "spelt", "that's", "it's", "is", "with", "as", "that", "you", "spell", "it",
          "i");

  private final String text;
  private final List<Token> tokens;
  private final List<NumberRun> runs;
  private final boolean hasCapitals;
  private final List<String> words = new ArrayList<>();
  private int at;
  private boolean isSpelled;

  private Names(String text, List<Token> tokens, List<NumberRun> runs) {
    this.text = text;
    this.tokens = tokens;
    this.runs = runs;
    this.hasCapitals = !text.equals(text.toLowerCase(Locale.ROOT));
  }

  static List<Found> in(String text, List<Token> tokens, List<NumberRun> runs) {
    return new Names(text, tokens, runs).all();
  }

  private List<Found> all() {
    List<Found> found = new ArrayList<>();
    for (int from = 0; from < tokens.size(); from++) {
      int begin = afterLead(from);
      if (begin > 0) {
        read(begin);
        found(begin).ifPresent(found::add);
        from = Math.max(from, at - 1);
      }
    }
    if (found.isEmpty()) {
      speaking().or(this::spelledAlone).ifPresent(found::add);
    }
    return found;
  }

  /// Where a name may begin after words that introduce one at `from`; 0 if none do.
  private int afterLead(int from) {
    for (List<String> lead : LEADS) {
      if (isAt(from, lead)) {
        return from + lead.size();
      }
    }
    for (List<String> lead : VAGUE_LEADS) {
      int begin = from + lead.size();
      if (isAt(from, lead) && begin < tokens.size() && isCapital(tokens.get(begin))) {
        return begin;
      }
    }
    return 0;
  }

  private boolean isAt(int from, List<String> words) {
    return from + words.size() <= tokens.size()
        && tokens.subList(from, from + words.size()).stream()
            .map(Token::text)
            .toList()
            .equals(words);
  }

  /// "Sarah Connor speaking", "Tom here" at the beginning.
  private Optional<Found> speaking() {
    int from = afterAround(0);
    read(from);
    boolean isSpeaking =
        hasCapitals
            && !words.isEmpty()
            && words.size() <= MOST_BEFORE_SPEAKING
            && at < tokens.size()
            && tokens.get(at).is("speaking", "here")
            && !isAfterPause(at);
    return isSpeaking ? found(from) : Optional.empty();
  }

  /// A name that is spelled, with nothing else said.
  private Optional<Found> spelledAlone() {
    int from = afterAround(0);
    read(from);
    boolean isAll = isSpelled && afterAround(at) == tokens.size();
    return isAll ? found(from) : Optional.empty();
  }

  private int afterAround(int from) {
    int after = from;
    while (after < tokens.size() && AROUND.contains(tokens.get(after).text())) {
      after++;
    }
    return after;
  }

  private Optional<Found> found(int from) {
    return words.isEmpty()
        ? Optional.empty()
        : Optional.of(new Found(KIND, String.join(" ", words), from, at));
  }

  // Reading one name, word by word.

  private void read(int from) {
    words.clear();
    isSpelled = false;
    at = from;
    boolean isAfterSpelling = false;
    while (at < tokens.size()) {
      int spelling = spelling();
      if (spelling >= 0) {
        spelled(Codes.letters(text, tokens, runs, spelling));
        isAfterSpelling = true;
      } else if (words.size() < MOST_WORDS && isWord(isAfterSpelling)) {
        words.add(written(tokens.get(at)));
        at++;
        isAfterSpelling = false;
      } else {
        return;
      }
    }
  }

  /// Where letters are spelled from here on; −1 if none are.
  private int spelling() {
    for (int from = at; from <= at + MOST_BEFORE_SPELLING; from++) {
      if (isLetters(from)) {
        return from;
      }
      if (from >= tokens.size() || !BEFORE_SPELLING.contains(tokens.get(from).text())) {
        return -1;
      }
    }
    return -1;
  }

  private boolean isLetters(int from) {
    if (isWordThatIsSpelled(from)) {
      return false;
    }
    Found letters = Codes.letters(text, tokens, runs, from);
    boolean isShort = letters.value().length() < FEWEST_SPELLED;
    boolean isKnown = words.stream().anyMatch(word -> word.equalsIgnoreCase(letters.value()));
    boolean isOne = letters.to() - letters.from() < 2;
    return !isOne && (!isShort || isKnown);
  }

  /// "Mike, M I K E": some names are words for letters too.
  private boolean isWordThatIsSpelled(int from) {
    return from + 1 < tokens.size()
        && tokens.get(from).text().length() > 1
        && tokens.get(from + 1).text().length() == 1
        && tokens.get(from + 1).text().charAt(0) == tokens.get(from).text().charAt(0);
  }

  private void spelled(Found letters) {
    String word = capitalised(letters.value().toLowerCase(Locale.ROOT));
    int alike = alike(word);
    if (alike >= 0) {
      words.set(alike, word);
    } else {
      words.add(word);
    }
    at = letters.to();
    isSpelled = true;
  }

  /// The word that this one spells: the last with the same first letter; −1 for none.
  private int alike(String word) {
    for (int n = words.size() - 1; n >= 0; n--) {
      if (words.get(n).regionMatches(true, 0, word, 0, 1)) {
        return n;
      }
    }
    return -1;
  }

  private boolean isWord(boolean isAfterSpelling) {
    Token token = tokens.get(at);
    boolean isBroken = !words.isEmpty() && !isAfterSpelling && isAfterPause(at);
    boolean isSmall = SMALL.contains(token.text()) && !words.isEmpty();
    return !isBroken
        && token.text().matches("[a-z']{2,}|[a-z]\\.?")
        && !NO_NAME.contains(token.text())
        && (isSmall || !hasCapitals || isCapital(token));
  }

  private boolean isAfterPause(int which) {
    return which > 0
        && text.substring(tokens.get(which - 1).end(), tokens.get(which).start())
            .chars()
            .anyMatch(each -> ",.;:!?".indexOf(each) >= 0);
  }

  private boolean isCapital(Token token) {
    return Character.isUpperCase(text.charAt(token.start()));
  }

  /// As in the text where that has capitals.
  private String written(Token token) {
    String word = text.substring(token.start(), token.end());
    return hasCapitals || SMALL.contains(word) && !words.isEmpty() ? word : capitalised(word);
  }

  private static String capitalised(String word) {
    String first = word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    int mark = first.indexOf('\'');
    return mark != 1 || first.length() < 3
        ? first
        : first.substring(0, 2)
            + first.substring(2, 3).toUpperCase(Locale.ROOT)
            + first.substring(3);
  }
}
