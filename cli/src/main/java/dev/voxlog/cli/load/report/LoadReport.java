package dev.voxlog.cli.load.report;

import dev.voxlog.analytics.Part;
import dev.voxlog.cli.load.caller.Measured;
import dev.voxlog.cli.load.caller.Speech;
import dev.voxlog.cli.load.caller.Spread;
import dev.voxlog.cli.load.server.HopTimes;
import dev.voxlog.cli.load.server.IdleHeap;
import dev.voxlog.cli.load.server.Machine;
import dev.voxlog.cli.load.server.ServerWatch;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// An outcome for people on a terminal.
public record LoadReport(Outcome outcome) {
  /// Pauses that a caller notices, and those that nobody overhears, in milliseconds.
  static final double[] GAPS = {60, 100};

  private static final double MIB = 1 << 20;
  private static final double KIB = 1 << 10;
  private static final int MOST_FAILURES = 5;

  public void print(PrintWriter out) {
    wire(out);
    turns(out);
    cpu(out, outcome.taken().use());
    inside(out);
    log(out);
    hops(out);
    List<String> doubts = outcome.doubts();
    if (!doubts.isEmpty()) {
      out.println();
      doubts.forEach(each -> out.println("!! " + each));
    }
    out.flush();
  }

  private void wire(PrintWriter out) {
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
    row(out, outcome.timetable().talk().figure(), measured.answers().overhead());
    if (outcome.timetable().talk().bargeInAfter() != null) {
      row(out, "barge-in: clear", measured.bargeIns().clear());
      row(out, "barge-in: yield", measured.bargeIns().yield());
    }
    row(out, "gaps within answers", measured.answers().gaps());
    row(out, "length of answers", measured.answers().lengths());
    row(out, "generator's lateness", measured.lateness());
  }

  private void turns(PrintWriter out) {
    Measured measured = outcome.measured();
    out.printf(
        Locale.ROOT,
        "%d missed turns, %d answers cut short, %d gaps > %.0f ms, %d > %.0f ms, %d calls failed%n",
        outcome.missed(),
        outcome.cutShort(),
        measured.answers().gaps().above(GAPS[0]),
        GAPS[0],
        measured.answers().gaps().above(GAPS[1]),
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
    out.printf(
        Locale.ROOT,
        "%n%-22s %8s %8s %8s %8s%n",
        "by the records, ms",
        "turns",
        "p50",
        "p99",
        "max");
    names(hops)
        .forEach((name, spread) ->
            out.printf(
                Locale.ROOT,
                "%-22s %8d %8.1f %8s %8.1f%n",
                name,
                spread.count(),
                spread.percentile(50),
                // Of fewer, that is the longest.
                spread.count() < 100
                    ? ""
                    : String.format(Locale.ROOT, "%.1f", spread.percentile(99)),
                spread.max()));
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
}
