package dev.voxlog.cli.chaos;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// An outcome for people and for programs.
record ChaosReport(ChaosRun.Plan plan, ChaosRun.Outcome outcome) {
  private static final int MOST_SHOWN = 200;

  void print(PrintWriter out) {
    Verdict verdict = outcome.verdict();
    out.printf(
        Locale.ROOT,
        "%nAdded silence in ms (usual: %d to an answer, %d within one)%n",
        outcome.usual().answer(),
        outcome.usual().within());
    out.printf(
        "%-14s %6s %6s %8s %14s %8s%n", "", "faults", "waits", "median", "unluckiest", "worst");
    outcome
        .silences()
        .forEach((name, row) ->
            out.printf(
                Locale.ROOT,
                "%-14s %6d %6d %8d %14d %8d%n",
                name,
                row.faults(),
                row.waits(),
                row.median(),
                row.unluckiest(),
                row.worst()));
    out.println(
        "waits: for an answer, during a fault; unluckiest: median over faults of the longest wait it made");
    out.printf("%nThe longest waits:%n");
    outcome
        .longest()
        .forEach(each ->
            out.printf(
                Locale.ROOT,
                "%6d ms added, %s %s from %s: %s%n",
                each.added(),
                each.span().call(),
                each.span().isForAnswer() ? "waited for an answer" : "waited within an answer",
                each.span().from(),
                each.met().isEmpty() ? Silences.NO_FAULT : String.join(", ", each.met())));
    out.printf(
        Locale.ROOT,
        "%n%d calls, %d utterances, %d sentences heard (%d cut short and marked so), %d tool calls (%d asked again under their key)%n",
        verdict.calls(),
        verdict.utterances(),
        verdict.sentences(),
        verdict.marked(),
        verdict.tools(),
        verdict.repeated());
    if (verdict.holds() > 0) {
      out.printf("callers were asked to hold the line %d times%n", verdict.holds());
    }
    outcome.ended().forEach(each -> out.println(each + " has ended by itself"));
    show(out, "without faults: ", outcome.control().violations());
    show(out, "", verdict.violations());
    out.println(
        outcome.isClean()
            ? "CLEAN: nobody heard " + outcome.faults().size() + " faults as more than a pause"
            : "NOT CLEAN: %d violations"
                .formatted(verdict.violations().size() + outcome.control().violations().size()));
    out.flush();
  }

  private static void show(PrintWriter out, String before, List<Violation> violations) {
    violations.stream().limit(MOST_SHOWN).forEach(each -> out.println(before + each));
  }

  /// For programs: maps, lists, texts and numbers only.
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    FaultSchedule schedule = plan.schedule();
    json.put("seed", schedule.seed());
    json.put("calls", plan.calls());
    json.put("instances", schedule.victims());
    json.put("brokers", plan.brokers());
    json.put("clean", outcome.isClean());
    json.put("verdict", verdict(outcome.verdict()));
    json.put("control", verdict(outcome.control()));
    json.put("endedByThemselves", outcome.ended());
    json.put("usualMs", outcome.usual());
    json.put("addedSilenceMs", outcome.silences());
    json.put("longestWaits", outcome.longest().stream().map(ChaosReport::longWait).toList());
    json.put("faults", outcome.faults().stream().map(ChaosReport::fault).toList());
    return json;
  }

  private static Map<String, Object> verdict(Verdict verdict) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("calls", verdict.calls());
    json.put("utterances", verdict.utterances());
    json.put("sentences", verdict.sentences());
    json.put("sentencesMarkedInterrupted", verdict.marked());
    json.put("toolCalls", verdict.tools());
    json.put("toolCallsAskedAgain", verdict.repeated());
    json.put("askedToHold", verdict.holds());
    json.put("violations", new ArrayList<>(verdict.violations()));
    return json;
  }

  private static Map<String, Object> longWait(Silences.LongWait each) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("addedMs", each.added());
    json.put("call", each.span().call());
    json.put("isForAnswer", each.span().isForAnswer());
    json.put("from", each.span().from().toString());
    json.put("to", each.span().to().toString());
    json.put("met", each.met());
    return json;
  }

  private static Map<String, Object> fault(Fault.Done done) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("number", done.fault().number());
    json.put("victim", done.fault().victim());
    json.put("instance", done.fault().instance());
    json.put("kind", done.fault().kind());
    json.put("struck", done.struck().toString());
    json.put("back", done.back().toString());
    return json;
  }
}
