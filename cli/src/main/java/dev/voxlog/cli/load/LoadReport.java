package dev.voxlog.cli.load;

import dev.voxlog.analytics.Part;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// An outcome for people on a terminal.
record LoadReport(LoadRun.Outcome outcome) {
  /// Pauses that a caller notices, and those that nobody overhears, in milliseconds.
  static final double[] GAPS = {60, 100};

  /// Cores that nobody misses.
  private static final double QUIET = 0.1;

  private static final double MIB = 1 << 20;
  private static final double KIB = 1 << 10;
  private static final int MOST_FAILURES = 5;

  void print(PrintWriter out) {
    Measured measured = outcome.measured();
    out.printf(
        Locale.ROOT,
        "%n%d calls, %d turns each%n%n%-28s %8s %8s %8s %8s %8s %8s %8s%n",
        outcome.timetable().calls(),
        outcome.timetable().turns(),
        "on the wire, ms",
        "count",
        "p50",
        "p90",
        "p95",
        "p99",
        "p99.9",
        "max");
    row(out, outcome.timetable().talk().figure(), measured.overhead());
    if (outcome.timetable().talk().bargeInAfter() != null) {
      row(out, "barge-in: clear", measured.clear());
      row(out, "barge-in: yield", measured.yield());
    }
    row(out, "gaps within answers", measured.gaps());
    row(out, "length of answers", measured.lengths());
    row(out, "generator's lateness", measured.lateness());
    out.printf(
        Locale.ROOT,
        "%d missed turns, %d answers cut short, %d gaps > %.0f ms, %d > %.0f ms, %d calls failed%n",
        outcome.missed(),
        outcome.cutShort(),
        measured.gaps().above(GAPS[0]),
        GAPS[0],
        measured.gaps().above(GAPS[1]),
        GAPS[1],
        measured.failures().size());
    Speech speech = outcome.timetable().talk().speech();
    if (speech != null) {
      out.printf(
          Locale.ROOT,
          "%d recordings; each caller talks %.0f %% of the time%n",
          speech.recordings().size(),
          100 * speech.shareOf(outcome.timetable().talk().every()));
    }
    measured.failures().stream().limit(MOST_FAILURES).forEach(each -> out.println("  " + each));
    cpu(out, outcome.taken().use());
    inside(out);
    log(out);
    hops(out);
    List<String> doubts = doubts(outcome);
    if (!doubts.isEmpty()) {
      out.println();
      doubts.forEach(each -> out.println("!! " + each));
    }
    out.flush();
  }

  private static void row(PrintWriter out, String name, Spread spread) {
    out.printf(
        Locale.ROOT,
        "%-28s %8d %8.1f %8.1f %8.1f %8.1f %8.1f %8.1f%n",
        name,
        spread.count(),
        spread.percentile(50),
        spread.percentile(90),
        spread.percentile(95),
        spread.percentile(99),
        spread.percentile(99.9),
        spread.max());
  }

  private void cpu(PrintWriter out, Machine.Use use) {
    if (!use.processes().isEmpty()) {
      out.printf(Locale.ROOT, "%n%-22s %8s %22s%n", "CPU", "cores", "ms per call-second");
      use.processes().forEach((name, cores) -> cpu(out, name, cores));
      cpu(out, "= server", use.server());
    } else {
      out.println();
    }
    cpu(out, "generator", use.generator());
    use.others()
        .ifPresent(
            cores -> out.printf(Locale.ROOT, "%-22s %8.2f%n", "others on this machine", cores));
  }

  private void cpu(PrintWriter out, String name, double cores) {
    out.printf(
        Locale.ROOT, "%-22s %8.3f %22.2f%n", name, cores, outcome.taken().perCallSecond(cores));
  }

  private void inside(PrintWriter out) {
    ServerWatch.Taken taken = outcome.taken();
    if (taken.jvms().isEmpty()) {
      return;
    }
    double seconds = taken.use().elapsed().toNanos() / 1e9;
    out.printf(
        Locale.ROOT,
        "%n%-22s %8s %12s %12s %11s %8s %8s%n",
        "JVM",
        "MiB/s",
        "collections",
        "stopped ms",
        "longest ms",
        "heap MiB",
        "lag");
    taken
        .jvms()
        .forEach((name, look) ->
            out.printf(
                Locale.ROOT,
                "%-22s %8.1f %12d %12d %11d %8.0f %8s%n",
                name,
                look.allocated() / MIB / seconds,
                look.collections(),
                look.stopped().toMillis(),
                look.longestStop().toMillis(),
                look.heapUsed() / MIB,
                taken.lag().containsKey(name) ? taken.lag().get(name).toString() : ""));
    IdleHeap idle = outcome.idleHeap();
    if (idle != null) {
      String each =
          idle.bytes().entrySet().stream()
              .map(one -> String.format(Locale.ROOT, "%s %.0f", one.getKey(), one.getValue() / KIB))
              .collect(Collectors.joining(", "));
      out.printf(Locale.ROOT, "heap per idle call: %.0f KiB (%s)%n", idle.total() / KIB, each);
    }
  }

  private void log(PrintWriter out) {
    ServerWatch.Taken taken = outcome.taken();
    if (taken.log().isEmpty()) {
      return;
    }
    double seconds = taken.logElapsed().toNanos() / 1e9;
    out.printf(
        Locale.ROOT,
        "%n%-22s %10s %10s %10s %10s%n",
        "per second",
        "records",
        "kB",
        "produces",
        "fetches");
    taken
        .log()
        .forEach((topic, counts) ->
            out.printf(
                Locale.ROOT,
                "%-22s %10.0f %10.1f %10.0f %10.0f%n",
                topic.id(),
                counts.records() / seconds,
                counts.bytes() / 1_000 / seconds,
                counts.produce() / seconds,
                counts.fetch() / seconds));
    out.printf(
        Locale.ROOT,
        "%-22s %10s %10s %10.0f %10.0f%n",
        "= requests",
        "",
        "",
        taken.requests().produce() / seconds,
        taken.requests().fetch() / seconds);
  }

  private void hops(PrintWriter out) {
    HopTimes.Spreads hops = outcome.hops();
    if (hops == null) {
      return;
    }
    out.printf(Locale.ROOT, "%n%-22s %8s %8s %8s%n", "by the records, ms", "turns", "p50", "p99");
    names(hops)
        .forEach((name, spread) ->
            out.printf(
                Locale.ROOT,
                "%-22s %8d %8.1f %8.1f%n",
                name,
                spread.count(),
                spread.percentile(50),
                spread.percentile(99)));
  }

  /// The parts by what they are called in reports, in order.
  static Map<String, Spread> names(HopTimes.Spreads hops) {
    Map<String, Spread> named = new LinkedHashMap<>();
    hops.parts().forEach((part, spread) -> named.put(name(part), spread));
    named.put("= all hops", hops.hops());
    return named;
  }

  private static String name(Part part) {
    return switch (part) {
      case ENDPOINTING -> "endpointing";
      case STT -> "audio.in → stt";
      case NLU -> "transcripts → nlu";
      case DIALOGUE -> "intents → llm";
      case TOOL -> "tools";
      case TTS -> "sentences → tts";
      case KAFKA -> "Kafka";
      case PLAYBACK -> "audio.out → egress";
    };
  }

  /// What stands in the way of taking the figures at their word, the worst first.
  static List<String> doubts(LoadRun.Outcome outcome) {
    List<String> doubts = new ArrayList<>();
    Measured measured = outcome.measured();
    if (!measured.failures().isEmpty()) {
      doubts.add(
          "%d calls did not stand; what they would have said counts as missed, and the rest is of fewer calls"
              .formatted(measured.failures().size()));
    }
    if (measured.isGeneratorLate()) {
      doubts.add(
          String.format(
              Locale.ROOT,
              "The generator was late: %.2f %% of its frames went out more than %.0f ms after they were due, so part of"
                  + " every figure is its own. The machine has too few cores for callers and server.",
              measured.lateShare() * 100,
              Measured.LATE_MS));
    }
    outcome
        .taken()
        .use()
        .others()
        .filter(cores -> cores > QUIET && !outcome.taken().use().processes().isEmpty())
        .ifPresent(cores ->
            doubts.add(
                String.format(
                    Locale.ROOT,
                    "The machine was shared: other programs, or machines beside this virtual one, took %.2f cores while it was measured.",
                    cores)));
    if (measured.early() > 0) {
      doubts.add(
          "%d lines were answered by nothing but what began before they were over; these are not among the waits"
              .formatted(measured.early()));
    }
    if (measured.talkedOver() > 0) {
      doubts.add(
          "%d lines began while the answer before was still heard: give more --every"
              .formatted(measured.talkedOver()));
    }
    if (measured.bargedIntoSilence() > 0) {
      doubts.add(
          "%d barge-ins met no voice and are not counted: give another time to --barge-in"
              .formatted(measured.bargedIntoSilence()));
    }
    if (measured.notCleared() > 0) {
      doubts.add(
          "%d answers that were broken into went on to their end; what they took is among the times to yield"
              .formatted(measured.notCleared()));
    }
    doubts.addAll(outcome.doubts());
    return doubts;
  }
}
