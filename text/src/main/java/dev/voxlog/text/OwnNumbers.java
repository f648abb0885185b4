package dev.voxlog.text;

import java.util.Set;

/// Numbers that are whole by themselves, and no part of a longer one: an order's, a phone's.
///
/// @param idLengths of the numbers the agent asks for, where they have one length
record OwnNumbers(Set<Integer> idLengths) {
  /// Shorter ones may be a card's group.
  static final int SHORTEST = 5;

  private static final int NATIONAL_PHONE = 10;

  boolean isId(Piece piece) {
    return piece.isAlone() && idLengths.contains(piece.length());
  }

  /// A national number, as it is or after a one.
  static boolean isPhone(Piece piece) {
    return piece.length() == NATIONAL_PHONE
        || piece.length() == NATIONAL_PHONE + 1 && piece.digits().startsWith("1");
  }
}
