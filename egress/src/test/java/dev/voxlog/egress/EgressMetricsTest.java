package dev.voxlog.egress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.TranscriptEvent;
import dev.voxlog.schemas.TurnEvent.Next;
import dev.voxlog.schemas.TurnEvent.Purpose;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EgressMetricsTest {
  private static final String LONG = "one two three four five six seven eight";

  private final InMemoryMetricReader reader = InMemoryMetricReader.create();
  private final CallLab call =
      new CallLab(
              EgressConfig.DEFAULT,
              "",
              new EgressMetrics(
                  OpenTelemetrySdk.builder()
                      .setMeterProvider(
                          SdkMeterProvider.builder().registerMetricReader(reader).build())
                      .build()))
          .attach();

  @Test
  void interruptionsResumesAndFalseStopsAreCounted() {
    call.turn(1, LONG).pass(600).startsSpeaking(1).stopsSpeaking(1, "").pass(3_000);
    call.turn(2, LONG)
        .pass(600)
        .startsSpeaking(2)
        .words(2, 1, "wait a moment")
        .stopsSpeaking(2, "wait a moment")
        .pass(500);
    call.says(3, 0, "I am a machine", Purpose.DISCLOSURE)
        .pass(300)
        .startsSpeaking(3)
        .stopsSpeaking(3, "");

    assertThat(count("voice.barge_in.total")).isEqualTo(1);
    assertThat(count("voice.resumed.total")).isEqualTo(2);
    assertThat(count("voice.false_stop.total")).as("the disclosure was not stopped").isEqualTo(1);
  }

  @Test
  void theTurnsLatencyIsFromTheEndOfSpeechToTheAnswersFirstAudio() {
    call.turn(1, "Hello").pass(1_000);
    // By the media clock it is 10 s now.
    call.give(new CallEvent.Dtmf(CallLab.CALL, call.now(), 1, 1, "5", 10_000));
    call.give(new TranscriptEvent.SpeechStarted(CallLab.CALL, call.now(), 1, 9_000, 9_210));
    call.give(
        new TranscriptEvent.Final(
            CallLab.CALL, call.now(), 1, "hi", 1, List.of(), 9_000, 9_700, 10_000, "lab", 1));
    call.give(new TranscriptEvent.SpeechEnded(CallLab.CALL, call.now(), 1, true, 9_700, 10_000));
    call.pass(250).says(2, 0, "One moment", Purpose.FILLER).pass(100).says(2, 1, "It has shipped");

    assertThat(histogram("voice.turn.latency_ms"))
        .singleElement()
        .satisfies(point -> {
          assertThat(point.getCount()).isEqualTo(1);
          assertThat(point.getSum()).isEqualTo(650);
        });
    assertThat(histogram("voice.playback.start_ms"))
        .singleElement()
        .satisfies(point -> assertThat(point.getCount()).isEqualTo(2));
  }

  @Test
  void aCallIsCountedWithItsOutcomeAndNothingOfTheCaller() {
    call.says(1, 0, "Goodbye").endsTurn(1, 1, Next.HANG_UP).pass(1_000);

    LongPointData ended =
        metric("voice.calls.total").orElseThrow().getLongSumData().getPoints().iterator().next();
    assertThat(ended.getAttributes().asMap().values())
        .containsExactlyInAnyOrder("shop", "twilio", "inbound", "completed");
    assertThat(ended.getAttributes().get(AttributeKey.stringKey("outcome"))).isEqualTo("completed");
  }

  private long count(String name) {
    return metric(name).orElseThrow().getLongSumData().getPoints().stream()
        .mapToLong(LongPointData::getValue)
        .sum();
  }

  private List<HistogramPointData> histogram(String name) {
    return List.copyOf(metric(name).orElseThrow().getHistogramData().getPoints());
  }

  private Optional<MetricData> metric(String name) {
    return reader.collectAllMetrics().stream()
        .filter(each -> each.getName().equals(name))
        .findFirst();
  }
}
