package dev.voxlog.text;

/// Which digits are the number of a payment card.
final class CardNumber {
  static final int SHORTEST = 13;
  static final int LONGEST = 19;
  private static final int SHORTEST_WITHOUT_BRAND = 16;

  private CardNumber() {}

  /// Whether the digits are a card's: the check digit is right, and so are length and beginning.
  /// From sixteen digits on any beginning but zero will do. `isNumberExpected` if so many digits
  /// may be something else, as a phone number with its country code: then only a beginning and a
  /// length that cards in use have count.
  static boolean is(String digits, boolean isNumberExpected) {
    int length = digits.length();
    if (!mayHave(length) || digits.charAt(0) == '0' || !checks(digits)) {
      return false;
    }
    return isOfABrand(digits)
        || !isNumberExpected && (length >= SHORTEST_WITHOUT_BRAND || isOfAnOldBrand(digits));
  }

  /// Whether there are cards with so many digits.
  static boolean mayHave(int length) {
    return length >= SHORTEST && length <= LONGEST;
  }

  /// Luhn's formula, ISO/IEC 7812-1 annex B.
  static boolean checks(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int doubled = i % 2 == 0 ? digit : 2 * digit;
      sum += doubled > 9 ? doubled - 9 : doubled;
    }
    return sum % 10 == 0;
  }

  /// Whether a card's number may begin so.
  static boolean mayBegin(String digits) {
    return !digits.isEmpty() && digits.charAt(0) >= '2' && digits.charAt(0) <= '6';
  }

  private static boolean isOfABrand(String digits) {
    int two = Integer.parseInt(digits.substring(0, 2));
    int three = Integer.parseInt(digits.substring(0, 3));
    int four = Integer.parseInt(digits.substring(0, 4));
    return switch (digits.length()) {
      case 14 -> two == 36 || two == 38 || two == 39 || three >= 300 && three <= 305;
      case 15 -> two == 34 || two == 37;
      case 16 -> two / 10 == 4 || two >= 50 && two <= 58 || isOfSix(two) || isOfSixteen(four);
      case 17, 18 -> isOfSix(two) || isOfMaestro(two);
      case 19 -> two / 10 == 4 || isOfSix(two) || isOfMaestro(two);
      default -> false;
    };
  }

  /// Mastercard's newer numbers, JCB's.
  private static boolean isOfSixteen(int four) {
    return four >= 2221 && four <= 2720 || four >= 3528 && four <= 3589;
  }

  private static boolean isOfSix(int two) {
    return two == 60 || two == 62 || two == 64 || two == 65 || two == 67;
  }

  private static boolean isOfMaestro(int two) {
    return two == 50 || two >= 56 && two <= 58;
  }

  /// Visa's thirteen digits, which nobody has been given for decades; they are also those of a
  /// German or Austrian phone.
  private static boolean isOfAnOldBrand(String digits) {
    return digits.length() == SHORTEST && digits.charAt(0) == '4';
  }
}
