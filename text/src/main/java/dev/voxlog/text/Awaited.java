package dev.voxlog.text;

/// The digits that the dialogue waits for.
///
/// @param exactly how many, 0 if their number is not fixed
/// @param atMost how many they may be, 0 if none are waited for
public record Awaited(int exactly, int atMost) {
  static final int LONGEST_PHONE = 15;
  static final int LONGEST_POSTAL_CODE = 9;
  static final int ANY_LENGTH = 64;

  /// Whatever is said.
  public static final Awaited ANYTHING = new Awaited(0, 0);

  boolean allows(int digits) {
    return digits <= atMost && (exactly == 0 || digits == exactly);
  }
}
