package dev.voxlog.tts.pronounce;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// A word's phones in ARPAbet, each vowel with its stress digit (0 none, 1 primary, 2 secondary).
public record Pronunciation(List<String> phones) {
  private static final Set<String> VOWELS =
      Set.of(
          "AA", "AE", "AH", "AO", "AW", "AY", "EH", "ER", "EY", "IH", "IY", "OW", "OY", "UH", "UW");
  private static final Set<String> CONSONANTS =
      Set.of(
          "B", "CH", "D", "DH", "F", "G", "HH", "JH", "K", "L", "M", "N", "NG", "P", "R", "S", "SH",
          "T", "TH", "V", "W", "Y", "Z", "ZH");
  private static final Set<String> SIBILANTS = Set.of("S", "Z", "SH", "ZH", "CH", "JH");
  private static final Set<String> VOICELESS = Set.of("P", "T", "K", "F", "TH");

  public Pronunciation {
    phones = List.copyOf(phones);
  }

  /// Reads phones separated by spaces.
  public static Pronunciation parse(String arpabet) {
    return new Pronunciation(List.of(arpabet.strip().split("\\s+")));
  }

  /// Whether a text is nothing but ARPAbet phones with at least one stressed vowel.
  static boolean isArpabet(String text) {
    boolean hasStress = false;
    for (String phone : text.strip().split("\\s+")) {
      boolean isStressed = phone.matches("[A-Z]{2}[0-2]") && VOWELS.contains(phone.substring(0, 2));
      if (!isStressed && !CONSONANTS.contains(phone)) {
        return false;
      }
      hasStress |= isStressed;
    }
    return hasStress;
  }

  static boolean isVowel(String phone) {
    return phone.length() > 2 || VOWELS.contains(phone.toUpperCase(Locale.ROOT));
  }

  static char stress(String phone) {
    return phone.charAt(phone.length() - 1);
  }

  boolean startsWithVowel() {
    return isVowel(phones.getFirst());
  }

  /// The possessive or plural of this word.
  Pronunciation withS() {
    String last = phones.getLast();
    List<String> more = new ArrayList<>(phones);
    if (SIBILANTS.contains(last)) {
      more.add("IH0");
      more.add("Z");
    } else {
      more.add(VOICELESS.contains(last) ? "S" : "Z");
    }
    return new Pronunciation(more);
  }

  /// Both words as one compound, stressed on the first.
  Pronunciation compoundedWith(Pronunciation second) {
    List<String> both = new ArrayList<>(phones);
    second.phones().forEach(phone -> both.add(phone.replace('1', '2')));
    return new Pronunciation(both);
  }

  /// Both one after the other.
  Pronunciation then(Pronunciation next) {
    List<String> both = new ArrayList<>(phones);
    both.addAll(next.phones());
    return new Pronunciation(both);
  }
}
