package dev.voxlog.tts.mary;

import dev.voxlog.tts.text.Break;
import dev.voxlog.tts.text.SpokenClause;
import dev.voxlog.tts.text.SpokenWord;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// Writes a clause so that Mary reads it as meant: letters by their names, the agent's own words
/// respelled.
final class MarySpelling {
  private static final Map<String, String> LETTERS =
      Map.ofEntries(
          Map.entry("A", "ay"),
          Map.entry("B", "bee"),
          Map.entry("C", "see"),
          Map.entry("D", "dee"),
          Map.entry("E", "ee"),
          Map.entry("F", "eff"),
          Map.entry("G", "gee"),
          Map.entry("H", "aitch"),
          Map.entry("I", "eye"),
          Map.entry("J", "jay"),
          Map.entry("K", "kay"),
          Map.entry("L", "ell"),
          Map.entry("M", "em"),
          Map.entry("N", "en"),
          Map.entry("O", "oh"),
          Map.entry("P", "pee"),
          Map.entry("Q", "cue"),
          Map.entry("R", "are"),
          Map.entry("S", "ess"),
          Map.entry("T", "tea"),
          Map.entry("U", "you"),
          Map.entry("V", "vee"),
          Map.entry("W", "double you"),
          Map.entry("X", "ex"),
          Map.entry("Y", "why"),
          Map.entry("Z", "zee"));

  private final Map<String, String> own = new HashMap<>();

  /// `pronunciations` in plain spelling; those in phones are for engines that read phones.
  MarySpelling(Map<String, String> pronunciations) {
    pronunciations.forEach((word, said) -> {
      if (said.chars().noneMatch(Character::isDigit)) {
        own.put(word.toLowerCase(Locale.ROOT), said.toLowerCase(Locale.ROOT));
      }
    });
  }

  String write(SpokenClause clause) {
    String text =
        clause.words().stream()
            .filter(word -> !word.spoken().isEmpty())
            .map(this::write)
            .collect(Collectors.joining(" "));
    return clause.after() == Break.NONE ? text + Break.COMMA.mark() : text;
  }

  private String write(SpokenWord word) {
    String text = word.spoken().stream().map(this::write).collect(Collectors.joining(" "));
    return text.replace(" " + SpokenWord.PAUSE, SpokenWord.PAUSE) + word.after().mark();
  }

  private String write(String spoken) {
    return own.getOrDefault(spoken, LETTERS.getOrDefault(spoken, spoken));
  }
}
