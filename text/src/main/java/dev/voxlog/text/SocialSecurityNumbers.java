package dev.voxlog.text;

import java.util.HashMap;
import java.util.Map;

/// Finds social security numbers of the United States: nine digits, in one piece or several, where
/// they are called so, in the same utterance or the one before.
final class SocialSecurityNumbers {
  private static final int DIGITS = 9;

  private SocialSecurityNumbers() {}

  static Map<Integer, MaskKind> in(Said said) {
    Map<Integer, MaskKind> found = new HashMap<>();
    boolean isCalledSo = said.speaksOf(Topics.SOCIAL_SECURITY_NUMBER);
    boolean goesOn = said.goesOnWith(Topics.SOCIAL_SECURITY_NUMBER) && said.text().areAllThereIs();
    if (!isCalledSo && !goesOn) {
      return found;
    }
    int digits = 0;
    for (int at = 0; at < said.text().all().size(); at++) {
      Piece piece = said.text().all().get(at);
      digits += piece.length();
      if (digits > DIGITS || at > 0 && !piece.follows()) {
        return found;
      }
      if (!piece.isMasked()) {
        found.put(at, MaskKind.SOCIAL_SECURITY_NUMBER);
      }
    }
    return found;
  }
}
