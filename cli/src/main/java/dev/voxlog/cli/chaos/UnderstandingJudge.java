package dev.voxlog.cli.chaos;

import dev.voxlog.cli.chaos.Violation.Kind;
import dev.voxlog.schemas.TranscriptEvent;
import dev.voxlog.schemas.TurnEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What the log has to say of one call: every line understood once, and answered in one turn.
final class UnderstandingJudge {
  private UnderstandingJudge() {}

  static List<Violation> violations(CallWitness call) {
    List<Violation> violations = new ArrayList<>();
    List<String> understood =
        call.log().finals().stream().map(TranscriptEvent.Final::text).toList();
    int number = 0;
    for (CallWitness.Said said : call.said()) {
      number++;
      String words = said.line().words();
      long times = understood.stream().filter(words::equals).count();
      if (times != 1) {
        Kind kind = times == 0 ? Kind.UTTERANCE_LOST : Kind.UTTERANCE_TWICE;
        violations.add(
            new Violation(
                kind, call.id().value(), number, "'%s', %d times".formatted(words, times)));
      }
      Set<Integer> turns = turnsWith(said.line().answer(), call.log().sentences());
      if (turns.size() > 1) {
        violations.add(
            new Violation(
                Kind.TURN_ANSWERED_TWICE,
                call.id().value(),
                number,
                "in the turns " + turns.stream().sorted().toList()));
      }
    }
    List<String> lines = call.said().stream().map(said -> said.line().words()).toList();
    understood.stream()
        .filter(text -> !lines.contains(text))
        .forEach(text ->
            violations.add(
                new Violation(
                    Kind.UTTERANCE_MISUNDERSTOOD,
                    call.id().value(),
                    0,
                    "'" + text + "' was never said")));
    return violations;
  }

  private static Set<Integer> turnsWith(List<String> answer, List<TurnEvent.Sentence> sentences) {
    return sentences.stream()
        .filter(sentence -> answer.contains(sentence.text()))
        .map(TurnEvent.Sentence::turn)
        .collect(Collectors.toSet());
  }
}
