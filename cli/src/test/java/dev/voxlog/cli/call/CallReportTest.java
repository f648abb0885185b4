package dev.voxlog.cli.call;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.analytics.Part;
import dev.voxlog.analytics.Turn;
import dev.voxlog.analytics.Waterfall;
import dev.voxlog.cli.call.LineResult.BargeIn;
import dev.voxlog.cli.call.LineResult.Wait;
import dev.voxlog.schemas.CallEvent.Outcome;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.TurnEvent.Next;
import dev.voxlog.schemas.TurnEvent.Purpose;
import dev.voxlog.schemas.Understanding.Understood;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class CallReportTest {
  private static Waterfall waterfall(int stt) {
    return new Waterfall(
        Map.of(
            Part.ENDPOINTING,
            Duration.ofMillis(320),
            Part.STT,
            Duration.ofMillis(stt),
            Part.KAFKA,
            Duration.ofNanos(12_600_000)),
        Duration.ofMillis(500));
  }

  private static Turn turn(int number, int stt) {
    return new Turn(
        number,
        Turn.Cause.SPEECH,
        List.of(1),
        "where is it",
        "order_status",
        "tool",
        Next.LISTEN,
        List.of(
            new Turn.Spoken(0, "Let me look.", Purpose.FILLER, "", false, null),
            new Turn.Spoken(1, "It has shipped.", Purpose.ANSWER, "", false, null)),
        List.of(new Turn.ToolCall(0, "getOrder", "{\"id\":\"12345\"}", Outcome.OK, "{}", 5)),
        Turn.Fate.SPOKEN,
        null,
        waterfall(stt));
  }

  private static LineResult result(
      String name, int turn, int stt, double wire, @Nullable BargeIn bargeIn, String... wrongs) {
    Sound sound = new Sound(name, new short[0], new SpeechEdges(-1, -1));
    SpokenLine line = new SpokenLine(new SpokenLine.Part(sound, null, null, null), List.of(), null);
    Wait wait = new Wait(turn, OptionalDouble.of(wire - 20), OptionalDouble.of(wire));
    return new LineResult(
        line,
        List.of("where is it"),
        List.of(),
        List.of(turn(turn, stt)),
        List.of(wait),
        bargeIn,
        new Judge.Judgement(List.of(wrongs), wrongs.length == 0));
  }

  private static String[] cells(String line) {
    return line.strip().split(" {2,}");
  }

  @Test
  void aTurnIsShownWithItsWordsToolAnswerWaterfallAndWireTime() {
    StringWriter text = new StringWriter();
    new CallReport(new PrintWriter(text)).line(result("01-lamp", 2, 41, 618, null));
    List<String> lines = text.toString().lines().toList();

    assertThat(lines)
        .contains(
            "01-lamp", "  caller  where is it", "  tool    getOrder {\"id\":\"12345\"} -> ok");
    assertThat(lines).contains("  agent   (Let me look.) It has shipped.", "  right");
    assertThat(cells(lines.get(lines.size() - 3)))
        .containsExactly(
            "endpointing",
            "STT",
            "NLU",
            "dialogue",
            "tool",
            "TTS",
            "Kafka",
            "playback",
            "= log",
            "wire ms");
    assertThat(cells(lines.get(lines.size() - 2)))
        .containsExactly("320", "41", "-", "-", "-", "-", "13", "-", "500", "618");
  }

  @Test
  void aFeelingIsShownBesideTheIntentAndInJson() {
    LineResult plain = result("01-lamp", 2, 41, 618, null);
    LineResult felt =
        new LineResult(
            plain.line(),
            plain.words(),
            List.of(
                understood("order_status", "negative"),
                understood("repeat", "neutral"),
                understood("person", null)),
            plain.turns(),
            plain.waits(),
            plain.bargeIn(),
            requireNonNull(plain.judgement()));
    StringWriter text = new StringWriter();
    new CallReport(new PrintWriter(text)).line(felt);
    assertThat(text.toString())
        .contains("where is it   [order_status 0.73 negative, repeat 0.73, person 0.73]");
    assertThat(CallJson.of("CA1", 0, List.of(felt), null).at("/lines/0/sentiments").toString())
        .isEqualTo("[\"negative\",\"neutral\",null]");
  }

  private static Understood understood(String intent, @Nullable String sentiment) {
    return new Understood(
        new CallId("CA1"),
        Instant.EPOCH,
        1,
        Understood.FINAL,
        "where is it",
        intent,
        0.73,
        List.of(),
        List.of(),
        sentiment,
        "en-US",
        0.9,
        0,
        1_000,
        1_500);
  }

  @Test
  void theSummaryHasMediansAndWhoWasRight() {
    StringWriter text = new StringWriter();
    new CallReport(new PrintWriter(text))
        .summary(
            List.of(
                result("01", 2, 10, 500, new BargeIn("jfk", OptionalDouble.of(220), false, true)),
                result("02", 3, 30, 700, new BargeIn("click", OptionalDouble.empty(), true, false)),
                result(
                    "03",
                    4,
                    20,
                    600,
                    new BargeIn("cough", OptionalDouble.of(300), false, false),
                    "understood as goodbye")));
    String shown = text.toString();

    assertThat(shown)
        .contains(
            "End of speech to the answer's first audio, on the caller's wire: median 600 ms over 3 turns");
    assertThat(shown).contains("First voiced frame to clear: median 220 ms over 1 interruptions");
    assertThat(shown)
        .contains(
            "Interruptions right: 2 of 3",
            "Right: 2 of 3; right and answered with the words expected: 2",
            "understood as goodbye");
    String medians =
        shown.lines().filter(line -> line.endsWith("medians")).findFirst().orElseThrow();
    assertThat(Arrays.asList(cells(medians)))
        .startsWith("320", "20", "-")
        .endsWith("500", "600", "medians");
  }

  @Test
  void anInterruptionIsRightIfTheAgentStoppedOrWentOnAsItShould() {
    assertThat(new BargeIn("jfk", OptionalDouble.of(1), false, true).isRight()).isTrue();
    assertThat(new BargeIn("jfk", OptionalDouble.empty(), true, true).isRight()).isFalse();
    assertThat(new BargeIn("click", OptionalDouble.of(1), true, false).isRight()).isTrue();
    assertThat(new BargeIn("click", OptionalDouble.of(1), false, false).isRight()).isFalse();
    assertThat(new BargeIn("jfk", OptionalDouble.of(1), null, null).isRight()).isNull();
  }

  @Test
  void programsGetTheSameAsJson() {
    var json =
        CallJson.of(
            "CA1",
            3.5,
            List.of(
                result("01", 2, 10, 500, null),
                result("02", 3, 30, 700, null, "nothing recognised")),
            null);

    assertThat(json.path("maxLateMs").asDouble()).isEqualTo(3.5);
    assertThat(json.path("medians").path("wire").asDouble()).isEqualTo(600);
    assertThat(json.path("medians").path("stt").asDouble()).isEqualTo(20);
    assertThat(json.path("medians").path("clear").isNull()).isTrue();
    assertThat(json.path("right").asInt()).isEqualTo(1);
    assertThat(json.path("judged").asInt()).isEqualTo(2);
    assertThat(json.path("lines").get(1).path("wrongs").get(0).asText())
        .isEqualTo("nothing recognised");
    assertThat(
            json.path("lines")
                .get(0)
                .path("turns")
                .get(0)
                .path("waterfall")
                .path("kafka")
                .asDouble())
        .isEqualTo(12.6);
  }
}
