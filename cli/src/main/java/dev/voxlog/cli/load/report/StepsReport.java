package dev.voxlog.cli.load.report;

import dev.voxlog.cli.load.caller.Measured;
import dev.voxlog.cli.load.server.Machine;
import dev.voxlog.cli.load.server.Setup;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What came of the steps of a run, each another number of calls on the same server. One line each,
/// by that number.
record StepsReport(Setup setup, List<Outcome> steps) {
  private static final String BROKER = "broker";

  StepsReport {
    steps = List.copyOf(steps);
  }

  /// A step in short. Times are milliseconds, `serverMs` and `brokerMs` of CPU for a second of a
  /// call, `generator` is in cores.
  record Line(
      int calls,
      double p50,
      double p99,
      long missed,
      long shortGaps,
      long longGaps,
      double serverMs,
      double brokerMs,
      double generator,
      boolean isDoubtful) {
    private static Line of(Outcome outcome) {
      Measured measured = outcome.measured();
      Machine.Use use = outcome.taken().use();
      int calls = outcome.timetable().calls();
      double broker = use.processes().getOrDefault(BROKER, 0.0);
      return new Line(
          calls,
          measured.answers().overhead().percentile(50),
          measured.answers().overhead().percentile(99),
          outcome.missed(),
          measured.answers().gaps().above(LoadReport.GAPS[0]),
          measured.answers().gaps().above(LoadReport.GAPS[1]),
          outcome.taken().perCallSecond(use.server()),
          outcome.taken().perCallSecond(broker),
          use.generator(),
          !outcome.doubts().isEmpty());
    }
  }

  /// By the number of calls, ascending.
  List<Line> lines() {
    return steps.stream().map(Line::of).sorted(Comparator.comparingInt(Line::calls)).toList();
  }

  /// Of a single step, whose own report says the rest, no more than what was measured.
  void print(PrintWriter out) {
    out.printf("%n%s%n", setup.line());
    if (steps.size() < 2) {
      out.flush();
      return;
    }
    out.printf(
        Locale.ROOT,
        "%n%8s %8s %8s %8s %8s %8s %18s %10s %10s%n",
        "calls",
        "p50 ms",
        "p99 ms",
        "missed",
        "gaps>%.0f".formatted(LoadReport.GAPS[0]),
        "gaps>%.0f".formatted(LoadReport.GAPS[1]),
        "ms per call-second",
        "of broker",
        "generator");
    for (Line line : lines()) {
      out.printf(
          Locale.ROOT,
          "%8d %8.1f %8.1f %8d %8d %8d %18.2f %10.2f %10.2f%s%n",
          line.calls(),
          line.p50(),
          line.p99(),
          line.missed(),
          line.shortGaps(),
          line.longGaps(),
          line.serverMs(),
          line.brokerMs(),
          line.generator(),
          line.isDoubtful() ? "  (see !! above)" : "");
    }
    out.flush();
  }

  /// For programs: the steps in the order they were measured in.
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("setup", setup.json());
    json.put("steps", steps.stream().map(each -> new LoadJson(each).json()).toList());
    return json;
  }
}
