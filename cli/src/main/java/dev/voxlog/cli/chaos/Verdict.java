package dev.voxlog.cli.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Whether anything was lost, said twice or done twice, with how much there was to lose: calls,
/// utterances, sentences heard and tool calls. `repeated` tool calls came again under their key
/// before their outcome was known, as a takeover may; `marked` sentences were cut short with a
/// record that says so.
record Verdict(
    int calls,
    int utterances,
    int sentences,
    int tools,
    int repeated,
    int marked,
    List<Violation> violations) {
  Verdict {
    violations = List.copyOf(violations);
  }

  /// Judges by what the callers heard and the tool was asked, the log being the second witness.
  static Verdict of(List<CallWitness> calls, List<ToolAsked> asked) {
    List<Violation> violations = new ArrayList<>();
    int marked = 0;
    for (CallWitness call : calls) {
      HearingJudge hearing = new HearingJudge(call);
      violations.addAll(hearing.violations());
      marked += hearing.marked();
      violations.addAll(UnderstandingJudge.violations(call));
      violations.addAll(ToolJudge.violations(call, asked));
    }
    Set<String> known = calls.stream().map(call -> call.id().value()).collect(Collectors.toSet());
    for (ToolAsked each : asked) {
      if (!known.contains(ToolJudge.callOf(each))) {
        violations.add(
            new Violation(
                Violation.Kind.TOOL_TWICE, ToolJudge.callOf(each), 0, "a call nobody made"));
      }
    }
    int keys = (int) asked.stream().map(ToolAsked::key).distinct().count();
    return new Verdict(
        calls.size(),
        calls.stream().mapToInt(call -> call.said().size()).sum(),
        calls.stream().mapToInt(call -> call.ear().sounds().size()).sum(),
        keys,
        asked.size() - keys,
        marked,
        violations);
  }

  boolean isClean() {
    return violations.isEmpty();
  }
}
