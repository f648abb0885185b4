package dev.voxlog.cli.call;

import dev.voxlog.analytics.Medians;
import dev.voxlog.analytics.Turn;
import dev.voxlog.analytics.Waterfall;
import dev.voxlog.cli.call.LineResult.BargeIn;
import dev.voxlog.cli.call.LineResult.Wait;
import dev.voxlog.schemas.CallEvent.Outcome;
import dev.voxlog.schemas.TurnEvent.Purpose;
import dev.voxlog.schemas.Understanding.Understood;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes what happened for people to read.
final class CallReport {
  private final PrintWriter out;

  CallReport(PrintWriter out) {
    this.out = out;
  }

  void greeting(List<Turn> turns) {
    turns.stream().filter(turn -> turn.cause() == Turn.Cause.CONNECTED).forEach(this::agent);
    out.flush();
  }

  void line(LineResult result) {
    out.printf("%n%s%n", result.name());
    if (!result.words().isEmpty()) {
      out.printf(
          "  caller  %s%s%n", String.join(" | ", result.words()), intents(result.understood()));
    }
    result.turns().forEach(this::turn);
    if (result.turns().stream().anyMatch(turn -> !turn.waterfall().parts().isEmpty())) {
      out.println(WaterfallTable.header());
    }
    for (Wait wait : result.waits()) {
      Waterfall waterfall =
          result.turns().stream()
              .filter(turn -> turn.number() == wait.turn())
              .findFirst()
              .map(Turn::waterfall)
              .orElse(null);
      if (waterfall != null) {
        out.println(WaterfallTable.row(waterfall, wait.audible()));
      } else if (wait.audible().isPresent()) {
        out.printf(
            "  wire    %s ms from the end of speech to the agent's first audio%n",
            ms(wait.audible()));
      }
    }
    if (result.bargeIn() != null) {
      bargeIn(result.bargeIn());
    }
    if (result.line().trouble() != null) {
      out.printf("  !       %s%n", result.line().trouble());
    }
    if (result.judgement() != null) {
      out.printf("  %s%n", verdict(result.judgement()));
    }
    out.flush();
  }

  private static String verdict(Judge.Judgement judgement) {
    String answered = judgement.isAnswered() ? "" : " (the answer lacks the words expected)";
    return (judgement.isRight() ? "right" : "WRONG   " + String.join("; ", judgement.wrongs()))
        + answered;
  }

  private static String intents(List<Understood> understood) {
    return understood.isEmpty()
        ? ""
        : understood.stream()
            .map(each ->
                String.format(
                    Locale.ROOT,
                    "%s %.2f%s",
                    each.intent(),
                    each.confidence(),
                    feeling(each.sentiment())))
            .collect(Collectors.joining(", ", "   [", "]"));
  }

  /// Most callers are neutral, which goes without saying.
  private static String feeling(@Nullable String sentiment) {
    return sentiment == null || sentiment.equals("neutral") ? "" : " " + sentiment;
  }

  private void turn(Turn turn) {
    for (Turn.ToolCall call : turn.tools()) {
      Outcome outcome = call.outcome();
      out.printf(
          "  tool    %s %s -> %s%n",
          call.tool(),
          call.arguments(),
          outcome == null ? "no answer" : outcome.name().toLowerCase(Locale.ROOT));
    }
    agent(turn);
  }

  private void agent(Turn turn) {
    String said =
        turn.sentences().stream()
            .map(each -> each.purpose() == Purpose.FILLER ? "(" + each.text() + ")" : each.text())
            .collect(Collectors.joining(" "));
    String fate =
        turn.fate() == Turn.Fate.SPOKEN
            ? ""
            : "   [" + turn.fate().name().toLowerCase(Locale.ROOT) + "]";
    if (!said.isEmpty()) {
      out.printf("  agent   %s%s%n", said, fate);
    }
  }

  private void bargeIn(BargeIn bargeIn) {
    String cleared =
        bargeIn.clearMs().isPresent() ? "clear after " + ms(bargeIn.clearMs()) + " ms" : "no clear";
    String went =
        bargeIn.wentOn() == null
            ? ""
            : bargeIn.wentOn() ? ", the sentence went on" : ", the agent stopped";
    String right = bargeIn.isRight() == null ? "" : bargeIn.isRight() ? "   right" : "   WRONG";
    out.printf("  barge-in %s: %s%s%s%n", bargeIn.sound(), cleared, went, right);
  }

  /// Medians over all lines, and who was right.
  void summary(List<LineResult> results) {
    List<Double> waits = waits(results);
    List<Waterfall> waterfalls = answered(results);
    out.println();
    if (!waterfalls.isEmpty()) {
      out.println(WaterfallTable.header());
      out.println(WaterfallTable.medians(waterfalls, waits) + "   medians");
    }
    if (!waits.isEmpty()) {
      out.printf(
          "End of speech to the answer's first audio, on the caller's wire: median %s ms over %d turns%n",
          ms(Medians.of(waits)), waits.size());
    }
    List<Double> clears = clears(results);
    if (!clears.isEmpty()) {
      out.printf(
          "First voiced frame to clear: median %s ms over %d interruptions%n",
          ms(Medians.of(clears)), clears.size());
    }
    bargeIns(results);
    judged(results);
    out.flush();
  }

  private void bargeIns(List<LineResult> results) {
    List<Boolean> judged =
        results.stream()
            .map(LineResult::bargeIn)
            .filter(Objects::nonNull)
            .map(BargeIn::isRight)
            .filter(Objects::nonNull)
            .toList();
    if (!judged.isEmpty()) {
      out.printf(
          "Interruptions right: %d of %d%n",
          judged.stream().filter(each -> each).count(), judged.size());
    }
  }

  private void judged(List<LineResult> results) {
    List<LineResult> judged = results.stream().filter(each -> each.judgement() != null).toList();
    if (judged.isEmpty()) {
      return;
    }
    for (LineResult each : judged) {
      Judge.Judgement judgement = Objects.requireNonNull(each.judgement());
      out.printf(
          "%-7s %-26s %s%n",
          judgement.isRight() ? "right" : "WRONG", each.name(), String.join(" | ", each.words()));
      if (!judgement.isRight()) {
        out.printf("%-34s %s%n", "", String.join("; ", judgement.wrongs()));
      }
    }
    out.printf(
        "Right: %d of %d; right and answered with the words expected: %d%n",
        judged.stream().filter(each -> Objects.requireNonNull(each.judgement()).isRight()).count(),
        judged.size(),
        judged.stream()
            .map(each -> Objects.requireNonNull(each.judgement()))
            .filter(each -> each.isRight() && each.isAnswered())
            .count());
  }

  static List<Double> waits(List<LineResult> results) {
    return results.stream()
        .flatMap(result -> result.waits().stream())
        .filter(wait -> wait.audible().isPresent())
        .map(wait -> wait.audible().getAsDouble())
        .toList();
  }

  static List<Double> clears(List<LineResult> results) {
    return results.stream()
        .map(LineResult::bargeIn)
        .filter(each ->
            each != null && each.clearMs().isPresent() && !Boolean.FALSE.equals(each.shouldEnd()))
        .map(each -> each.clearMs().getAsDouble())
        .toList();
  }

  /// The waterfalls of the turns that were waited for.
  static List<Waterfall> answered(List<LineResult> results) {
    return results.stream()
        .flatMap(result ->
            result.turns().stream()
                .filter(
                    turn -> result.waits().stream().anyMatch(wait -> wait.turn() == turn.number()))
                .map(Turn::waterfall))
        .toList();
  }

  static String ms(OptionalDouble millis) {
    return millis.isPresent() ? String.format(Locale.ROOT, "%.0f", millis.getAsDouble()) : "-";
  }
}
