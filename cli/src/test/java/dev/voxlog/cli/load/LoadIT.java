package dev.voxlog.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// A few callers, as `voxlog load` has them call: a process for each stage, stub engines. How long
/// anything takes is the tool's to say and no test's.
class LoadIT {
  private static final int CALLS = 3;
  private static final int TURNS = 2;

  /// With another to break into its answer.
  private static final int LINES = 2 * CALLS * TURNS;

  private static final String[] STAGES = {"ingress", "stt", "nlu", "llm", "tts", "egress"};

  @TempDir Path folder;

  @Test
  void everyLineOfEveryCallerIsAnsweredAndAllThatIsMeasuredIsReported() throws Exception {
    Path file = folder.resolve("reports/load.json");
    Path page = folder.resolve("reports/load.html");
    StringWriter table = new StringWriter();
    int code =
        new CommandLine(new LoadCommand())
            .setOut(new PrintWriter(table))
            .execute(
                "--calls=" + CALLS,
                "--turns=" + TURNS,
                "--warm-up=0s",
                "--line=400ms",
                "--every=8s",
                "--barge-in=3500ms",
                "--json=" + file,
                "--html=" + page);
    assertThat(code).as(table::toString).isZero();
    assertThat(table.toString())
        .contains("turn overhead", "barge-in: clear", "broker", "audio.in → stt", "= all hops");

    JsonNode json = new ObjectMapper().readTree(file.toFile());
    JsonNode step = json.at("/steps/0");
    assertThat(json.at("/setup/settings/engines.kind").asText()).isEqualTo("stub");
    assertThat(step.at("/wire/overheadMs/count").asInt()).isEqualTo(LINES);
    assertThat(step.at("/wire/missedTurns").asInt()).isZero();
    assertThat(step.at("/wire/clearMs/count").asInt()).isEqualTo(CALLS * TURNS);
    assertThat(step.at("/wire/notCleared").asInt()).isZero();
    assertThat(step.at("/wire/generatorLatenessMs/count").asInt())
        .isEqualTo(CALLS * TURNS * 8_000 / 20);
    assertThat(step.at("/cpu/callsOnTheLine").asDouble()).isBetween(CALLS - 0.2, CALLS + 0.2);
    for (String process : STAGES) {
      assertThat(step.at("/cpu/cores/" + process).asDouble()).as(process).isPositive();
      assertThat(step.at("/jvms/" + process + "/allocated").asLong()).as(process).isPositive();
    }
    assertThat(step.at("/cpu/cores/broker").asDouble()).isPositive();
    assertThat(step.at("/perSecond/audio.in/records").asDouble()).isGreaterThan(40 * CALLS);
    assertThat(step.at("/perSecond/audio.in/bytes").asDouble()).isGreaterThan(160 * 40 * CALLS);
    assertThat(step.at("/perSecond/requests/produce").asDouble()).isPositive();
    assertThat(step.at("/perSecond/requests/fetch").asDouble()).isPositive();
    assertThat(step.at("/hops/= all hops/count").asInt()).isEqualTo(LINES);
    for (String hop : new String[] {"audio.in → stt", "intents → llm", "audio.out → egress"}) {
      assertThat(step.at("/hops/" + hop + "/count").asInt()).as(hop).isEqualTo(LINES);
    }
    assertThat(Files.readString(page)).contains("<svg", "Turn overhead").doesNotContain("http");
  }
}
