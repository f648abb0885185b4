package dev.voxlog.ingress;

import static dev.voxlog.ingress.IngressFixture.id;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.CallerAudio;
import dev.voxlog.testkit.twilio.CallRecording;
import dev.voxlog.testkit.twilio.TwilioCaller;
import dev.voxlog.testkit.twilio.WireEvent.Kind;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/// Mutated messages come in on several sockets while a call runs: nothing breaks, nothing stays,
/// and the call loses no frame.
class StreamFuzzIT {
  private static final int SOCKETS = 4;
  private static final int MESSAGES_OF_A_SOCKET = 400;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /// What a million messages may leave behind. The collector's own needs are within it.
  private static final long MOST_LEFT_BYTES = 24 << 20;

  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private final IngressFixture node = new IngressFixture();
  private final TwilioCaller caller = node.call();

  @BeforeEach
  void listen() {
    CallId ofCaller = id(caller);
    node.log.keeps = event -> ofCaller.equals(event.callId());
    logged.start();
    ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).addAppender(logged);
    await().until(() -> node.log.audio(ofCaller).size() > 5);
  }

  @AfterEach
  void stop() {
    ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).detachAppender(logged);
    node.close();
  }

  @Test
  void mutatedMessagesHarmNobody() throws Exception {
    fuzz(1, 40_000);
    theCallIsUnharmed();
  }

  @Tag("long")
  @Test
  void aMillionMutatedMessagesHarmNobodyAndLeaveNothing() throws Exception {
    fuzz(2, 100_000);
    long before = liveBytes();
    fuzz(3, 1_000_000);
    long left = liveBytes() - before;
    System.out.printf("a million messages left %,d bytes%n", left);
    assertThat(left).isLessThan(MOST_LEFT_BYTES);
    theCallIsUnharmed();
  }

  private void theCallIsUnharmed() {
    int before = node.log.audio(id(caller)).size();
    await().atMost(PATIENCE).until(() -> node.log.audio(id(caller)).size() > before + 25);
    await().atMost(PATIENCE).until(() -> node.ingress.activeCalls() == 1);
    CallRecording recording = caller.hangUp().join();
    await().until(() -> node.log.audio(id(caller)).getLast() instanceof CallerAudio.End);

    List<CallerAudio> audio = node.log.audio(id(caller));
    for (int i = 0; i < audio.size(); i++) {
      assertThat(audio.get(i).sequence()).isEqualTo(i);
      assertThat(audio.get(i).mediaMs()).isEqualTo(i * 20L);
    }
    assertThat(node.log.of(id(caller), CallEvent.Error.class)).isEmpty();
    assertThat(recording.events(Kind.INVALID)).isEmpty();
    assertThat(node.ingress.isHealthy()).isTrue();
    assertThat(node.ingress.errorCounts())
        .containsKeys("malformed-message", "wrong-order", "bad-base64", "socket-error");
    assertThat(logged.list)
        .filteredOn(line -> line.getLevel().isGreaterOrEqual(Level.ERROR))
        .isEmpty();
  }

  private static long liveBytes() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private void fuzz(int seed, int messages) throws Exception {
    List<Future<?>> attacks = new ArrayList<>();
    try (HttpClient http = HttpClient.newHttpClient();
        ExecutorService attackers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int each = 0; each < SOCKETS; each++) {
        long ofSocket = seed * 1_000L + each;
        attacks.add(attackers.submit(() -> text(http, ofSocket, messages / SOCKETS)));
      }
      attacks.add(attackers.submit(() -> bytes(seed * 1_000L, messages / 2_000)));
      for (Future<?> attack : attacks) {
        attack.get();
      }
    }
  }

  /// The wire of one call, by number: few calls, so that sockets also fight for the same one.
  private static List<String> conversation(int call) {
    String sid = "%032x".formatted(call);
    String payload = "/v7+".repeat(40);
    return List.of(
        "{\"event\":\"connected\",\"protocol\":\"Call\",\"version\":\"1.0.0\"}",
        "{\"event\":\"start\",\"sequenceNumber\":\"1\",\"streamSid\":\"MZ%1$s\",\"start\":{\"accountSid\":\"AC0\",\"streamSid\":\"MZ%1$s\",\"callSid\":\"CA%1$s\",\"tracks\":[\"inbound\"],\"mediaFormat\":{\"encoding\":\"audio/x-mulaw\",\"sampleRate\":8000,\"channels\":1},\"customParameters\":{\"from\":\"+15550100001\"}}}"
            .formatted(sid),
        "{\"event\":\"media\",\"sequenceNumber\":\"3\",\"streamSid\":\"MZ%s\",\"media\":{\"track\":\"inbound\",\"chunk\":\"1\",\"timestamp\":\"20\",\"payload\":\"%s\"}}"
            .formatted(sid, payload),
        "{\"event\":\"dtmf\",\"streamSid\":\"MZ%s\",\"sequenceNumber\":\"5\",\"dtmf\":{\"track\":\"inbound_track\",\"digit\":\"1\"}}"
            .formatted(sid),
        "{\"event\":\"mark\",\"sequenceNumber\":\"4\",\"streamSid\":\"MZ%s\",\"mark\":{\"name\":\"1.0.0\"}}"
            .formatted(sid),
        "{\"event\":\"stop\",\"sequenceNumber\":\"6\",\"streamSid\":\"MZ%s\",\"stop\":{\"accountSid\":\"AC0\",\"callSid\":\"CA%1$s\"}}"
            .formatted(sid));
  }

  private @Nullable Void text(HttpClient http, long seed, int messages) {
    SplittableRandom random = new SplittableRandom(seed);
    URI stream = URI.create("ws://127.0.0.1:" + node.ingress.port() + "/twilio/stream");
    for (int sent = 0; sent < messages; ) {
      List<String> conversation = conversation(random.nextInt(20));
      MessageMutator mutator = new MessageMutator(random.nextLong(), conversation);
      WebSocket socket =
          http.newWebSocketBuilder().buildAsync(stream, new WebSocket.Listener() {}).join();
      try {
        if (random.nextInt(4) > 0) {
          socket.sendText(conversation.get(0), true).join();
          socket.sendText(conversation.get(1), true).join();
        }
        for (int of = 0; of < MESSAGES_OF_A_SOCKET && sent < messages; of++, sent++) {
          if (random.nextInt(200) == 0) {
            socket
                .sendBinary(ByteBuffer.wrap(conversation.get(2).getBytes(ISO_8859_1)), true)
                .join();
          } else {
            socket.sendText(mutator.next(), true).join();
          }
        }
      } catch (CompletionException e) {
        // The node has closed it, as it may.
        assertThat(e).hasCauseInstanceOf(IOException.class);
      } finally {
        socket.abort();
      }
    }
    return null;
  }

  /// Frames that are none: any opcode, length, mask and reserved bits.
  private @Nullable Void bytes(long seed, int sockets) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] handshake =
        ("GET /twilio/stream HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n")
            .getBytes(ISO_8859_1);
    for (int each = 0; each < sockets; each++) {
      try (Socket socket = new Socket("127.0.0.1", node.ingress.port())) {
        socket.getOutputStream().write(handshake);
        for (int frame = 0; frame < 10; frame++) {
          byte[] bytes = new byte[1 + random.nextInt(300)];
          random.nextBytes(bytes);
          socket.getOutputStream().write(bytes);
        }
      } catch (IOException e) {
        // Closed by the node before all was written.
        assertThat(e).hasMessageMatching("(?i).*(broken pipe|connection reset).*");
      }
    }
    return null;
  }
}
