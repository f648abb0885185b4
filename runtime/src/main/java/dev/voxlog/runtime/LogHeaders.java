package dev.voxlog.runtime;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import dev.voxlog.schemas.Topic;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/// The record headers: `epoch` (8 bytes, big-endian), and on all but audio `cause` (`topic/partition/offset`) and `seen`
/// (`topic/offset`, joined with commas).
public final class LogHeaders {
  public static final String EPOCH = "epoch";
  public static final String CAUSE = "cause";
  public static final String SEEN = "seen";

  private LogHeaders() {}

  /// The writer's epoch, −1 on a record without one.
  public static long epoch(Headers headers) {
    Header header = headers.lastHeader(EPOCH);
    return header == null || header.value().length != Long.BYTES
        ? -1
        : ByteBuffer.wrap(header.value()).getLong();
  }

  public static void epoch(Headers headers, long epoch) {
    headers.add(EPOCH, ByteBuffer.allocate(Long.BYTES).putLong(epoch).array());
  }

  static void cause(Headers headers, CallActor.Arrival cause, int partition) {
    String text = cause.topic().id() + "/" + partition + "/" + cause.offset();
    headers.add(CAUSE, text.getBytes(StandardCharsets.UTF_8));
  }

  static void seen(
      Headers headers, long[] next, Set<Topic> inputs, CallActor.@Nullable Arrival cause) {
    StringBuilder text = new StringBuilder();
    for (Topic topic : inputs) {
      boolean isCause = cause != null && cause.topic() == topic;
      if (!isCause && next[topic.ordinal()] >= 0) {
        text.append(text.isEmpty() ? "" : ",").append(topic.id()).append('/').append(next[topic.ordinal()]);
      }
    }
    if (!text.isEmpty()) {
      headers.add(SEEN, text.toString().getBytes(StandardCharsets.UTF_8));
    }
  }
}
