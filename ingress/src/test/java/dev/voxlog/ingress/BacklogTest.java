package dev.voxlog.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.voxlog.ingress.IngressConfig.Limits;
import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.CallerAudio;
import dev.voxlog.schemas.media.MediaFrame;
import dev.voxlog.testkit.twilio.TwilioCaller;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BacklogTest {
  private static final CallId CALL = new CallId("twilio-CAdeaf");

  @Test
  void aCarrierThatNeverReadsIsCutOffAloneBeforeItsAudioFillsTheMemory() throws IOException {
    try (IngressFixture node =
            new IngressFixture(c ->
                c.with(
                    new Limits(
                        256 << 10,
                        64 << 10,
                        10,
                        100,
                        Limits.USUAL.rates(),
                        Limits.USUAL.overload())));
        Socket deaf = new Socket("127.0.0.1", node.ingress.port())) {
      TwilioCaller other = node.call();
      handshake(deaf);
      text(deaf, "{\"event\":\"connected\"}");
      text(deaf, "{\"event\":\"start\",\"streamSid\":\"MZ1\",\"start\":{\"callSid\":\"CAdeaf\"}}");
      await().until(() -> !node.log.of(CALL, CallEvent.Attached.class).isEmpty());
      try (Playback egress = new Playback(node.ingress.mediaPortAddress(), "")) {
        AudioBytes second = AudioBytes.wrap(new byte[8_000]);
        for (int i = 1; i <= 3_000; i++) {
          egress.send(new MediaFrame.Audio(CALL, 1, i, "1.1." + i, second));
        }
        await().until(() -> !node.log.of(CALL, CallEvent.Detached.class).isEmpty());
      }

      assertThat(node.log.of(CALL, CallEvent.Detached.class).getFirst().reason())
          .contains("unread");
      assertThat(node.ingress.errorCounts()).containsEntry("carrier-backlog", 1L);
      int before = node.log.audio(IngressFixture.id(other)).size();
      await().until(() -> node.log.audio(IngressFixture.id(other)).size() > before + 10);
      assertThat(node.log.of(IngressFixture.id(other), CallerAudio.Gap.class)).isEmpty();
    }
  }

  private static void handshake(Socket socket) throws IOException {
    String request =
        "GET /twilio/stream HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    assertThat(socket.getInputStream().readNBytes(12))
        .asString(StandardCharsets.US_ASCII)
        .isEqualTo("HTTP/1.1 101");
  }

  /// One masked text frame (RFC 6455 §5.2) with a mask of zeros.
  private static void text(Socket socket, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    boolean isShort = bytes.length < 126;
    ByteBuffer frame = ByteBuffer.allocate((isShort ? 6 : 8) + bytes.length).put((byte) 0x81);
    if (isShort) {
      frame.put((byte) (0x80 | bytes.length));
    } else {
      frame.put((byte) (0x80 | 126)).putShort((short) bytes.length);
    }
    socket.getOutputStream().write(frame.putInt(0).put(bytes).array());
  }
}
