package dev.voxlog.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class WireHeadersTest {
  private final Headers headers = new RecordHeaders();

  @Test
  void whatIsWrittenIsReadBack() {
    var cause = new WireHeaders.Cause(Topic.AUDIO_IN, 3, 99);
    WireHeaders.epoch(headers, 42);
    WireHeaders.cause(headers, cause);
    WireHeaders.seen(headers, Map.of(Topic.CALLS, 7L, Topic.TRANSCRIPTS, 8L));
    WireHeaders.traceparent(headers, "00-1-2-01");

    assertThat(WireHeaders.epoch(headers)).isEqualTo(42);
    assertThat(WireHeaders.cause(headers)).contains(cause);
    assertThat(WireHeaders.seen(headers)).isEqualTo(Map.of(Topic.CALLS, 7L, Topic.TRANSCRIPTS, 8L));
    assertThat(WireHeaders.traceparent(headers)).contains("00-1-2-01");
    assertThat(text("cause")).isEqualTo("audio.in/3/99");
    assertThat(text("seen")).isEqualTo("transcripts/8,calls/7");
  }

  @Test
  void whatIsMissingOrBrokenCountsAsAbsent() {
    assertThat(WireHeaders.epoch(headers)).isEqualTo(WireHeaders.NO_EPOCH);
    assertThat(WireHeaders.cause(headers)).isEmpty();
    assertThat(WireHeaders.seen(headers)).isEmpty();
    headers.add("epoch", new byte[] {1});
    headers.add("cause", "calls/x/1".getBytes(StandardCharsets.UTF_8));
    headers.add("seen", "calls,nothing/4,calls/5".getBytes(StandardCharsets.UTF_8));

    assertThat(WireHeaders.epoch(headers)).isEqualTo(WireHeaders.NO_EPOCH);
    assertThat(WireHeaders.cause(headers)).isEmpty();
    assertThat(WireHeaders.seen(headers)).isEqualTo(Map.of(Topic.CALLS, 5L));
  }

  @Test
  void aDeadLetterTellsWhereItCameFrom() {
    var label =
        new DeadLetterLabel(
            "nlu",
            "FINAL without 'text'",
            new WireHeaders.Cause(Topic.TRANSCRIPTS, 1, 17),
            new CallId("c"));
    label.write(headers);

    assertThat(DeadLetterLabel.read(headers)).contains(label);
    assertThat(DeadLetterLabel.read(new RecordHeaders())).isEmpty();
  }

  private String text(String name) {
    return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
