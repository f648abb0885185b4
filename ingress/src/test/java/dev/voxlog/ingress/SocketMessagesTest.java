package dev.voxlog.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SocketMessagesTest {
  private static final String UPDATE = "{\"type\":\"session.update\",\"session\":{}}";

  private final IngressFixture node = new IngressFixture();

  @AfterEach
  void stop() {
    node.close();
  }

  private static void send(WebSocket socket, List<String> fragments) {
    for (int i = 0; i < fragments.size(); i++) {
      socket.sendText(fragments.get(i), i == fragments.size() - 1).join();
    }
  }

  @Test
  void aProgramsMessageIsReadHoweverItIsCut() {
    try (RealtimeSocket socket = new RealtimeSocket(node.url("/v1/realtime"))) {
      socket.send(List.of("", UPDATE));
      socket.send(List.of(UPDATE.substring(0, 5), "", UPDATE.substring(5), ""));
      socket.send(List.of("", "", UPDATE));

      await().until(() -> socket.count("session.updated") == 3);
      assertThat(node.ingress.errorCounts()).isEmpty();
    }
  }

  @Test
  void aCarriersMessageIsReadHoweverItIsCut() {
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI stream = URI.create("ws://127.0.0.1:" + node.ingress.port() + "/twilio/stream");
      WebSocket socket =
          http.newWebSocketBuilder().buildAsync(stream, new WebSocket.Listener() {}).join();
      send(socket, List.of("", "{\"event\":\"dtmf\",", "\"dtmf\":{\"digit\":\"1\"}}"));
      send(socket, List.of("", "{\"event\":\"mark\",\"mark\":{\"name\":\"m\"}}"));

      await()
          .untilAsserted(
              () -> assertThat(node.ingress.errorCounts()).containsEntry("wrong-order", 2L));
      assertThat(node.ingress.errorCounts()).hasSize(1);
      socket.abort();
    }
  }

  @Test
  void fragmentsThatAreTooLongTogetherCloseTheSocketWith1009() {
    try (RealtimeSocket socket = new RealtimeSocket(node.url("/v1/realtime"))) {
      String half = "A".repeat(600_000);
      socket.send(List.of(half, half));

      await().until(() -> socket.closeCode == 1009);
      assertThat(node.ingress.errorCounts()).containsEntry("too-long-message", 1L);
    }
  }
}
