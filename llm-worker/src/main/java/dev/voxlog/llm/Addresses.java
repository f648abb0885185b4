package dev.voxlog.llm;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Web and e-mail addresses in text of lower case, as they are written. No character is looked at
/// more than a few times, whatever the text.
final class Addresses {
  private static final Pattern RUN = Pattern.compile("[a-z0-9._@-]++");

  /// No word is as long, and no address (RFC 5321).
  private static final int LONGEST_WORD = 64;

  private static final int LONGEST = 254;
  private static final int SHORTEST_LABEL = 2;

  private Addresses() {}

  /// All in order, and runs of letters that are too long to be words.
  static List<String> in(String text) {
    return RUN.matcher(text)
        .results()
        .map(MatchResult::group)
        .map(Addresses::bare)
        .filter(each -> isTooLong(each) || isAddress(each))
        .toList();
  }

  private static boolean isTooLong(String run) {
    boolean hasMark = run.indexOf('@') >= 0 || run.indexOf('.') >= 0;
    return run.length() > (hasMark ? LONGEST : LONGEST_WORD);
  }

  private static boolean isAddress(String run) {
    int at = run.lastIndexOf('@');
    boolean isMailbox = at > 0 && at + 1 < run.length() && isOfLabel(run.charAt(at + 1));
    return isMailbox || isDomain(run.substring(at + 1));
  }

  /// Whether a label of some length, others between, and letters as the last one are in it: "U.S."
  /// is none.
  private static boolean isDomain(String run) {
    boolean isAfterLabel = false;
    for (String label : run.split("\\.", -1)) {
      if (isAfterLabel && isTop(label)) {
        return true;
      }
      int own = label.length() - 1 - label.lastIndexOf('_');
      boolean goesOn = isAfterLabel && !label.isEmpty() && own == label.length();
      isAfterLabel = own >= SHORTEST_LABEL || goesOn;
    }
    return false;
  }

  /// "com", also as in "com-".
  private static boolean isTop(String label) {
    int letters = 0;
    while (letters < label.length() && isLetter(label.charAt(letters))) {
      letters++;
    }
    boolean isEnd = letters == label.length() || !isOfLabel(label.charAt(letters));
    return letters >= SHORTEST_LABEL && (isEnd || label.charAt(letters) == '-');
  }

  private static boolean isLetter(char character) {
    return character >= 'a' && character <= 'z';
  }

  private static boolean isOfLabel(char character) {
    return isLetter(character) || character >= '0' && character <= '9' || character == '-';
  }

  /// Without marks around it.
  private static String bare(String run) {
    int from = 0;
    int to = run.length();
    while (from < to && "._-@".indexOf(run.charAt(from)) >= 0) {
      from++;
    }
    while (to > from && "._-@".indexOf(run.charAt(to - 1)) >= 0) {
      to--;
    }
    return run.substring(from, to);
  }
}
