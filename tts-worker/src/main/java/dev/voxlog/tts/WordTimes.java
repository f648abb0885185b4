package dev.voxlog.tts;

import dev.voxlog.schemas.Word;
import dev.voxlog.tts.text.SpokenWord;
import java.util.ArrayList;
import java.util.List;

/// Spreads a stretch of speech over its words in proportion to how much is said for each.
public final class WordTimes {
  /// What a pause after a word counts against one phone.
  private static final double PAUSE_WEIGHT = 3;

  private WordTimes() {}

  /// Times for engines that give none of their own; `phones` holds how many each word has.
  public static List<Word> estimate(
      List<SpokenWord> words, List<Integer> phones, long fromMs, long toMs) {
    double total = 0;
    for (int i = 0; i < words.size(); i++) {
      total += phones.get(i) + pauseAfter(words, i);
    }
    List<Word> result = new ArrayList<>();
    double at = 0;
    for (int i = 0; i < words.size(); i++) {
      long start = place(fromMs, toMs, at, total);
      at += phones.get(i);
      result.add(
          new Word(words.get(i).written(), start, place(fromMs, toMs, at, total), 1.0, true));
      at += pauseAfter(words, i);
    }
    return result;
  }

  /// Phones as counted from spelling, about one for each letter but doubled ones.
  public static int phones(SpokenWord word) {
    int count = 0;
    for (String spoken : word.spoken()) {
      boolean isLetterName = spoken.length() == 1 && Character.isUpperCase(spoken.charAt(0));
      count +=
          spoken.equals(SpokenWord.PAUSE) ? (int) PAUSE_WEIGHT : isLetterName ? 2 : spoken.length();
    }
    return Math.max(1, count);
  }

  private static double pauseAfter(List<SpokenWord> words, int index) {
    boolean isInside = index < words.size() - 1;
    return isInside && !words.get(index).after().mark().isEmpty() ? PAUSE_WEIGHT : 0;
  }

  private static long place(long from, long to, double at, double total) {
    return from + Math.round((to - from) * at / Math.max(1, total));
  }
}
