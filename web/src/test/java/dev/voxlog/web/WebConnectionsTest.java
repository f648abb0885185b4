package dev.voxlog.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.voxlog.runtime.gate.ConnectionLimits;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Connections to the port of its own of which too many come, nothing, or nothing more.
@Timeout(60)
class WebConnectionsTest {
  private static final int MOST_UNREAD = 1 << 20;
  private static final Web.Waits IMPATIENT =
      new Web.Waits(
          Duration.ofMillis(300),
          Duration.ofSeconds(60),
          Duration.ofMillis(500),
          WebFixture.QUICK.streams());

  private static WebFixture node(int inAll, int perAddress) {
    return new WebFixture(
        WebFixture.ANYBODY,
        null,
        WebFixture.QUICK,
        new ConnectionLimits("web", inAll, perAddress, List.of()));
  }

  private static boolean isAnswered(Socket client) throws IOException {
    client.getOutputStream().write(WebFixture.bytes(WebFixture.asking("/", "127.0.0.1")));
    return client.getInputStream().read() == 'H';
  }

  private static boolean isCutOff(Socket client) {
    try {
      return client.getInputStream().read() < 0;
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void oneAddressHasSoManyConnectionsAndNoMore() throws IOException {
    try (WebFixture node = node(100, 2);
        Socket first = node.connect();
        Socket second = node.connect();
        Socket third = node.connect()) {
      assertThat(isCutOff(third)).isTrue();
      assertThat(isAnswered(first)).isTrue();
      assertThat(isAnswered(second)).isTrue();
      second.close();
      await().until(() -> node.web.openConnections() == 1);
      try (Socket next = node.connect()) {
        assertThat(isAnswered(next)).isTrue();
      }
    }
  }

  @Test
  void allTogetherHaveSoManyToo() throws IOException {
    try (WebFixture node = node(2, 100);
        Socket first = node.connect();
        Socket _ = node.connect();
        Socket third = node.connect()) {
      assertThat(isCutOff(third)).isTrue();
      assertThat(isAnswered(first)).isTrue();
    }
  }

  @Test
  void aRequestThatComesByteByByteIsCutOff() throws IOException {
    try (WebFixture node = new WebFixture(WebFixture.ANYBODY, null, IMPATIENT);
        Socket slow = node.connect()) {
      slow.getOutputStream().write(WebFixture.bytes("GET / HTTP/1.1\r\nX-Slow: "));
      await()
          .atMost(Duration.ofSeconds(20))
          .pollInterval(Duration.ofMillis(100))
          .until(() -> !sends(slow, "x"));
      await().until(() -> node.web.openConnections() == 0);
    }
  }

  @Test
  void aStreamIsKeptThoughItsClientSaysNothingMore() throws IOException {
    try (WebFixture node = new WebFixture(WebFixture.ANYBODY, null, IMPATIENT)) {
      node.take(new TestCall("c1").started());
      List<String> lines = node.follow("/api/calls/c1/events");
      await().until(() -> lines.stream().filter(": ."::equals).count() > 20);

      assertThat(node.streams()).isEqualTo(1);
    }
  }

  @Test
  void whoAsksAgainAndAgainAndNeverReadsAnAnswerIsCutOff() throws IOException {
    try (WebFixture node = new WebFixture();
        Socket deaf = node.connect()) {
      String many = WebFixture.asking("/api/session", "127.0.0.1").repeat(100);
      while (sends(deaf, many)) {
        assertThat(node.web.mostUnread()).isLessThanOrEqualTo(MOST_UNREAD);
      }

      await().until(() -> node.web.openConnections() == 0);
      assertThat(node.web.mostUnread()).isPositive();
    }
  }

  private static boolean sends(Socket client, String text) {
    try {
      client.getOutputStream().write(WebFixture.bytes(text));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
