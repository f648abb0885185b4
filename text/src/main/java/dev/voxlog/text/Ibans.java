package dev.voxlog.text;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Finds international bank account numbers, ISO 13616, written or spelled in one utterance: two
/// letters, two check digits, and more of both.
final class Ibans {
  private static final int SHORTEST = 15;
  private static final int LONGEST = 34;
  private static final BigInteger MODULUS = BigInteger.valueOf(97);

  private Ibans() {}

  static List<Masked.Part> in(String text, List<Token> tokens) {
    Map<Integer, NumberRun> runs = new HashMap<>();
    NumberRun.of(tokens, false).forEach(run -> runs.put(run.from(), run));
    List<Masked.Part> found = new ArrayList<>();
    for (int at = 0; at < tokens.size(); at++) {
      Masked.Part part = from(at, text, tokens, runs);
      if (part != null) {
        found.add(part);
      }
    }
    return found;
  }

  /// The longest number that begins with a token.
  private static Masked.@org.jspecify.annotations.Nullable Part from(
      int first, String text, List<Token> tokens, Map<Integer, NumberRun> runs) {
    StringBuilder characters = new StringBuilder();
    Masked.Part found = null;
    int at = first;
    while (at < tokens.size() && characters.length() <= LONGEST) {
      NumberRun run = runs.get(at);
      Token token = tokens.get(at);
      if (run != null) {
        characters.append(run.digits());
        at = run.to();
      } else if (isSpelled(token, text)) {
        characters.append(token.text().toUpperCase(Locale.ROOT));
        at++;
      } else {
        return found;
      }
      if (checks(characters.toString())) {
        found = new Masked.Part(tokens.get(first).start(), tokens.get(at - 1).end(), MaskKind.IBAN);
      }
    }
    return found;
  }

  /// A letter, or a few in capitals.
  private static boolean isSpelled(Token token, String text) {
    String written = text.substring(token.start(), token.end());
    return written.matches("[A-Za-z]|[A-Z]{2,6}");
  }

  static boolean checks(String characters) {
    if (characters.length() < SHORTEST
        || characters.length() > LONGEST
        || !characters.matches("[A-Z]{2}\\d{2}[A-Z0-9]+")) {
      return false;
    }
    StringBuilder number = new StringBuilder();
    (characters.substring(4) + characters.substring(0, 4))
        .chars()
        .forEach(each -> number.append(Character.getNumericValue(each)));
    return new BigInteger(number.toString()).mod(MODULUS).intValue() == 1;
  }
}
