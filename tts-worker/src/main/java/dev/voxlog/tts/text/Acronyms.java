package dev.voxlog.tts.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Decides whether capitals are said as a word or spelled.
final class Acronyms {
  private static final Set<String> WORDS =
      Set.of(
          "NASA", "NATO", "PIN", "PINS", "ZIP", "SIM", "SIMS", "RAM", "ROM", "LAN", "WIFI", "IKEA",
          "LASER", "RADAR", "SCUBA", "UNICEF", "OPEC", "AIDS", "SWAT", "GIF", "JPEG", "DOS");
  private static final Set<String> SHORT_WORDS =
      Set.of(
          "A", "I", "AM", "AN", "AND", "ALL", "ANY", "ARE", "AS", "AT", "BE", "BUT", "BUY", "BY",
          "CAN", "DAY", "DID", "DO", "DUE", "END", "FEE", "FOR", "FREE", "GET", "GO", "HAD", "HAS",
          "HE", "HER", "HIS", "HOW", "IF", "IN", "IS", "ITS", "LET", "MAY", "ME", "MUST", "MY",
          "NEW", "NO", "NOT", "NOW", "OF", "OFF", "ON", "ONE", "OR", "OUR", "OUT", "PAY", "SEE",
          "SHE", "SO", "THE", "TO", "TOO", "TWO", "TRY", "UP", "USE", "WAS", "WAY", "WE", "WHO",
          "WHY", "YES", "YOU", "YOUR");
  private static final Set<String> SPELLED =
      Set.of(
          "ASAP", "AARP", "USPS", "UPS", "IEEE", "ACLU", "SUV", "EST", "USA", "VIP", "RSVP",
          "ISBN");
  private static final Set<String> STARTS =
      Set.of(
          "BL", "BR", "CH", "CL", "CR", "DR", "DW", "FL", "FR", "GL", "GR", "KN", "PH", "PL", "PR",
          "QU", "RH", "SC", "SH", "SK", "SL", "SM", "SN", "SP", "SQ", "ST", "SW", "TH", "TR", "TW",
          "WH", "WR");
  private static final String VOWELS = "AEIOUY";

  private Acronyms() {}

  static boolean isWord(String capitals) {
    String upper = capitals.toUpperCase(Locale.ROOT);
    if (WORDS.contains(upper) || SHORT_WORDS.contains(upper)) {
      return true;
    }
    return upper.length() >= 4 && !SPELLED.contains(upper) && isPronounceable(upper);
  }

  /// Has vowels, starts as an English word may, and piles up no four consonants.
  static boolean isPronounceable(String text) {
    String upper = text.toUpperCase(Locale.ROOT);
    boolean startsWell =
        upper.length() < 2
            || isVowel(upper.charAt(0))
            || isVowel(upper.charAt(1))
            || STARTS.contains(upper.substring(0, 2));
    return startsWell
        && upper.chars().anyMatch(c -> isVowel((char) c))
        && !upper.matches(".*[BCDFGHJKLMNPQRSTVWXZ]{4}.*|.*[BCDFGHJKLMNPQRSTVWXZ]{3}");
  }

  /// "FAQs" as "F A Q's".
  static List<String> spelledPlural(String capitals) {
    List<String> letters = new ArrayList<>(Letters.spelled(capitals));
    letters.add(letters.removeLast() + "'s");
    return letters;
  }

  private static boolean isVowel(char letter) {
    return VOWELS.indexOf(letter) >= 0;
  }
}
