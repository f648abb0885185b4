package dev.voxlog.cli.chaos;

import dev.voxlog.cli.chaos.Violation.Kind;
import dev.voxlog.schemas.CallEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What the tool has to say of one call: every order asked for under one key, and never again once
/// its outcome was in the log.
final class ToolJudge {
  private ToolJudge() {}

  static List<Violation> violations(CallWitness call, List<ToolAsked> asked) {
    List<Violation> violations = new ArrayList<>();
    List<ToolAsked> own =
        asked.stream().filter(each -> callOf(each).equals(call.id().value())).toList();
    int number = 0;
    for (CallWitness.Said said : call.said()) {
      number++;
      String order = said.line().order();
      if (order != null) {
        Set<String> keys =
            own.stream()
                .filter(each -> each.id().equals(order))
                .map(ToolAsked::key)
                .collect(Collectors.toSet());
        if (keys.size() != 1) {
          violations.add(
              new Violation(
                  keys.isEmpty() ? Kind.TOOL_MISSED : Kind.TOOL_TWICE,
                  call.id().value(),
                  number,
                  "order %s was asked for under %d keys".formatted(order, keys.size())));
        }
      }
    }
    strangers(call, own, violations);
    call.log().tools().forEach(done -> judge(call, done, own, violations));
    return violations;
  }

  private static void strangers(CallWitness call, List<ToolAsked> own, List<Violation> violations) {
    List<String> said =
        call.said().stream().map(each -> String.valueOf(each.line().order())).toList();
    own.stream()
        .map(ToolAsked::id)
        .filter(id -> !said.contains(id))
        .distinct()
        .forEach(id ->
            violations.add(
                new Violation(
                    Kind.TOOL_TWICE, call.id().value(), 0, "nobody asked for order " + id)));
  }

  private static void judge(
      CallWitness call, CallEvent.ToolDone done, List<ToolAsked> own, List<Violation> violations) {
    String key = done.callId() + "/" + done.turn() + "/" + done.n();
    if (done.outcome() != CallEvent.Outcome.OK) {
      violations.add(
          new Violation(Kind.TOOL_FAILED, call.id().value(), 0, key + " is " + done.outcome()));
    }
    own.stream()
        .filter(each -> each.key().equals(key) && each.at().isAfter(done.at()))
        .forEach(each ->
            violations.add(
                new Violation(
                    Kind.TOOL_TWICE,
                    call.id().value(),
                    0,
                    "%s came again at %s, its outcome is of %s"
                        .formatted(key, each.at(), done.at()))));
  }

  /// The call in an idempotency key `call/turn/n`.
  static String callOf(ToolAsked asked) {
    int turn = asked.key().lastIndexOf('/', Math.max(0, asked.key().lastIndexOf('/') - 1));
    return turn < 0 ? asked.key() : asked.key().substring(0, turn);
  }
}
