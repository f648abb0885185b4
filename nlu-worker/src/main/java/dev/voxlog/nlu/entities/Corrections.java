package dev.voxlog.nlu.entities;

import dev.voxlog.text.Correction;
import dev.voxlog.text.NumberRun;
import dev.voxlog.text.NumberWords;
import dev.voxlog.text.Token;
import java.util.ArrayList;
import java.util.List;

/// Corrections of a number that was said before, or read back: "the last digit is three", "it ends
/// in seven two".
final class Corrections {
  private final List<Token> tokens;
  private final List<NumberRun> runs;

  private Corrections(List<Token> tokens, List<NumberRun> runs) {
    this.tokens = tokens;
    this.runs = runs;
  }

  /// One that names a place, between two token positions, `to` exclusive.
  record Placed(String value, int from, int to) {}

  /// All that name a place, in order.
  static List<Placed> placed(List<Token> tokens, List<NumberRun> runs) {
    Corrections corrections = new Corrections(tokens, runs);
    List<Placed> placed = new ArrayList<>();
    int at = 0;
    while (at < tokens.size()) {
      Placed found = corrections.from(at);
      if (found.value().isEmpty()) {
        at++;
      } else {
        placed.add(found);
        at = found.to();
      }
    }
    return placed;
  }

  private Placed from(int at) {
    Token token = tokens.get(at);
    if (token.is("ends", "end", "ending") && isAt(at + 1, "in", "with", "on")) {
      return digits(at, at + 2, 0, false);
    }
    if (token.is("starts", "start", "begins") && isAt(at + 1, "with")) {
      return digits(at, at + 2, 0, true);
    }
    if (token.is("last", "first") && at + 1 < tokens.size()) {
      int count = NumberWords.digit(tokens.get(at + 1).text());
      if (count > 1) {
        return digits(at, afterVerb(at + 2), count, token.is("first"));
      }
    }
    int place = token.is("last") ? -1 : NumberWords.ordinal(token.text());
    if (place == 0 || place < -1 || place > 9 || !isNamed(at + 1, place)) {
      return none(at);
    }
    int verb = isAt(at + 1, "digit", "number", "figure", "one") ? at + 2 : at + 1;
    NumberRun run = NumberRun.at(runs, afterVerb(verb));
    return run == null || run.digits().length() != 1
        ? none(at)
        : new Placed(Correction.at(place, run.digits()).value(), at, run.to());
  }

  /// "first" alone is more often no place of a number.
  private boolean isNamed(int at, int place) {
    return place == -1 || isAt(at, "digit", "number", "figure", "one");
  }

  /// As many digits as there are, or `count` if that is told.
  private Placed digits(int from, int at, int count, boolean isFromStart) {
    NumberRun run = NumberRun.at(runs, at);
    if (run == null || count > 0 && run.digits().length() != count) {
      return none(from);
    }
    int place = isFromStart ? 1 : -run.digits().length();
    return new Placed(Correction.at(place, run.digits()).value(), from, run.to());
  }

  /// Where the digits stand after "(digits) is a", "are", "should be"; −1 without a verb.
  private int afterVerb(int from) {
    int at = isAt(from, "digits", "numbers", "figures", "ones") ? from + 1 : from;
    if (isAt(at, "should", "must", "has", "needs")) {
      at = isAt(at + 1, "to") ? at + 2 : at + 1;
      at = isAt(at, "be") ? at + 1 : -1;
    } else {
      at = isAt(at, "is", "are", "was") ? at + 1 : -1;
    }
    return at >= 0 && isAt(at, "a", "an") ? at + 1 : at;
  }

  private boolean isAt(int at, String... words) {
    return at >= 0 && at < tokens.size() && tokens.get(at).is(words);
  }

  private static Placed none(int at) {
    return new Placed("", at, at);
  }
}
