package dev.voxlog.cli.load.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class WebSocketFramesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final MediaWriter writer = new MediaWriter("MZ1");

  /// The payload of a client's frame, unmasked.
  private static byte[] payload(ByteBuffer frame) {
    int length = frame.get(frame.position() + 1) & 0x7F;
    int header = (length == 126 ? 4 : 2) + 4;
    byte[] all = new byte[frame.remaining() - header];
    frame.get(frame.position() + header, all);
    for (int i = 0; i < all.length; i++) {
      all[i] ^= frame.get(frame.position() + header - 4 + i % 4);
    }
    return all;
  }

  @Test
  void aFrameOfAudioIsWhatACarrierSends() throws IOException {
    Talk talk = new Talk(Duration.ofMillis(1_200), Duration.ofSeconds(8), null);
    Saying tones = new CallerFrames().sayings(talk).getFirst();
    assertThat(tones.payload(0)).isNotEqualTo(tones.pause(0));
    assertThat(tones.payload(60)).isEqualTo(tones.pause(60));
    ByteBuffer _ = writer.media(tones.pause(0));
    ByteBuffer frame = writer.media(tones.payload(59));
    assertThat(frame.get(frame.position()) & 0xFF).isEqualTo(0x81);
    assertThat(frame.get(frame.position() + 1) & 0x80).as("masked").isEqualTo(0x80);
    JsonNode message = JSON.readTree(payload(frame));
    assertThat(message.at("/event").asText()).isEqualTo("media");
    assertThat(message.at("/streamSid").asText()).isEqualTo("MZ1");
    assertThat(message.at("/sequenceNumber").asText()).isEqualTo("3");
    assertThat(message.at("/media/chunk").asText()).isEqualTo("2");
    assertThat(message.at("/media/timestamp").asText()).isEqualTo("20");
    assertThat(Base64.getDecoder().decode(message.at("/media/payload").asText())).hasSize(160);
  }

  @Test
  void shortMessagesHaveTheShortHeader() {
    ByteBuffer frame = writer.text("{}");
    assertThat(frame.remaining()).isEqualTo(2 + 4 + 2);
    assertThat(new String(payload(frame), StandardCharsets.US_ASCII)).isEqualTo("{}");
  }

  @Test
  void whatIsSentDoesNotStandThereAsItIs() {
    ByteBuffer frame = writer.text("{\"event\":\"connected\"}");
    byte[] sent = new byte[frame.remaining()];
    frame.get(sent);
    assertThat(new String(sent, StandardCharsets.ISO_8859_1)).doesNotContain("event");
  }

  @Test
  void whatAServerSendsIsReadHoweverItIsCut() throws IOException {
    byte[] all =
        join(
            server(0x81, "{\"event\":\"clear\"}"),
            server(0x01, "a".repeat(200)),
            server(0x89, "ping"),
            server(0x80, "b".repeat(70_000)));
    for (int step : new int[] {1, 7, 1_000, all.length}) {
      List<String> read = new ArrayList<>();
      FrameReader reader = new FrameReader();
      ReadableByteChannel channel = channel(all, step);
      assertThatThrownBy(() ->
              reader.read(channel, (opcode, message) -> read.add(opcode + " " + message.length)))
          .isInstanceOf(EOFException.class);
      assertThat(read).containsExactly("1 17", "9 4", "1 70200");
    }
  }

  private static ReadableByteChannel channel(byte[] all, int step) {
    return Channels.newChannel(
        new ByteArrayInputStream(all) {
          @Override
          public synchronized int read(byte[] into, int from, int length) {
            return super.read(into, from, Math.min(length, step));
          }
        });
  }

  private static byte[] server(int first, String payload) {
    int length = payload.length();
    ByteBuffer frame = ByteBuffer.allocate(length + 10).put((byte) first);
    if (length < 126) {
      frame.put((byte) length);
    } else if (length < 65_536) {
      frame.put((byte) 126).putShort((short) length);
    } else {
      frame.put((byte) 127).putLong(length);
    }
    frame.put(payload.getBytes(StandardCharsets.US_ASCII));
    return Arrays.copyOf(frame.array(), frame.position());
  }

  private static byte[] join(byte[]... parts) {
    ByteBuffer all = ByteBuffer.allocate(Arrays.stream(parts).mapToInt(each -> each.length).sum());
    Arrays.stream(parts).forEach(all::put);
    return all.array();
  }
}
