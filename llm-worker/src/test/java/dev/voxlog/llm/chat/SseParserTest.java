package dev.voxlog.llm.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.voxlog.llm.chat.SseParser.Event;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Server-sent events in all their spellings.
class SseParserTest {
  private final List<Event> events = new ArrayList<>();
  private final SseParser parser = new SseParser(events::add);

  private void feed(String text) {
    parser.feed(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Event data(String data) {
    return new Event("", data);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void anyLineEndEndsALine(String end) {
    feed("data: one" + end + end + "data: two" + end + end);

    assertThat(events).containsExactly(data("one"), data("two"));
  }

  @Test
  void aPairOfReturnAndNewlineThatIsCutInTwoIsOneLineEnd() {
    feed("data: one\r");
    feed("\ndata: more\r");
    feed("\n\r");
    feed("\n");

    assertThat(events).containsExactly(data("one\nmore"));
  }

  @Test
  void linesOfDataAreJoined() {
    feed("data: {\ndata:  \"a\"\ndata\ndata:}\n\n");

    assertThat(events).containsExactly(data("{\n \"a\"\n\n}"));
  }

  @Test
  void aTypeHoldsForItsEventAlone() {
    feed("event: error\ndata: 1\n\ndata: 2\n\nevent: lost\n\ndata: 3\n\n");

    assertThat(events).containsExactly(new Event("error", "1"), data("2"), data("3"));
  }

  @Test
  void commentsAndOtherFieldsAreSkipped() {
    feed(": ping\n\nid: 7\nretry: 10\ndata: one\n:\nwhatever\n\n");

    assertThat(events).containsExactly(data("one"));
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheFirstLine() {
    feed("\uFEFFdata: one\n\n");

    assertThat(events).containsExactly(data("one"));
  }

  @Test
  void anErrorInLlamaCppsOwnFieldIsAnError() {
    feed("error: {\"code\":500}\n\n");

    assertThat(events).containsExactly(new Event("error", "{\"code\":500}"));
  }

  @Test
  void anEventThatTheEndCutsOffIsNone() {
    feed("data: one\n\ndata: tw");

    assertThat(events).containsExactly(data("one"));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void howTheBytesAreCutMakesNoDifference(long seed) {
    Random random = new Random(seed);
    byte[] bytes =
        "data: Grüße, 世界 \uD83D\uDE00\r\n\r\n: ping\rdata: €\rdata:ñ\r\revent: é\ndata: ü\n\n"
            .getBytes(StandardCharsets.UTF_8);

    for (int from = 0; from < bytes.length; ) {
      int to = Math.min(bytes.length, from + random.nextInt(4));
      parser.feed(Arrays.copyOfRange(bytes, from, to));
      from = to;
    }

    assertThat(events)
        .containsExactly(data("Grüße, 世界 \uD83D\uDE00"), data("€\nñ"), new Event("é", "ü"));
  }

  @Test
  void aLineWithoutEndIsGivenUp() {
    byte[] much = "x".repeat(1 << 19).getBytes(StandardCharsets.UTF_8);
    parser.feed(much);

    assertThatThrownBy(
            () -> {
              parser.feed(much);
              parser.feed(much);
            })
        .isInstanceOfSatisfying(
            ChatException.class, e -> assertThat(e.kind()).isEqualTo(ChatException.Kind.BROKEN));
  }

  @Test
  void anEventWithoutEndIsGivenUp() {
    String line = "data: " + "x".repeat(1 << 16) + "\n";

    assertThatThrownBy(() -> feed(line.repeat(17))).isInstanceOf(ChatException.class);
  }

  @Test
  void aStreamMayBeLongerThanAnyOfItsEvents() {
    String event = "data: " + "x".repeat(1 << 16) + "\n\n: ping\n";
    feed(event.repeat(40));

    assertThat(events).hasSize(40);
  }
}
