package dev.voxlog.text;

/// Digits said in one go, with their place in the text; those that are masked are not known.
///
/// @param digits as they would be keyed in; empty if they are masked
/// @param follows whether nothing but hesitation stands before it, back to the piece before or to
///   the beginning of the text
/// @param isCorrection whether it is said instead of the piece before
/// @param isAlone whether the pieces it stands with, with no more than hesitation between, are all
///   of its length
record Piece(
    int start, int end, String digits, boolean follows, boolean isCorrection, boolean isAlone) {
  boolean isMasked() {
    return digits.isEmpty();
  }

  int length() {
    return digits.length();
  }

  Piece thatFollows(boolean follows) {
    return new Piece(start, end, digits, follows, isCorrection, isAlone);
  }

  Piece alone(boolean alone) {
    return new Piece(start, end, digits, follows, isCorrection, alone);
  }
}
