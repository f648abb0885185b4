package dev.voxlog.llm;

import dev.voxlog.llm.chat.ChatRequest.Message;
import dev.voxlog.llm.chat.ChatRequest.Role;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.TurnEvent.Purpose;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// The latest turns of a call as the caller heard them.
final class History {
  private static final int KEPT = 12;

  private final Deque<SpokenTurn> turns = new ArrayDeque<>();
  private final List<CallEvent.Heard> early = new ArrayList<>();

  History(List<SpokenTurn> kept) {
    turns.addAll(kept);
  }

  /// Adds the turn, or puts it in the place of what was known of it.
  void put(SpokenTurn turn) {
    turns.removeIf(each -> each.turn() == turn.turn());
    turns.addLast(turn);
    List<CallEvent.Heard> known =
        early.stream()
            .filter(each -> each.turn() == turn.turn() && each.sentence() < turn.sentences().size())
            .toList();
    known.forEach(this::heard);
    early.removeIf(each -> each.turn() < turn.turn() || known.contains(each));
    while (turns.size() > KEPT) {
      turns.removeFirst();
    }
  }

  /// A turn that was taken back before the caller heard any of it.
  void forget(int turn) {
    turns.removeIf(each ->
        each.turn() == turn
            && each.sentences().stream().allMatch(spoken -> spoken.heard().isEmpty()));
  }

  /// What is told of a turn that is not here yet, as after a takeover, is kept for it.
  void heard(CallEvent.Heard heard) {
    if (turns.isEmpty() || turns.getLast().turn() < heard.turn()) {
      early.add(heard);
    }
    for (SpokenTurn turn : List.copyOf(turns)) {
      if (turn.turn() == heard.turn()) {
        SpokenTurn told = turn.heard(heard);
        List<SpokenTurn> all = turns.stream().map(each -> each == turn ? told : each).toList();
        turns.clear();
        turns.addAll(all);
      }
    }
  }

  Optional<SpokenTurn> turn(int number) {
    return turns.stream().filter(each -> each.turn() == number).findFirst();
  }

  /// Whether the caller has heard all of the turn's answer.
  boolean isHeardOut(int turn) {
    return turn(turn).stream()
        .flatMap(each -> each.sentences().stream())
        .filter(each -> each.purpose() != Purpose.FILLER)
        .allMatch(SpokenTurn.Spoken::isWhole);
  }

  boolean isFiller(int turn, int sentence) {
    return turns.stream().anyMatch(each -> each.turn() == turn && each.isFiller(sentence));
  }

  /// The sentences of the last answer.
  List<String> lastAnswer() {
    return turns.reversed().stream()
        .filter(SpokenTurn::isAnswer)
        .findFirst()
        .map(SpokenTurn::answer)
        .orElseGet(List::of);
  }

  boolean endsInAQuestion(int turn) {
    List<String> said = turn(turn).map(SpokenTurn::answer).orElseGet(List::of);
    return !said.isEmpty() && said.getLast().endsWith("?");
  }

  /// The conversation before `turn`, as it was heard; `wasCutOff` if its last answer was. Of
  /// answers that were not, what is not told of as heard is still to be told. Speakers alternate.
  List<Message> before(int turn, boolean wasCutOff) {
    List<Message> said = new ArrayList<>();
    List<SpokenTurn> earlier = turns.stream().filter(each -> each.turn() < turn).toList();
    for (SpokenTurn each : earlier) {
      boolean isOver = wasCutOff || each != earlier.getLast();
      add(said, Role.USER, each.callerSaid());
      add(said, Role.ASSISTANT, each.asHeard(isOver));
    }
    return said;
  }

  private static void add(List<Message> said, Role role, String text) {
    if (text.isBlank()) {
      return;
    }
    boolean isMore = !said.isEmpty() && said.getLast().role() == role;
    String before = isMore ? said.removeLast().text() + " " : "";
    said.add(new Message(role, before + text));
  }

  List<SpokenTurn> kept() {
    return List.copyOf(turns);
  }
}
