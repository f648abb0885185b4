package dev.voxlog.cli.load.report;

import dev.voxlog.cli.load.caller.Measured;
import dev.voxlog.cli.load.caller.Spread;
import dev.voxlog.cli.load.caller.Tally;
import dev.voxlog.cli.load.report.Plot.Axis;
import dev.voxlog.cli.load.report.Plot.Point;
import dev.voxlog.cli.load.server.HopTimes;
import dev.voxlog.cli.load.server.Machine;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// What came of a run as a page that stands alone: what the terminal says, and plots.
record HtmlReport(StepsReport report) {
  private static final String BLUE = "#2f6fdf";
  private static final String ORANGE = "#d9730d";
  private static final double[] PERCENTILES = {0, 50, 90, 99, 99.9, 99.99};
  private static final int STEPS = 200;
  private static final int MOST_DOTS = 4_000;

  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
      <title>%1$s</title>
      <style>
        :root { color-scheme: light dark; --text: #1c2330; --faint: #8a93a3; --grid: #e3e6eb; --ground: #fff; --bar: #2f6fdf; }
        @media (prefers-color-scheme: dark) {
          :root { --text: #e6e9ef; --faint: #8a93a3; --grid: #2b313c; --ground: #14181f; }
        }
        body { font: 15px/1.5 system-ui, sans-serif; color: var(--text); background: var(--ground); max-width: 760px; margin: 2em auto; padding: 0 1em; }
        h1 { font-size: 1.5em; } h2 { font-size: 1.1em; margin-top: 2em; }
        svg { width: 100%%; height: auto; } svg text { font-size: 11px; fill: var(--faint); }
        .grid { stroke: var(--grid); } .line { fill: none; stroke-width: 2; }
        pre { white-space: pre-wrap; font-size: 12.5px; line-height: 1.4; }
        .doubt { border-left: 4px solid #d9730d; padding: .3em .8em; }
        .bar { display: grid; grid-template-columns: 11em 1fr 6em; gap: .6em; align-items: center; }
        .bar i { background: var(--bar); height: .9em; display: block; } .bar b { font-weight: normal; text-align: right; font-variant-numeric: tabular-nums; }
      </style>
      <h1>%1$s</h1>
      """;

  String page() {
    List<Outcome> steps = report.steps();
    List<StepsReport.Line> lines = report.lines();
    StringBuilder page = new StringBuilder();
    if (steps.size() == 1) {
      page.append(HEAD.formatted(title(steps.getFirst())));
      page.append("<p>").append(escaped(report.setup().line())).append("</p>\n");
      new Section(steps.getFirst()).appendTo(page);
      return page.append("</html>\n").toString();
    }
    page.append(
        HEAD.formatted(
            "What a call costs, from %d to %d calls"
                .formatted(lines.getFirst().calls(), lines.getLast().calls())));
    page.append("<h2>CPU, ms for a second of a call</h2>\n");
    page.append(byCalls(lines, List.of(StepsReport.Line::serverMs, StepsReport.Line::brokerMs)));
    page.append("<p>Orange: the broker's share.</p>\n");
    page.append("<h2>" + heading(steps.getFirst()) + ", ms</h2>\n");
    page.append(byCalls(lines, List.of(StepsReport.Line::p99, StepsReport.Line::p50)));
    page.append("<p>Blue: 99th percentile. Orange: median.</p>\n");
    StringWriter table = new StringWriter();
    report.print(new PrintWriter(table));
    page.append("<pre>").append(escaped(table.toString())).append("</pre>\n");
    for (Outcome step : steps) {
      page.append("<h1>").append(escaped(title(step))).append("</h1>\n");
      new Section(step).appendTo(page);
    }
    return page.append("</html>\n").toString();
  }

  private static String title(Outcome step) {
    Spread overhead = step.measured().answers().overhead();
    int calls = step.timetable().calls();
    return "%d %s, %s p50 %s ms, p99 %s ms"
        .formatted(
            calls,
            calls == 1 ? "call" : "calls",
            step.timetable().talk().figure(),
            number(overhead.percentile(50)),
            number(overhead.percentile(99)));
  }

  private static String heading(Outcome step) {
    String figure = step.timetable().talk().figure();
    return Character.toUpperCase(figure.charAt(0)) + figure.substring(1);
  }

  /// Up to two figures over the number of calls.
  private static String byCalls(
      List<StepsReport.Line> lines, List<ToDoubleFunction<StepsReport.Line>> figures) {
    List<Double> ticks = lines.stream().map(line -> (double) line.calls()).toList();
    Axis x = new Axis("calls", 0, ticks.getLast(), at -> "%.0f".formatted(at));
    double most =
        figures.stream()
            .flatMapToDouble(figure -> lines.stream().mapToDouble(figure))
            .max()
            .orElse(1);
    Plot plot = new Plot(x, ticks, Axis.upTo("ms", most));
    for (int i = 0; i < figures.size(); i++) {
      ToDoubleFunction<StepsReport.Line> figure = figures.get(i);
      plot.line(
          i == 0 ? BLUE : ORANGE,
          lines.stream().map(line -> new Point(line.calls(), figure.applyAsDouble(line))).toList());
    }
    return plot.svg();
  }

  /// One step's part of the page.
  private record Section(Outcome outcome) {
    void appendTo(StringBuilder page) {
      Measured measured = outcome.measured();
      outcome
          .doubts()
          .forEach(
              each -> page.append("<p class=\"doubt\">").append(escaped(each)).append("</p>\n"));
      page.append("<h2>" + heading(outcome) + " by percentile, ms</h2>\n")
          .append(percentiles(measured));
      if (outcome.timetable().talk().bargeInAfter() != null) {
        page.append(
            "<p>Orange: from a caller's breaking in until the agent's voice is cleared.</p>\n");
      }
      page.append("<h2>" + heading(outcome) + " over the measured time, ms</h2>\n")
          .append(overTime(measured));
      page.append("<h2>CPU, ms for a second of a call</h2>\n").append(cpu());
      HopTimes.Spreads hops = outcome.hops();
      if (hops != null) {
        page.append("<h2>Median time in each stage, with the hop before it, ms</h2>\n");
        page.append(hops(hops));
      }
      StringWriter table = new StringWriter();
      new LoadReport(outcome).print(new PrintWriter(table));
      page.append("<h2>All figures</h2>\n<pre>")
          .append(escaped(table.toString()))
          .append("</pre>\n");
    }

    /// Each nine takes as much room as the one before.
    private static double nines(double percentile) {
      return -Math.log10(1 - percentile / 100);
    }

    private String percentiles(Measured measured) {
      Spread overhead = measured.answers().overhead();
      Spread clear = measured.bargeIns().clear();
      List<Double> ticks = new ArrayList<>();
      for (double each : PERCENTILES) {
        ticks.add(nines(each));
      }
      Axis x =
          new Axis("percentile", 0, ticks.getLast(), at -> percent(100 * (1 - Math.pow(10, -at))));
      Plot plot = new Plot(x, ticks, Axis.upTo("ms", Math.max(overhead.max(), clear.max())));
      plot.line(BLUE, curve(overhead, ticks.getLast()));
      if (clear.count() > 0) {
        plot.line(ORANGE, curve(clear, ticks.getLast()));
      }
      return plot.svg();
    }

    private static String percent(double value) {
      return String.format(Locale.ROOT, "%.2f", value).replaceFirst("\\.?0+$", "") + " %";
    }

    private static List<Point> curve(Spread spread, double end) {
      List<Point> points = new ArrayList<>();
      for (int i = 0; i < STEPS; i++) {
        double at = end * i / STEPS;
        points.add(new Point(at, spread.percentile(100 * (1 - Math.pow(10, -at)))));
      }
      return points;
    }

    private String overTime(Measured measured) {
      Duration from = outcome.timetable().measuredFrom();
      Duration to = outcome.timetable().measuredTo().plus(outcome.timetable().talk().every());
      double seconds = to.minus(from).toMillis() / 1_000.0;
      Axis x = new Axis("seconds", 0, seconds, HtmlReport::number);
      List<Double> ticks = new ArrayList<>();
      for (int i = 0; i <= 6; i++) {
        ticks.add((double) Math.round(seconds * i / 6));
      }
      long origin = outcome.origin() + from.toNanos();
      int each = Math.max(1, measured.turns().size() / MOST_DOTS);
      List<Point> points = new ArrayList<>();
      for (int i = 0; i < measured.turns().size(); i += each) {
        Tally.Turn turn = measured.turns().get(i);
        points.add(new Point((turn.atNanos() - origin) / 1e9, turn.tookNanos() / 1e6));
      }
      return new Plot(x, ticks, Axis.upTo("ms", measured.answers().overhead().max()))
          .dots(BLUE, points)
          .svg();
    }

    private String cpu() {
      Machine.Use use = outcome.taken().use();
      StringBuilder bars = new StringBuilder();
      double most =
          Math.max(
              use.generator(),
              use.processes().values().stream().mapToDouble(Double::doubleValue).max().orElse(0));
      use.processes()
          .forEach(
              (name, cores) -> bar(bars, name, cores / most, outcome.taken().perCallSecond(cores)));
      bar(
          bars,
          "generator",
          use.generator() / most,
          outcome.taken().perCallSecond(use.generator()));
      return bars.toString();
    }

    private static String hops(HopTimes.Spreads hops) {
      StringBuilder bars = new StringBuilder();
      Map<String, Spread> named = LoadReport.names(hops);
      double most =
          named.values().stream().mapToDouble(each -> each.percentile(50)).max().orElse(1);
      named.forEach(
          (name, spread) -> bar(bars, name, spread.percentile(50) / most, spread.percentile(50)));
      return bars.toString();
    }

    private static void bar(StringBuilder into, String name, double share, double value) {
      into.append(
          String.format(
              Locale.ROOT,
              "<div class=\"bar\"><span>%s</span><i style=\"width:%.1f%%\"></i><b>%s</b></div>%n",
              escaped(name),
              share * 100,
              number(value)));
    }
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 100 ? "%.2f" : "%.1f", value)
        .replaceFirst("\\.00$", "");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
