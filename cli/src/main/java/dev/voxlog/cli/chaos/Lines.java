package dev.voxlog.cli.chaos;

import dev.voxlog.tts.scripted.ScriptedVoice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/// What all callers say, from a seed. No two callers say the same, and no two sentences of a call
/// sound the same.
record Lines(List<List<CallerLine>> callers) {
  private static final int FIRST_TONE = 1_000;
  private static final int SHORTEST_MS = 600;
  private static final int LONGEST_MS = 2_400;

  Lines {
    callers = callers.stream().map(List::copyOf).toList();
  }

  static Lines of(long seed, int callers, int linesEach) {
    Random random = new Random(seed ^ 0x5EED);
    Set<String> numbers = new HashSet<>();
    List<List<CallerLine>> all = new ArrayList<>();
    int tone = FIRST_TONE;
    for (int caller = 0; caller < callers; caller++) {
      Set<Integer> sounds = new HashSet<>();
      ChaosAgent.GREETING.forEach(sentence -> sounds.add(ScriptedVoice.idOf(sentence)));
      List<CallerLine> lines = new ArrayList<>();
      while (lines.size() < linesEach) {
        CallerLine line = line(tone, random);
        Set<Integer> own = new HashSet<>(line.answer().stream().map(ScriptedVoice::idOf).toList());
        boolean isDistinct = own.size() == line.answer().size();
        if (isDistinct
            && own.stream().noneMatch(sounds::contains)
            && numbers.add(line.words().replaceAll("\\D", ""))) {
          sounds.addAll(own);
          lines.add(line);
          tone++;
        }
      }
      all.add(lines);
    }
    return new Lines(all);
  }

  private static CallerLine line(int tone, Random random) {
    // No zero first, and no figure twice in a row: both are said in more than one way.
    StringBuilder number = new StringBuilder();
    while (number.length() < ChaosAgent.NUMBER_LENGTH) {
      char digit = (char) ('1' + random.nextInt(9));
      if (number.isEmpty() || number.charAt(number.length() - 1) != digit) {
        number.append(digit);
      }
    }
    int millis = random.nextInt(SHORTEST_MS, LONGEST_MS) / 20 * 20;
    return random.nextBoolean()
        ? ChaosAgent.order(tone, millis, number.toString())
        : ChaosAgent.note(tone, millis, number.toString());
  }

  /// What the recogniser is to take each tone for.
  Map<Integer, String> phrases() {
    Map<Integer, String> phrases = new HashMap<>();
    callers.forEach(lines -> lines.forEach(line -> phrases.put(line.tone(), line.words())));
    return phrases;
  }
}
