package dev.voxlog.cli.load.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.voxlog.cli.load.caller.Spread;
import dev.voxlog.cli.load.caller.Talk;
import dev.voxlog.cli.load.caller.Tally;
import dev.voxlog.cli.load.caller.Timetable;
import dev.voxlog.cli.load.server.HopTimes;
import dev.voxlog.cli.load.server.KafkaProbe;
import dev.voxlog.cli.load.server.Machine;
import dev.voxlog.cli.load.server.ServerWatch;
import dev.voxlog.cli.load.server.Setup;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class StepsReportTest {
  private static final Talk TALK = new Talk(Duration.ofMillis(1_200), Duration.ofSeconds(8), null);

  static final Setup SETUP =
      new Setup(
          "a process for each stage", "load's own", Map.of("engines.kind", "stub"), "voxlog 1");

  private static final HopTimes.Spreads HOPS =
      new HopTimes.Spreads(Map.of(), new Spread(new Histogram(3)));

  /// Turns of so many milliseconds each, on a server that takes so many cores, a quarter of them
  /// the broker.
  static Outcome outcome(int calls, double cores, long... turns) {
    Tally tally = new Tally();
    for (int i = 0; i < calls; i++) {
      for (long each : turns) {
        tally.answered(0, each * 1_000_000, 4_200_000_000L);
      }
    }
    Timetable timetable =
        new Timetable(
            new Timetable.Step(calls, Duration.ofSeconds(1), Duration.ZERO, false),
            turns.length,
            TALK,
            1);
    return new Outcome(timetable, 0, tally.snapshot(), taken(cores, calls), null, HOPS);
  }

  private static ServerWatch.Taken taken(double cores, int calls) {
    Machine.Use use =
        new Machine.Use(
            Duration.ofSeconds(10),
            Map.of("stages", cores * 3 / 4, "broker", cores / 4),
            0.1,
            Optional.empty());
    return new ServerWatch.Taken(
        use,
        Map.of(),
        Map.of(),
        new KafkaProbe.Requests(0, 0),
        Duration.ofSeconds(10),
        Map.of(),
        calls);
  }

  private static final List<Outcome> STEPS =
      List.of(outcome(100, 0.8, 15, 15, 40), outcome(1, 0.02, 9), outcome(300, 1.5, 40, 40, 150));

  @Test
  void eachStepIsALineByTheNumberOfItsCalls() {
    List<StepsReport.Line> lines = new StepsReport(SETUP, STEPS).lines();
    assertThat(lines).extracting(StepsReport.Line::calls).containsExactly(1, 100, 300);
    assertThat(lines).extracting(StepsReport.Line::serverMs).containsExactly(20.0, 8.0, 5.0);
    assertThat(lines).extracting(StepsReport.Line::brokerMs).containsExactly(5.0, 2.0, 1.25);
    StringWriter table = new StringWriter();
    new StepsReport(SETUP, STEPS).print(new PrintWriter(table));
    assertThat(table.toString().lines().filter(line -> !line.isBlank())).hasSize(5);
  }

  @Test
  void aCallThatDidNotStandCountsAsMissedWithAllItWouldHaveSaidAndLeavesFewerToDivideBy() {
    Tally tally = new Tally();
    tally.answered(0, 15_000_000, 4_200_000_000L);
    tally.answered(0, 15_000_000, 4_200_000_000L);
    tally.failed(1, new IOException("refused"));
    Outcome whole = outcome(2, 0.8, 15, 15);
    Outcome half = new Outcome(whole.timetable(), 0, tally.snapshot(), taken(0.8, 1), null, HOPS);
    assertThat(half.missed()).isEqualTo(2);
    assertThat(half.isComplete()).isFalse();
    assertThat(new StepsReport(SETUP, List.of(half)).lines().getFirst().serverMs()).isEqualTo(800);
    assertThat(half.doubts().getFirst()).startsWith("1 calls did not stand");
  }

  @Test
  void aToneThatGotOnlyWhatBeganBeforeItsEndWasNotAnswered() {
    Tally tally = new Tally();
    tally.answered(0, 15_000_000, 4_200_000_000L);
    tally.early();
    Outcome outcome = outcome(1, 0.8, 15, 15);
    Outcome half = new Outcome(outcome.timetable(), 0, tally.snapshot(), taken(0.8, 1), null, HOPS);
    assertThat(half.missed()).isEqualTo(1);
  }

  @Test
  void whatStandsInTheWayOfTheFiguresIsToldWithThem() {
    Tally tally = new Tally();
    tally.answered(0, 15_000_000, 4_200_000_000L);
    assertThat(outcome(tally).doubts()).isEmpty();
    for (int i = 0; i < 1_000; i++) {
      tally.sent(i < 2 ? 11_000_000 : 1_000_000, true);
    }
    tally.missedWarmingUp();
    Outcome late = outcome(tally);
    assertThat(late.doubts())
        .hasSize(2)
        .anyMatch(each -> each.startsWith("The generator was late: 0.20 %"))
        .anyMatch(each -> each.startsWith("1 lines were not answered in time before"));
    StringWriter table = new StringWriter();
    new LoadReport(late).print(new PrintWriter(table));
    assertThat(table.toString()).contains("!! The generator was late");
  }

  private static Outcome outcome(Tally tally) {
    return new Outcome(
        outcome(1, 0.8, 15).timetable(), 0, tally.snapshot(), taken(0.8, 1), null, HOPS);
  }

  @Test
  void ofOneStepItsOwnReportSaysAll() {
    StringWriter table = new StringWriter();
    new StepsReport(SETUP, STEPS.subList(0, 1)).print(new PrintWriter(table));
    assertThat(table.toString().strip()).isEqualTo(SETUP.line());
  }

  @Test
  void programsGetTheStepsInTheOrderTheyWereMeasuredIn() {
    JsonNode json = new ObjectMapper().valueToTree(new StepsReport(SETUP, STEPS).json());
    assertThat(json.at("/steps").findValuesAsText("calls")).containsExactly("100", "1", "300");
    assertThat(json.at("/steps/2/cpu/serverMsPerCallSecond").asDouble()).isEqualTo(5.0);
  }

  @Test
  void thePageHasTheCurvesAndEachStep() {
    assertThat(new HtmlReport(new StepsReport(SETUP, STEPS)).page())
        .contains("What a call costs, from 1 to 300 calls")
        .contains("<h1>100 calls", "<h1>1 call,", "<h1>300 calls");
  }
}
