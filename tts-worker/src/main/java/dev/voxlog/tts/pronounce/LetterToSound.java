package dev.voxlog.tts.pronounce;

import com.sun.speech.freetts.lexicon.LetterToSoundImpl;
import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Guesses the phones of a word no dictionary has, by FreeTTS's decision trees trained on CMUdict.
final class LetterToSound {
  private static final String RULES = "/com/sun/speech/freetts/en/us/cmudict04_lts.bin";

  private final LetterToSoundImpl trees;

  private LetterToSound(LetterToSoundImpl trees) {
    this.trees = trees;
  }

  static LetterToSound load() throws IOException {
    URL rules = LetterToSoundImpl.class.getResource(RULES);
    if (rules == null) {
      throw new IOException("the letter-to-sound rules are not on the class path");
    }
    return new LetterToSound(new LetterToSoundImpl(rules, true));
  }

  /// The trees keep buffers of their own, so one word at a time.
  synchronized Pronunciation guess(String word) {
    String letters = word.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    List<String> phones = new ArrayList<>();
    if (!letters.isEmpty()) {
      for (String phone : trees.getPhones(letters, null)) {
        phones.add(arpabet(phone));
      }
    }
    if (phones.isEmpty()) {
      return new Pronunciation(List.of("AH0"));
    }
    return new Pronunciation(stressed(phones));
  }

  private static String arpabet(String phone) {
    String upper = phone.toUpperCase(Locale.ROOT);
    if (upper.startsWith("AX")) {
      return "AH0";
    }
    boolean hasDigit = Character.isDigit(upper.charAt(upper.length() - 1));
    return Pronunciation.isVowel(upper) && !hasDigit ? upper + "0" : upper;
  }

  private static List<String> stressed(List<String> phones) {
    boolean hasStress = phones.stream().anyMatch(phone -> phone.endsWith("1"));
    if (hasStress) {
      return phones;
    }
    List<String> result = new ArrayList<>(phones);
    for (int i = 0; i < result.size(); i++) {
      if (Pronunciation.isVowel(result.get(i))) {
        result.set(i, result.get(i).substring(0, 2) + "1");
        break;
      }
    }
    return result;
  }
}
