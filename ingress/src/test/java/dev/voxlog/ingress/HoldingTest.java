package dev.voxlog.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.ingress.twilio.TwilioWire;
import dev.voxlog.runtime.VoxClock;
import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.media.MediaFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HoldingTest {
  private static final CallId CALL = new CallId("twilio-CA1");
  private static final Duration AFTER = Duration.ofSeconds(5);

  /// A second and a half.
  private static final byte[] PHRASE = new byte[12_000];

  private final MemoryLog log = new MemoryLog();
  private final IngressMetrics metrics = new IngressMetrics("test");
  private final Node node =
      new Node(
          IngressConfig.local(0, "acme@1"),
          log.asLog(),
          new LiveCalls(metrics),
          new Capacity(IngressConfig.Limits.USUAL, Map::of, VoxClock.system()),
          metrics,
          Runnable::run);
  private final Line line = new Line();
  private final CallerStream stream = new CallerStream(node, new TwilioWire(), line);
  private final Holding holding =
      new Holding(node, new HoldingPhrases(AFTER, Map.of("acme@1", AudioBytes.wrap(PHRASE))));

  /// Takes everything.
  private static final class Line implements CarrierSocket {
    final List<String> sent = new ArrayList<>();

    @Override
    public void send(String text) {
      sent.add(text);
    }

    @Override
    public boolean isBacklogged() {
      return false;
    }

    @Override
    public void close(int code, String reason) {
      sent.add("closed: " + reason);
    }

    /// How many bytes of audio.
    int played() {
      return sent.stream()
          .map(text -> text.replaceFirst(".*\"payload\"\\s*:\\s*\"([^\"]*)\".*", "$1"))
          .mapToInt(payload -> Base64.getDecoder().decode(payload).length)
          .sum();
    }
  }

  private void start() {
    stream.message(
        """
        {"event":"start","streamSid":"MZ1","start":{"callSid":"CA1","customParameters":{}}}
        """);
  }

  private void silence(Duration length) {
    log.silence = length;
    holding.look();
  }

  @Test
  void aCallerIsAskedToHoldTheLineOnceInAnOutage() {
    start();
    silence(Duration.ofMillis(4_900));
    assertThat(line.sent).isEmpty();
    silence(AFTER);
    silence(Duration.ofSeconds(20));
    assertThat(line.played()).isEqualTo(PHRASE.length);
    assertThat(line.sent).hasSizeGreaterThan(1);

    silence(Duration.ZERO);
    silence(AFTER);
    assertThat(line.played()).isEqualTo(2 * PHRASE.length);
  }

  @Test
  void whatTheAgentSaysIsHeardToItsEndFirst() {
    start();
    LiveCalls.Player egress = _ -> {};
    node.calls().command(new MediaFrame.Attach(CALL, 1, 1), egress);
    node.calls().command(new MediaFrame.Mark(CALL, 1, 2, "1.1/1.1.1"), egress);
    line.sent.clear();
    silence(AFTER);
    assertThat(line.sent).isEmpty();

    stream.message("{\"event\":\"mark\",\"mark\":{\"name\":\"1.1/1.1.1\"}}");
    silence(AFTER);
    assertThat(line.played()).isEqualTo(PHRASE.length);
  }

  @Test
  void anAgentWithoutAPhraseSaysNothing() {
    start();
    Holding other = new Holding(node, new HoldingPhrases(AFTER, Map.of()));
    log.silence = AFTER;
    other.look();

    assertThat(line.sent).isEmpty();
  }

  @Test
  void whoCallsDuringTheOutageIsToldToo() {
    silence(AFTER);
    start();
    silence(AFTER);

    assertThat(line.played()).isEqualTo(PHRASE.length);
  }
}
