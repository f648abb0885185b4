package dev.voxlog.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.voxlog.ingress.IngressConfig.Limits;
import dev.voxlog.runtime.gate.ConnectionLimits;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Connections of which nothing comes, too much, or nothing more.
@Timeout(120)
class ConnectionsTest {
  private static final String HEALTH = "GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
  private static final Ingress.Idle IMPATIENT =
      new Ingress.Idle(Duration.ofSeconds(60), Duration.ofSeconds(20), Duration.ofMillis(500));
  private static final Ingress.Idle QUICK =
      new Ingress.Idle(Duration.ofSeconds(3), Duration.ofMillis(500), Duration.ofSeconds(10));

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "nothing at all|",
        "an upgrade without its end|GET /v1/realtime HTTP/1.1\r\nUpgrade: websocket\r\n",
        "a form without its end|POST /twilio/voice HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 99\r\n\r\nCallSid=",
        "a second request without its end|" + HEALTH + "GET /health HTTP/1.1\r\nX: y"
      })
  void whatDoesNotComeToItsEndIsCutOff(String what) throws IOException {
    String request = what.substring(what.indexOf('|') + 1);
    boolean isSecond = request.startsWith(HEALTH);
    try (IngressFixture node = new IngressFixture(c -> c, isSecond ? QUICK : IMPATIENT);
        RawClient slow = new RawClient(node)) {
      slow.write(request);
      slow.readToTheEnd();

      if (!isSecond) {
        assertThat(node.ingress.errorCounts()).containsEntry("slow-request", 1L);
      }
      await().until(() -> node.ingress.openConnections() == 0);
    }
  }

  @Test
  void aConnectionThatHasAskedIsKeptForTheNextRequest() throws IOException {
    try (IngressFixture node = new IngressFixture(c -> c, IMPATIENT);
        RawClient good = new RawClient(node)) {
      good.write(HEALTH);
      assertThat(good.readStatus()).contains(" 200 ");
      try (RawClient slow = new RawClient(node)) {
        slow.readToTheEnd();
      }
      good.write(HEALTH);

      assertThat(good.readStatus()).contains(" 200 ");
    }
  }

  @ParameterizedTest
  @CsvSource({"X-Long: , 431", "GET /, 414"})
  void aHeadThatIsTooLongIsRefused(String begin, int status) throws IOException {
    try (IngressFixture node = new IngressFixture();
        RawClient client = new RawClient(node)) {
      boolean isHeader = begin.startsWith("X");
      client.write((isHeader ? "GET / HTTP/1.1\r\n" : "") + begin + "x".repeat(9_000));
      client.write((isHeader ? "" : " HTTP/1.1") + "\r\nHost: 127.0.0.1\r\n\r\n");

      assertThat(client.readToTheEnd()).matches("(?s)HTTP/1\\.[01] " + status + " .*");
    }
  }

  private static Limits limits(ConnectionLimits connections) {
    return Limits.USUAL.with(CallerLimits.USUAL.with(connections));
  }

  @Test
  void oneAddressHasSoManyConnectionsAndOpenStreamsAreNoneOfThem() throws IOException {
    ConnectionLimits two = new ConnectionLimits("ingress", 100, 2, List.of());
    try (IngressFixture node = new IngressFixture(c -> c.with(limits(two)));
        RawClient first = new RawClient(node);
        RawClient _ = RawClient.at(node, "/v1/realtime");
        RawClient _ = RawClient.at(node, "/v1/realtime");
        RawClient second = new RawClient(node);
        RawClient third = new RawClient(node)) {
      assertThat(third.readToTheEnd()).isIn("", " reset");
      assertThat(node.ingress.errorCounts()).containsEntry("too-many-connections", 1L);
      for (RawClient good : List.of(first, second)) {
        good.write(HEALTH);
        assertThat(good.readStatus()).contains(" 200 ");
      }
      second.close();
      await().until(() -> node.ingress.openConnections() == 3);
      try (RawClient next = new RawClient(node)) {
        next.write(HEALTH);
        assertThat(next.readStatus()).contains(" 200 ");
      }
    }
  }

  @Test
  void allTogetherHaveSoManyToo() throws IOException {
    ConnectionLimits two = new ConnectionLimits("ingress", 2, 2, List.of("127.0.0.0/8"));
    try (IngressFixture node = new IngressFixture(c -> c.with(limits(two)));
        RawClient _ = RawClient.at(node, "/v1/realtime");
        RawClient _ = new RawClient(node);
        RawClient third = new RawClient(node)) {
      assertThat(third.readToTheEnd()).isIn("", " reset");
    }
  }

  @Test
  void aTrustedProxyBringsAsManyAsThereMayBe() throws IOException {
    ConnectionLimits one = new ConnectionLimits("ingress", 100, 1, List.of("127.0.0.1"));
    try (IngressFixture node = new IngressFixture(c -> c.with(limits(one)));
        RawClient first = new RawClient(node);
        RawClient second = new RawClient(node)) {
      for (RawClient client : List.of(first, second)) {
        client.write(HEALTH);
        assertThat(client.readStatus()).contains(" 200 ");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/twilio/stream", "/v1/realtime"})
  void aSocketWhoseClientIsGoneWithoutAWordIsClosedAndItsCallHasNotHungUp(String path)
      throws IOException {
    String begin =
        path.startsWith("/twilio")
            ? "{'event':'start','streamSid':'MZ1','start':{'callSid':'CAgone'}}"
            : "{'type':'session.update','session':{'type':'realtime'}}";
    try (IngressFixture node = new IngressFixture(c -> c, QUICK);
        RawClient gone = RawClient.at(node, path)) {
      gone.text(begin);
      await().until(() -> !of(node, CallEvent.Attached.class).isEmpty());

      await().until(() -> !of(node, CallEvent.Detached.class).isEmpty());
      CallEvent.Detached detached = of(node, CallEvent.Detached.class).getFirst();
      assertThat(detached.isHangUp()).isFalse();
      assertThat(detached.reason()).isEqualTo("dropped");
      await().until(() -> node.ingress.openConnections() == 0);
    }
  }

  private static <E extends CallEvent> List<E> of(IngressFixture node, Class<E> kind) {
    return node.log.records.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  @Test
  void aCarrierThatIsOnlySilentIsKept() throws IOException {
    try (IngressFixture node = new IngressFixture(c -> c, QUICK);
        RealtimeSocket silent = new RealtimeSocket(node.url("/twilio/stream"));
        RawClient gone = RawClient.at(node, "/twilio/stream")) {
      silent.send("'event':'start','streamSid':'MZ1','start':{'callSid':'CAsilent'}");
      gone.text("{'event':'start','streamSid':'MZ2','start':{'callSid':'CAgone'}}");
      await().until(() -> !of(node, CallEvent.Detached.class).isEmpty());

      CallId left = Objects.requireNonNull(of(node, CallEvent.Detached.class).getFirst().callId());
      assertThat(left.value()).isEqualTo("twilio-CAgone");
      assertThat(of(node, CallEvent.Detached.class)).hasSize(1);
    }
  }
}
