package dev.voxlog.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepsReportTest {
  private static final Talk TALK = new Talk(Duration.ofMillis(1_200), Duration.ofSeconds(8), null);

  @TempDir Path folder;

  /// Turns of so many milliseconds each, on a server that takes so many cores, a quarter of them
  /// the broker.
  private static LoadRun.Outcome outcome(int calls, double cores, long... turns) {
    Tally tally = new Tally();
    for (long each : turns) {
      tally.answered(0, each * 1_000_000);
    }
    Timetable timetable =
        new Timetable(calls, turns.length, Duration.ofSeconds(1), Duration.ZERO, TALK, 1);
    Machine.Use use =
        new Machine.Use(
            Duration.ofSeconds(10),
            Map.of("stages", cores * 3 / 4, "broker", cores / 4),
            0.1,
            Optional.empty());
    ServerWatch.Taken taken =
        new ServerWatch.Taken(
            use,
            Map.of(),
            Map.of(),
            new KafkaProbe.Requests(0, 0),
            Duration.ofSeconds(10),
            Map.of(),
            0);
    return new LoadRun.Outcome(timetable, 0, tally.snapshot(), taken, null, List.of());
  }

  private static final List<LoadRun.Outcome> STEPS =
      List.of(outcome(100, 0.8, 15, 15, 40), outcome(1, 0.02, 9), outcome(300, 1.5, 40, 40, 150));

  @Test
  void eachStepIsALineByTheNumberOfItsCalls() {
    List<StepsReport.Line> lines = new StepsReport(STEPS).lines();
    assertThat(lines).extracting(StepsReport.Line::calls).containsExactly(1, 100, 300);
    assertThat(lines).extracting(StepsReport.Line::serverMs).containsExactly(20.0, 8.0, 5.0);
    assertThat(lines).extracting(StepsReport.Line::brokerMs).containsExactly(5.0, 2.0, 1.25);
    StringWriter table = new StringWriter();
    new StepsReport(STEPS).print(new PrintWriter(table));
    assertThat(table.toString().lines().filter(line -> !line.isBlank())).hasSize(4);
  }

  @Test
  void ofOneStepItsOwnReportSaysAll() {
    StringWriter table = new StringWriter();
    new StepsReport(STEPS.subList(0, 1)).print(new PrintWriter(table));
    assertThat(table.toString()).isEmpty();
  }

  @Test
  void programsGetTheStepsInTheOrderTheyWereMeasuredIn() {
    JsonNode json = new ObjectMapper().valueToTree(new StepsReport(STEPS).json());
    assertThat(json.at("/steps").findValuesAsText("calls")).containsExactly("100", "1", "300");
    assertThat(json.at("/steps/2/cpu/serverMsPerCallSecond").asDouble()).isEqualTo(5.0);
  }

  @Test
  void thePageHasTheCurvesAndEachStep() throws Exception {
    Path page = folder.resolve("reports/load.html");
    new HtmlReport(STEPS).write(page);
    assertThat(Files.readString(page))
        .contains("What a call costs, from 1 to 300 calls")
        .contains("<h1>100 calls", "<h1>1 call,", "<h1>300 calls");
  }
}
