package dev.voxlog.cli.load.caller;

import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;

/// Writes one stream's messages as a carrier does, each as a WebSocket frame (RFC 6455). Frames of
/// audio are put together from ready pieces. Confined to one thread.
final class MediaWriter {
  private static final int FINAL_TEXT = 0x81;
  private static final int FINAL_PONG = 0x8A;
  private static final int FINAL_CLOSE = 0x88;
  private static final int MASKED = 0x80;
  private static final int TWO_MORE_BYTES = 126;
  private static final int HEADER = 2 + 2 + 4;

  private static final byte[] MEDIA =
      CallerFrames.ascii("{\"event\":\"media\",\"sequenceNumber\":\"");
  private static final byte[] CHUNK =
      CallerFrames.ascii("\"media\":{\"track\":\"inbound\",\"chunk\":\"");
  private static final byte[] TIMESTAMP = CallerFrames.ascii("\",\"timestamp\":\"");
  private static final byte[] PAYLOAD = CallerFrames.ascii("\",\"payload\":\"");
  private static final byte[] END = CallerFrames.ascii("\"}}");

  private final ByteBuffer buffer = ByteBuffer.allocateDirect(2_048);

  /// One for all frames of a stream: that it cannot be guessed is a matter of browsers.
  private final int mask = ThreadLocalRandom.current().nextInt() | 1;

  private final String streamSid;
  private final byte[] stream;
  private long sequence = 1;
  private long chunk;

  MediaWriter(String streamSid) {
    this.streamSid = streamSid;
    this.stream = CallerFrames.ascii("\",\"streamSid\":\"" + streamSid + "\",");
  }

  /// The next 20 ms. What is given is valid until the next message.
  ByteBuffer media(byte[] payload) {
    begin();
    buffer.put(MEDIA);
    CallerFrames.number(buffer, ++sequence);
    buffer.put(stream).put(CHUNK);
    CallerFrames.number(buffer, chunk + 1);
    buffer.put(TIMESTAMP);
    CallerFrames.number(buffer, chunk * Talk.FRAME.toMillis());
    buffer.put(PAYLOAD).put(payload).put(END);
    chunk++;
    return end(FINAL_TEXT);
  }

  /// A mark that was passed; its name as it came, quoted.
  ByteBuffer mark(String quotedName) {
    return text(
        "{\"event\":\"mark\",\"sequenceNumber\":\"%d\",\"streamSid\":\"%s\",\"mark\":{\"name\":\"%s\"}}"
            .formatted(++sequence, streamSid, quotedName));
  }

  ByteBuffer stop(String callSid) {
    return text(
        "{\"event\":\"stop\",\"sequenceNumber\":\"%d\",\"streamSid\":\"%s\",\"stop\":{\"callSid\":\"%s\"}}"
            .formatted(++sequence, streamSid, callSid));
  }

  ByteBuffer text(String message) {
    begin();
    buffer.put(CallerFrames.ascii(message));
    return end(FINAL_TEXT);
  }

  /// The answer to a ping.
  ByteBuffer pong(byte[] ping) {
    begin();
    buffer.put(ping);
    return end(FINAL_PONG);
  }

  ByteBuffer close() {
    begin();
    return end(FINAL_CLOSE);
  }

  private void begin() {
    buffer.clear().position(HEADER);
  }

  /// Clients must mask (RFC 6455, 5.3).
  private ByteBuffer end(int opcode) {
    int length = buffer.position() - HEADER;
    long twice = (long) mask << Integer.SIZE | mask & 0xFFFF_FFFFL;
    // What lies behind the message is masked with its last bytes and not sent.
    for (int i = HEADER; i < HEADER + length; i += Long.BYTES) {
      buffer.putLong(i, buffer.getLong(i) ^ twice);
    }
    buffer.flip();
    int start = length < TWO_MORE_BYTES ? 2 : 0;
    buffer.put(start, (byte) opcode);
    if (start == 0) {
      buffer.put(1, (byte) (MASKED | TWO_MORE_BYTES)).putShort(2, (short) length);
    } else {
      buffer.put(start + 1, (byte) (MASKED | length));
    }
    buffer.putInt(HEADER - Integer.BYTES, mask);
    return buffer.position(start);
  }
}
