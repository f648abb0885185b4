package dev.voxlog.nlu.entities;

import dev.voxlog.text.NumberRun;
import dev.voxlog.text.NumberWords;
import dev.voxlog.text.Token;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Codes of letters and digits that are spelled, in an answer that should be one: "A 4 B 7",
/// "AB-12", "alpha four bravo seven", "B for bravo".
///
/// Letters and digits side by side are a code whatever stands around them. Digits without a letter,
/// or one character, are a code only where nothing else is said: else a letter was misheard.
final class Codes {
  /// What may stand around a code without being part of it.
  private static final Set<String> AROUND =
      Set.of(
          "it's",
          "it",
          "is",
          "that's",
          "the",
          "my",
          "code",
          "number",
          "reference",
          "booking",
          "order",
          "confirmation",
          "yes",
          "yeah",
          "no",
          "sorry",
          "okay",
          "ok",
          "sure",
          "um",
          "uh",
          "er",
          "so",
          "well",
          "i",
          "i'm",
          "think",
          "please",
          "thanks",
          "thank",
          "you");

  /// Capitals that spell no code.
  private static final Set<String> ABBREVIATIONS = Set.of("ok", "id", "pnr", "pin", "tv", "no");

  private final String text;
  private final List<Token> tokens;
  private final List<NumberRun> runs;

  private Codes(String text, List<Token> tokens, List<NumberRun> runs) {
    this.text = text;
    this.tokens = tokens;
    this.runs = runs;
  }

  static List<Found> in(String text, List<Token> tokens, List<NumberRun> runs) {
    List<Found> spelled = new Codes(text, tokens, runs).spelled();
    boolean isAllThereIs = isAllThereIs(tokens, spelled);
    return spelled.stream()
        .filter(each -> isAllThereIs || hasLetter(each) && each.value().length() > 1)
        .toList();
  }

  /// The letters spelled from a token on, if nothing but letters is.
  static Found letters(String text, List<Token> tokens, List<NumberRun> runs, int from) {
    Found spelled = new Codes(text, tokens, runs).from(from);
    return spelled.value().chars().allMatch(Character::isLetter) ? spelled : found("", from, from);
  }

  static boolean hasLetter(Found code) {
    return code.value().chars().anyMatch(Character::isLetter);
  }

  private static boolean isAllThereIs(List<Token> tokens, List<Found> spelled) {
    BitSet taken = new BitSet();
    spelled.forEach(each -> taken.set(each.from(), each.to()));
    for (int at = 0; at < tokens.size(); at++) {
      if (!taken.get(at) && !AROUND.contains(tokens.get(at).text())) {
        return false;
      }
    }
    return true;
  }

  private List<Found> spelled() {
    List<Found> spelled = new ArrayList<>();
    int at = 0;
    while (at < tokens.size()) {
      Found code = from(at);
      if (code.value().isEmpty()) {
        at++;
      } else {
        spelled.add(code);
        at = code.to();
      }
    }
    return spelled;
  }

  /// The characters spelled from a token on.
  private Found from(int first) {
    StringBuilder value = new StringBuilder();
    int end = first;
    Found next = part(first, false);
    while (!next.value().isEmpty()) {
      value.append(next.value());
      end = next.to();
      next = part(afterHesitation(end), true);
    }
    return new Found("code", value.toString(), first, end);
  }

  private int afterHesitation(int at) {
    boolean isHesitation =
        at < tokens.size()
            && tokens.get(at).is("uh", "um", "er", "dash", "hyphen", "slash", "then", "/");
    return isHesitation ? at + 1 : at;
  }

  /// One run of digits or one letter, with what spells it out; without a value if there is none.
  private Found part(int at, boolean isInside) {
    if (at >= tokens.size()) {
      return found("", at, at);
    }
    NumberRun run = NumberRun.at(runs, at);
    if (run != null) {
      return found(run.digits(), at, run.to());
    }
    Token token = tokens.get(at);
    if (token.is("double", "triple") && at + 1 < tokens.size()) {
      return repeated(at, token.is("double") ? 2 : 3);
    }
    String letters = letters(at);
    if (letters.isEmpty() && isInside && isSure(at + 1)) {
      return found(soundAlike(at), at, at + 1);
    }
    if (token.is("a", "i") && !isLetterHere(at)) {
      return found("", at, at);
    }
    return found(letters, at, afterExample(at, letters));
  }

  private static Found found(String value, int from, int to) {
    return new Found("code", value, from, to);
  }

  private Found repeated(int at, int times) {
    if (times == 2 && tokens.get(at + 1).is("u", "you")) {
      return found("W", at, at + 2);
    }
    String letters = letters(at + 1);
    return letters.length() == 1
        ? found(letters.repeat(times), at, afterExample(at + 1, letters))
        : found("", at, at);
  }

  /// "a" and "I" are words too, unless more is spelled or nothing is said after them.
  private boolean isLetterHere(int at) {
    int next = afterHesitation(at + 1);
    return next >= tokens.size()
        || isSure(next)
        || !soundAlike(next).isEmpty() && isSure(next + 1)
        || afterExample(at, letters(at)) > at + 1
        || tokens.get(at).is("a") && AROUND.contains(tokens.get(next).text());
  }

  private boolean isSure(int from) {
    int at = from;
    while (at < tokens.size() && NumberRun.at(runs, at) == null && letters(at).isEmpty()) {
      if (!tokens.get(at).is("double", "triple")) {
        return false;
      }
      at++;
    }
    return at < tokens.size();
  }

  /// The letters a token says, in upper case.
  private String letters(int at) {
    Token token = tokens.get(at);
    String word = token.text();
    String plain = word.replace(".", "").toUpperCase(Locale.ROOT);
    boolean isDotted = word.matches("[a-z]\\.[a-z]\\.?");
    boolean isSpelled = word.matches("[a-z]") || isDotted || isInCapitals(token) || isGlued(at);
    return isSpelled ? plain : LetterWords.letter(word);
  }

  private String soundAlike(int at) {
    String word = tokens.get(at).text();
    int digit = NumberWords.soundAlike(word);
    return digit < 0 ? LetterWords.soundAlike(word) : String.valueOf(digit);
  }

  private boolean isInCapitals(Token token) {
    String written = text.substring(token.start(), token.end());
    return written.matches("[A-Z]+") && !ABBREVIATIONS.contains(token.text());
  }

  /// Letters and figures without a space between, as in "ab12".
  private boolean isGlued(int at) {
    Token token = tokens.get(at);
    boolean isBefore =
        at + 1 < tokens.size()
            && tokens.get(at + 1).isNumeral()
            && tokens.get(at + 1).start() == token.end();
    boolean isAfter =
        at > 0 && tokens.get(at - 1).isNumeral() && tokens.get(at - 1).end() == token.start();
    return token.text().matches("[a-z]+") && (isBefore || isAfter);
  }

  /// Where a letter ends with the word that tells which it is: "for bravo", "as in bravo".
  private int afterExample(int at, String letters) {
    int word = at + 1;
    if (word < tokens.size() && tokens.get(word).is("ray") && letters.equals("X")) {
      return word + 1;
    }
    if (word < tokens.size() && tokens.get(word).is("for", "like")) {
      word++;
    } else if (word + 1 < tokens.size()
        && tokens.get(word).is("as")
        && tokens.get(word + 1).is("in")) {
      word += 2;
    } else {
      return at + 1;
    }
    boolean isExample =
        word < tokens.size()
            && letters.length() == 1
            && tokens.get(word).text().length() > 1
            && tokens.get(word).text().startsWith(letters.toLowerCase(Locale.ROOT));
    return isExample ? word + 1 : at + 1;
  }
}
