package dev.voxlog.cli.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.voxlog.audio.G711;
import dev.voxlog.audio.Wav;
import dev.voxlog.cli.settings.UserError;
import dev.voxlog.testkit.twilio.CallPlan;
import dev.voxlog.testkit.twilio.CallRecording;
import dev.voxlog.testkit.twilio.Switchboard;
import dev.voxlog.testkit.twilio.TwilioCaller;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// Calls in real time to an agent whose log is not ours: what the wire alone tells.
final class ForeignCallTest {
  /// The line works in steps of 20 ms, and a busy machine adds some.
  private static final double STEPS = 60;

  @TempDir private Path folder;

  private Path tone(String name, int beforeMs, int millis, int afterMs) throws IOException {
    short[] pcm = new short[8 * (beforeMs + millis + afterMs)];
    for (int i = 0; i < 8 * millis; i++) {
      pcm[8 * beforeMs + i] = (short) (10_000 * Math.cos(2 * Math.PI * 700 * i / 8000));
    }
    Path file = folder.resolve(name);
    MulawFile.write(file, G711.encodeMulaw(pcm));
    return file;
  }

  /// What a busy machine did to the caller's own line counts for nothing else.
  private static double lateness(JsonNode result) {
    return 2 * result.path("maxLateMs").asDouble();
  }

  private record Ran(int code, String out, String err) {}

  private static Ran run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        new CommandLine(new CallCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err));
    line.setExecutionExceptionHandler((failure, at, _) -> {
      at.getErr().println(failure instanceof UserError ? failure.getMessage() : failure.toString());
      return 2;
    });
    int code = line.execute(arguments);
    return new Ran(code, out.toString(), err.toString());
  }

  @Test
  void withoutItsLogTheWireTellsHowLongTheCallerWaited() throws IOException {
    try (ForeignAgent agent = new ForeignAgent()) {
      Path one = tone("one.wav", 100, 500, 200);
      Path two = tone("two.wav", 0, 700, 0);
      Path json = folder.resolve("result.json");
      Ran ran =
          run(
              one.toString(),
              two.toString(),
              "--url",
              agent.stream().toString(),
              "--json",
              json.toString(),
              "--out",
              folder.resolve("calls").toString());

      assertThat(ran.code()).as(ran.err()).isZero();
      assertThat(ran.out())
          .contains("one", "two", "from the end of speech to the agent's first audio", "median")
          .doesNotContain("WRONG");
      JsonNode result = new ObjectMapper().readTree(json.toFile());
      assertThat(result.path("turns").asInt()).isEqualTo(2);
      assertThat(result.path("medians").path("wire").asDouble())
          .isCloseTo(ForeignAgent.ENDPOINT_MS + 20, within(STEPS + lateness(result)));
      Wav saved = Wav.read(folder.resolve("calls").resolve(result.path("call").asText() + ".wav"));
      assertThat(saved.channels()).hasDimensions(2, saved.channels()[0].length);
      assertThat(dev.voxlog.audio.Levels.peakDbfs(saved.channels()[0])).isGreaterThan(-15);
      assertThat(dev.voxlog.audio.Levels.peakDbfs(saved.channels()[1])).isGreaterThan(-15);
    }
  }

  @Test
  void anInterruptionIsTimedFromItsFirstVoicedFrameToClear() throws IOException {
    try (ForeignAgent agent = new ForeignAgent()) {
      Path question = tone("question.wav", 0, 500, 0);
      Path shout = tone("shout.wav", 200, 600, 0);
      Path json = folder.resolve("result.json");
      Ran ran =
          run(
              question.toString(),
              "--url",
              agent.stream().toString(),
              "--interrupt",
              shout.toString(),
              "--interrupt-after",
              "600ms",
              "--json",
              json.toString());

      assertThat(ran.code()).isZero();
      assertThat(ran.out()).contains("barge-in shout: clear after");
      JsonNode result = new ObjectMapper().readTree(json.toFile());
      assertThat(result.path("medians").path("clear").asDouble())
          .isBetween(0.0, STEPS + lateness(result));
    }
  }

  @Test
  void anAnswersOwnSentenceIsToldFromTheFillerBeforeItAlsoAfterAClear() throws IOException {
    try (ForeignAgent agent = new ForeignAgent();
        Switchboard switchboard = new Switchboard()) {
      TwilioCaller caller = switchboard.call(CallPlan.to(agent.stream()));
      Sound question = Sound.read(tone("question.wav", 0, 500, 0));
      Sound shout = Sound.read(tone("shout.wav", 0, 400, 0));
      caller.agentAnswered(Duration.ofMillis(500)).join();
      caller.say(question.pcm()).join();
      caller.agentSpeakingFor(Duration.ofMillis(700)).join();
      caller.say(shout.pcm()).join();
      caller.agentAnswered(Duration.ofMillis(500)).join();
      CallRecording recording = caller.hangUp().join();
      HeardAudio heard = new HeardAudio(recording);

      for (int turn : List.of(2, 3)) {
        double filler = heard.audible(turn, 0).orElseThrow();
        double answer = heard.audible(turn, 1).orElseThrow();
        assertThat(answer - filler)
            .as("turn %d", turn)
            .isCloseTo(ForeignAgent.FILLER_MS, within(25.0));
        assertThat(heard.arrived(turn, 1).orElseThrow()).isLessThan(answer);
      }
      assertThat(loudBeginnings(recording)).hasSize(3);
      assertThat(heard.audible(2, 1).orElseThrow())
          .isCloseTo(loudBeginnings(recording).get(1), within(21.0));
      assertThat(heard.audible(3, 1).orElseThrow())
          .isCloseTo(loudBeginnings(recording).get(2), within(21.0));
      assertThat(heard.audible(4, 0)).isEqualTo(OptionalDouble.empty());
    }
  }

  /// Where 20 ms frames become as loud as an answer.
  private static List<Double> loudBeginnings(CallRecording recording) {
    short[] heard = recording.heard();
    List<Double> beginnings = new ArrayList<>();
    boolean wasLoud = false;
    for (int at = 0; at + 160 <= heard.length; at += 160) {
      int peak = 0;
      for (int i = at; i < at + 160; i++) {
        peak = Math.max(peak, Math.abs(heard[i]));
      }
      boolean isLoud = peak > Short.MAX_VALUE * (ForeignAgent.FILLER + ForeignAgent.ANSWER) / 2;
      if (isLoud && !wasLoud) {
        beginnings.add(at / 8.0);
      }
      wasLoud = isLoud;
    }
    return beginnings;
  }

  @Test
  void whatAUserCanPutRightIsSaidInOneLine() throws IOException {
    String file = tone("one.wav", 0, 100, 0).toString();

    assertThat(run().err()).contains("no FILE to say");
    assertThat(run("nowhere.wav", "--url", "ws://127.0.0.1:1/x").err())
        .contains("nowhere.wav does not exist");
    assertThat(run(file, "--url", "ws://127.0.0.1:1/x").err()).contains("does not take the call");
    assertThat(run(file, "--data", folder.toString()).err())
        .contains("no Voxlog runs here", "./voxlog run");
    assertThat(run(file, "--url", "ws://127.0.0.1:1/x", "--reply", file).err())
        .contains("--reply needs two files");
    assertThat(
            run(
                    file,
                    "--url",
                    "ws://127.0.0.1:1/x",
                    "--interrupt",
                    file,
                    "--interrupt-after",
                    "soon")
                .err())
        .contains("--interrupt-after soon");
    Files.writeString(folder.resolve("talk.yaml"), "utterances: [{file: two, say: hello}]");
    assertThat(
            run(
                    file,
                    "--url",
                    "ws://127.0.0.1:1/x",
                    "--expect",
                    folder.resolve("talk.yaml").toString())
                .err())
        .contains("expects nothing of", "[two]");
  }
}
