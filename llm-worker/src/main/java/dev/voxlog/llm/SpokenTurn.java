package dev.voxlog.llm;

import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.TurnEvent.Purpose;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A turn in the dialogue's history: what was to be said, and of each sentence what the caller
/// heard.
record SpokenTurn(int turn, String route, String callerSaid, List<Spoken> sentences) {

  /// One sentence; `heard` is its heard part.
  record Spoken(String text, Purpose purpose, String heard, boolean isWhole) {}

  SpokenTurn {
    sentences = List.copyOf(sentences);
  }

  SpokenTurn saying(String text, Purpose purpose) {
    List<Spoken> more = new ArrayList<>(sentences);
    more.add(new Spoken(text, purpose, "", false));
    return new SpokenTurn(turn, route, callerSaid, more);
  }

  SpokenTurn routed(String made) {
    return new SpokenTurn(turn, made, callerSaid, sentences);
  }

  SpokenTurn heard(CallEvent.Heard heard) {
    if (heard.sentence() >= sentences.size()) {
      return this;
    }
    List<Spoken> told = new ArrayList<>(sentences);
    Spoken spoken = told.get(heard.sentence());
    told.set(
        heard.sentence(),
        new Spoken(spoken.text(), spoken.purpose(), heard.text(), heard.isWhole()));
    return new SpokenTurn(turn, route, callerSaid, told);
  }

  boolean isAnswer() {
    return !route.equals("reprompt") && !answer().isEmpty();
  }

  /// What was said but for fillers.
  List<String> answer() {
    return sentences.stream()
        .filter(each -> each.purpose() != Purpose.FILLER)
        .map(Spoken::text)
        .toList();
  }

  /// What the caller heard of the answer; a mark stands where it broke off. Before all `isOver` is
  /// told, what is not known to be heard is taken for heard.
  String asHeard(boolean isOver) {
    StringBuilder text = new StringBuilder();
    for (Spoken each : sentences) {
      if (each.purpose() == Purpose.FILLER) {
        continue;
      }
      boolean isWhole = each.isWhole() || !isOver && each.heard().isEmpty();
      text.append(isWhole ? each.text() : each.heard()).append(' ');
      if (!isWhole) {
        return text.toString().stripTrailing() + " —";
      }
    }
    return text.toString().strip();
  }

  boolean isFiller(int sentence) {
    return sentence < sentences.size() && sentences.get(sentence).purpose() == Purpose.FILLER;
  }

  static String route(Enum<?> route) {
    return route.name().toLowerCase(Locale.ROOT);
  }
}
