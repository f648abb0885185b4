package dev.voxlog.cli.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Whether anything was lost, said twice or done twice, with how much there was to lose: calls,
/// utterances, sentences heard and tool calls. `repeated` tool calls came again under their key
/// before their outcome was known, as a takeover may; `marked` sentences were cut short with a
/// record that says so; `holds` is how often callers were asked to hold the line.
record Verdict(
    int calls,
    int utterances,
    int sentences,
    int tools,
    int repeated,
    int marked,
    int holds,
    List<Violation> violations) {
  Verdict {
    violations = List.copyOf(violations);
  }

  /// Judges by what the callers heard and the tool was asked, the log being the second witness.
  static Verdict of(List<CallWitness> calls, List<ToolAsked> asked) {
    return of(calls, asked, Set.of());
  }

  /// As [#of(List, List)], but callers may be told `besides` while the log is away.
  static Verdict of(List<CallWitness> calls, List<ToolAsked> asked, Set<String> besides) {
    List<Violation> violations = new ArrayList<>();
    int marked = 0;
    int holds = 0;
    for (CallWitness call : calls) {
      HearingJudge hearing = new HearingJudge(call, besides);
      violations.addAll(hearing.violations());
      marked += hearing.marked();
      holds += hearing.told();
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
        calls.stream().mapToInt(call -> call.ear().sounds().size()).sum() - holds,
        keys,
        asked.size() - keys,
        marked,
        holds,
        violations);
  }

  boolean isClean() {
    return violations.isEmpty();
  }
}
