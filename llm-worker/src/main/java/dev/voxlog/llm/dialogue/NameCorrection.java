package dev.voxlog.llm.dialogue;

import java.util.Locale;

/// A name that was read back, with the word of it put right that the caller said or spelled again.
final class NameCorrection {
  private NameCorrection() {}

  /// "Sarah Conor" with "Connor" is Sarah Connor; what is like no word of it is another name.
  static String of(String name, String said) {
    String[] words = name.split(" ");
    if (words.length < 2 || said.contains(" ")) {
      return said;
    }
    int closest = 0;
    for (int n = 1; n < words.length; n++) {
      if (distance(words[n], said) < distance(words[closest], said)) {
        closest = n;
      }
    }
    if (distance(words[closest], said) > said.length() / 2) {
      return said;
    }
    words[closest] = said;
    return String.join(" ", words);
  }

  /// Levenshtein's: how many letters are to be put in, taken out or changed.
  private static int distance(String one, String other) {
    String a = one.toLowerCase(Locale.ROOT);
    String b = other.toLowerCase(Locale.ROOT);
    int[] before = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      before[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = before[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(changed, 1 + Math.min(before[j], row[j - 1]));
      }
      before = row;
    }
    return before[b.length()];
  }
}
