package dev.voxlog.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.voxlog.ingress.IngressConfig.Agents;
import dev.voxlog.ingress.IngressConfig.Limits;
import dev.voxlog.ingress.IngressConfig.Rates;
import dev.voxlog.ingress.IngressConfig.Realtime;
import dev.voxlog.runtime.StageWatch;
import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.StageName;
import dev.voxlog.schemas.media.MediaFrame;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RealtimeEndpointTest {
  private static final String BEGIN = "'type':'session.update','session':{'type':'realtime'}";

  private static RealtimeSocket open(IngressFixture node, String query) {
    return new RealtimeSocket(node.url("/v1/realtime" + query));
  }

  private static Optional<CallId> call(IngressFixture node) {
    return node.log.records.stream()
        .filter(CallEvent.Attached.class::isInstance)
        .map(record -> Objects.requireNonNull(record.callId()))
        .findFirst();
  }

  private static CallId began(IngressFixture node, RealtimeSocket socket) {
    socket.send(BEGIN);
    await().until(() -> socket.hasSeen("session.updated") && call(node).isPresent());
    return call(node).orElseThrow();
  }

  private static Limits limits(int unread, int streams, Rates rates) {
    return new Limits(unread, 64 << 10, 10, streams, rates, Limits.USUAL.overload());
  }

  private static CallEvent.Detached detached(IngressFixture node, CallId call) {
    await().until(() -> !node.log.of(call, CallEvent.Detached.class).isEmpty());
    return node.log.of(call, CallEvent.Detached.class).getFirst();
  }

  @Test
  void aSessionIsACallUntilTheClientGoes() {
    try (IngressFixture node = new IngressFixture();
        RealtimeSocket socket = open(node, "?model=gpt-realtime")) {
      CallId call = began(node, socket);
      assertThat(call.value()).matches("realtime-[0-9a-f]{24}");
      assertThat(socket.events.getFirst().path("type").asText()).isEqualTo("session.created");
      socket.goodbye();

      assertThat(detached(node, call).isHangUp()).isTrue();
    }
  }

  @Test
  void aClientThatIsTornAwayHasNotHungUp() {
    try (IngressFixture node = new IngressFixture();
        RealtimeSocket socket = open(node, "")) {
      CallId call = began(node, socket);
      socket.abort();

      assertThat(detached(node, call).isHangUp()).isFalse();
    }
  }

  @Test
  void theAgentIsChosenByNameAndAModelNobodyHasIsTheDefaults() {
    try (IngressFixture node =
            new IngressFixture(c -> c.with(new Agents("acme@1", Map.of("pizza", "pizza@2"))));
        RealtimeSocket byAgent = open(node, "?model=gpt-realtime&agent=pizza");
        RealtimeSocket byModel = open(node, "?model=pizza");
        RealtimeSocket other = open(node, "?model=gpt-realtime")) {
      for (RealtimeSocket socket : List.of(byAgent, byModel, other)) {
        await().until(() -> socket.hasSeen("session.created"));
      }
      assertThat(model(byAgent)).isEqualTo("pizza");
      assertThat(model(byModel)).isEqualTo("pizza");
      assertThat(model(other)).isEqualTo("acme");
      assertThatThrownBy(() -> open(node, "?agent=nobody"))
          .isInstanceOfSatisfying(
              CompletionException.class, e -> assertThat(status(e)).isEqualTo(404));
    }
  }

  private static String model(RealtimeSocket socket) {
    return socket.events.getFirst().at("/session/model").asText();
  }

  private static int status(CompletionException e) {
    WebSocketHandshakeException refused =
        (WebSocketHandshakeException) Objects.requireNonNull(e.getCause());
    return refused.getResponse().statusCode();
  }

  @Test
  void withoutItsTokenNobodyComesIn() {
    try (IngressFixture node =
        new IngressFixture(c ->
            c.with(
                c.web().with(new Realtime(List.of("a-token-of-sixteen"), List.of(), 1 << 20))))) {
      assertThatThrownBy(() -> open(node, ""))
          .isInstanceOfSatisfying(
              CompletionException.class, e -> assertThat(status(e)).isEqualTo(401));
      assertThat(node.ingress.errorCounts()).containsEntry("invalid_api_key", 1L);
      try (RealtimeSocket socket =
          new RealtimeSocket(node.url("/v1/realtime"), "a-token-of-sixteen")) {
        await().until(() -> socket.hasSeen("session.created"));
      }
      WebSocket browser =
          HttpClient.newHttpClient()
              .newWebSocketBuilder()
              .subprotocols("realtime", "openai-insecure-api-key.a-token-of-sixteen")
              .buildAsync(
                  URI.create("ws://127.0.0.1:" + node.ingress.port() + "/v1/realtime"),
                  new WebSocket.Listener() {})
              .join();
      assertThat(browser.getSubprotocol()).isEqualTo("realtime");
      browser.abort();
    }
  }

  @Test
  void whatIsNoWebSocketAndWhatIsTheBetaAreRefused() throws Exception {
    try (IngressFixture node = new IngressFixture()) {
      assertThat(node.get("/v1/realtime").statusCode()).isEqualTo(426);
      assertThat(node.raw("GET /v1/realtime", "127.0.0.1", Map.of("Origin", "http://evil.example")))
          .contains("403");
      CompletableFuture<WebSocket> beta =
          HttpClient.newHttpClient()
              .newWebSocketBuilder()
              .header("OpenAI-Beta", "realtime=v1")
              .buildAsync(
                  URI.create("ws://127.0.0.1:" + node.ingress.port() + "/v1/realtime"),
                  new WebSocket.Listener() {});
      assertThatThrownBy(beta::join)
          .isInstanceOfSatisfying(
              CompletionException.class, e -> assertThat(status(e)).isEqualTo(400));
    }
  }

  @Test
  void whoCannotBeTakenIsToldWhyAndClosed() {
    try (IngressFixture node =
        new IngressFixture(c -> c.with(limits(2 << 20, 100, new Rates(1, 100))))) {
      try (RealtimeSocket first = open(node, "");
          RealtimeSocket second = open(node, "")) {
        await().until(() -> second.closeCode == 1013);
        assertThat(second.firstError()).isEqualTo("rate_limit_exceeded");
        await().until(() -> first.hasSeen("session.created"));
      }
    }
    try (IngressFixture node =
            new IngressFixture(c -> c.with(limits(2 << 20, 1, Limits.USUAL.rates())));
        RealtimeSocket first = open(node, "");
        RealtimeSocket second = open(node, "")) {
      await().until(() -> second.closeCode == 1013);
      assertThat(second.firstError()).isEqualTo("refused-stream");
      began(node, first);
    }
    try (IngressFixture node = new IngressFixture()) {
      Duration late = Duration.ofSeconds(20);
      node.log.standings = Map.of(StageName.STT, new StageWatch.Standing(late, Duration.ZERO));
      await().until(() -> !node.ingress.isTakingCalls());
      try (RealtimeSocket socket = open(node, "")) {
        await().until(() -> socket.closeCode == 1013);
      }
    }
  }

  @Test
  void aMessageThatIsTooLongClosesThatSocketWith1009() {
    try (IngressFixture node = new IngressFixture();
        RealtimeSocket socket = open(node, "");
        RealtimeSocket other = open(node, "")) {
      CallId call = began(node, socket);
      socket.send("'type':'input_audio_buffer.append','audio':'" + "A".repeat(900_000) + "'");
      await().until(() -> socket.firstError().equals("input_audio_buffer_too_far_ahead"));
      socket.send("'type':'input_audio_buffer.append','audio':'" + "A".repeat(1_100_000) + "'");

      await().until(() -> socket.closeCode == 1009);
      assertThat(detached(node, call).isHangUp()).isFalse();
      began(node, other);
    }
  }

  @Test
  void aNodeThatStopsTellsItsClients() {
    IngressFixture node = new IngressFixture();
    try (RealtimeSocket socket = open(node, "")) {
      CallId call = began(node, socket);
      node.close();

      await().until(() -> socket.closeCode == 1001);
      assertThat(socket.firstError()).isEqualTo("server_stopping");
      assertThat(detached(node, call).reason()).isEqualTo("stopping");
    }
  }

  @Test
  void whoIsGoneWithoutAWordIsLetGoAndWhoIsOnlySilentIsNot() throws IOException {
    Ingress.Idle quick =
        new Ingress.Idle(Duration.ofMillis(1_500), Duration.ofMillis(300), Duration.ofSeconds(10));
    try (IngressFixture node = new IngressFixture(c -> c, quick);
        Socket halfOpen = new Socket("127.0.0.1", node.ingress.port())) {
      handshake(halfOpen);
      text(halfOpen, "{" + BEGIN.replace('\'', '"') + "}");
      await().until(() -> call(node).isPresent());
      CallId gone = call(node).orElseThrow();
      try (RealtimeSocket silent = open(node, "")) {
        await().until(() -> silent.hasSeen("session.created"));
        assertThat(detached(node, gone).isHangUp()).isFalse();
        assertThat(silent.closeCode).isZero();
        silent.send(BEGIN);
        await().until(() -> silent.hasSeen("session.updated"));
      }
    }
  }

  @Test
  void whoNeverReadsIsCutOffBeforeWhatTheyAreSentFillsTheMemory() throws IOException {
    try (IngressFixture node =
            new IngressFixture(c -> c.with(limits(256 << 10, 100, Limits.USUAL.rates())));
        Socket deaf = new Socket("127.0.0.1", node.ingress.port())) {
      handshake(deaf);
      text(deaf, "{" + BEGIN.replace('\'', '"') + "}");
      await().until(() -> call(node).isPresent());
      CallId call = call(node).orElseThrow();
      try (Playback egress = new Playback(node.ingress.mediaPortAddress(), "")) {
        AudioBytes second = AudioBytes.wrap(new byte[48_000]);
        for (int i = 1; i <= 500 && node.log.of(call, CallEvent.Detached.class).isEmpty(); i++) {
          egress.send(new MediaFrame.Audio(call, 1, i, "1.1." + i, second));
        }
        assertThat(detached(node, call).reason()).contains("unread");
      }
      assertThat(node.ingress.errorCounts()).containsEntry("carrier-backlog", 1L);
    }
  }

  static void handshake(Socket socket) throws IOException {
    String request =
        "GET /v1/realtime HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    assertThat(socket.getInputStream().readNBytes(12))
        .asString(StandardCharsets.US_ASCII)
        .isEqualTo("HTTP/1.1 101");
  }

  /// One masked text frame of less than 126 bytes (RFC 6455 §5.2) with a mask of zeros.
  private static void text(Socket socket, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer frame = ByteBuffer.allocate(6 + bytes.length).put((byte) 0x81);
    frame.put((byte) (0x80 | bytes.length)).putInt(0).put(bytes);
    socket.getOutputStream().write(frame.array());
  }
}
