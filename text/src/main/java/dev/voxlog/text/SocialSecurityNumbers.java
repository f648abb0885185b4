package dev.voxlog.text;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Finds social security numbers of the United States: nine digits, in one piece or several, where
/// they are called so, in the same utterance or the one before.
///
/// Nine digits together are one wherever they stand. Where there are none, the digits said next
/// after the name are its beginning, or more than it has.
final class SocialSecurityNumbers {
  private static final int DIGITS = 9;

  private final Said said;
  private final List<Piece> pieces;
  private final Map<Integer, MaskKind> found = new HashMap<>();

  private SocialSecurityNumbers(Said said) {
    this.said = said;
    this.pieces = said.text().all();
  }

  /// What is masked of the text's pieces, by their position in it.
  static Map<Integer, MaskKind> in(Said said) {
    return new SocialSecurityNumbers(said).find();
  }

  private Map<Integer, MaskKind> find() {
    boolean isCalledSo = said.speaksOf(Topics.SOCIAL_SECURITY_NUMBER);
    boolean goesOn = said.goesOnWith(Topics.SOCIAL_SECURITY_NUMBER);
    if (isCalledSo || goesOn) {
      for (int from = 0; from < pieces.size(); from = end(from)) {
        findWhole(from, end(from), !isCalledSo);
      }
      int next = isCalledSo ? firstAfterTheName() : said.text().areAllThereIs() ? 0 : pieces.size();
      if (found.isEmpty() && next < pieces.size()) {
        findBegun(next, end(next), !isCalledSo);
      }
    }
    return found;
  }

  /// Where the pieces end that follow each other from `from` on.
  private int end(int from) {
    int end = from + 1;
    while (end < pieces.size() && pieces.get(end).follows()) {
      end++;
    }
    return end;
  }

  private void findWhole(int begin, int end, boolean mayBeAwaited) {
    for (int from = begin; from < end; from++) {
      int digits = 0;
      for (int to = from; to < end && digits < DIGITS; to++) {
        digits += pieces.get(to).length();
        if (digits == DIGITS && !(mayBeAwaited && isAwaited(pieces.get(from)))) {
          mask(from, to + 1);
        }
      }
    }
  }

  private void findBegun(int from, int end, boolean mayBeAwaited) {
    for (int at = from; at < end; at++) {
      if (mayBeAwaited && isAwaited(pieces.get(at))) {
        return;
      }
    }
    mask(from, end);
  }

  private boolean isAwaited(Piece piece) {
    return piece.isAlone() && piece.length() == said.awaited().exactly();
  }

  private int firstAfterTheName() {
    int name = Topics.SOCIAL_SECURITY_NUMBER.end(said.text().tokens());
    int at = 0;
    while (at < pieces.size() && pieces.get(at).start() < name) {
      at++;
    }
    return at;
  }

  private void mask(int from, int end) {
    for (int at = from; at < end; at++) {
      if (!pieces.get(at).isMasked()) {
        found.put(at, MaskKind.SOCIAL_SECURITY_NUMBER);
      }
    }
  }
}
