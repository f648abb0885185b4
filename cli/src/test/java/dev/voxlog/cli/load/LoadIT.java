package dev.voxlog.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.voxlog.cli.Closing;
import dev.voxlog.schemas.Topic;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A few callers against `voxlog run` with stub engines, once its code is loaded. How long anything
/// takes is the tool's to say and no test's.
class LoadIT {
  private static final int CALLS = 3;
  private static final int TURNS = 2;

  @TempDir Path folder;

  @Test
  void everyLineOfEveryCallerIsAnsweredAndAllThatIsMeasuredIsReported() throws Exception {
    Talk talk = new Talk(Duration.ofMillis(400), Duration.ofSeconds(6), null);
    Timetable timetable =
        new Timetable(CALLS, TURNS, Duration.ofMillis(300), talk.every(), talk, 3);
    Map<String, String> settings = Map.of("engines.kind", "stub", "llm.scope", "all");
    Path agent = LoadAgent.writeTo(folder.resolve("agent"));
    LoadRun.Outcome outcome;
    try (Closing open = new Closing()) {
      Server server = new Server.Together(open, folder, agent, settings);
      outcome = open.later(new LoadRun(timetable, server, null, System.out::println)).run();
    }

    Measured measured = outcome.measured();
    assertThat(measured.failures()).isEmpty();
    assertThat(measured.missed()).isZero();
    assertThat(measured.overhead().count()).isEqualTo(CALLS * TURNS);
    assertThat(measured.lateness().count()).isEqualTo((long) CALLS * TURNS * talk.frames());
    assertThat(outcome.isComplete()).isTrue();

    ServerWatch.Taken taken = outcome.taken();
    assertThat(taken.use().processes()).containsOnlyKeys("stages", "broker");
    assertThat(taken.use().processes().values())
        .allSatisfy(cores -> assertThat(cores).isPositive());
    assertThat(taken.jvms())
        .hasEntrySatisfying("stages", look -> assertThat(look.allocated()).isPositive());
    assertThat(taken.log())
        .hasEntrySatisfying(
            Topic.AUDIO_IN,
            counts -> {
              assertThat(counts.records()).isPositive();
              assertThat(counts.bytes()).isPositive();
              assertThat(counts.produce()).isPositive();
            });
    assertThat(taken.requests().produce()).isPositive();
    assertThat(taken.requests().fetch()).isPositive();
    HopTimes.Spreads hops = Objects.requireNonNull(outcome.hops());
    assertThat(hops.hops().count()).isEqualTo(CALLS * TURNS);

    StringWriter table = new StringWriter();
    new LoadReport(outcome).print(new PrintWriter(table));
    assertThat(table.toString()).contains("turn overhead", "broker", "audio.in → stt");
    JsonNode json = new ObjectMapper().valueToTree(new LoadJson(outcome).json());
    assertThat(json.at("/wire/overheadMs/count").asInt()).isEqualTo(CALLS * TURNS);
    assertThat(json.at("/wire/missedTurns").asInt()).isZero();
    Path page = folder.resolve("reports/load.html");
    new HtmlReport(List.of(outcome)).write(page);
    assertThat(Files.readString(page)).contains("<svg", "turn overhead").doesNotContain("http");
  }
}
