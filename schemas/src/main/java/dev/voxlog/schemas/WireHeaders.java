package dev.voxlog.schemas;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/// The headers of the log's records.
///
/// `epoch` is eight bytes, big-endian; the others are UTF-8 text: `cause` is
/// `topic/partition/offset`, `seen` `topic/offset` joined with commas (topics by their logical
/// names), `traceparent` as W3C Trace Context has it. Audio records carry the epoch alone. A header
/// that cannot be read counts as absent.
public final class WireHeaders {
  public static final String EPOCH = "epoch";
  public static final String CAUSE = "cause";
  public static final String SEEN = "seen";
  public static final String TRACEPARENT = "traceparent";

  /// What [#epoch(Headers)] gives for a record without one.
  public static final long NO_EPOCH = -1;

  private WireHeaders() {}

  /// The input record that led to an output.
  public record Cause(Topic topic, int partition, long offset) {
    @Override
    public String toString() {
      return topic.id() + "/" + partition + "/" + offset;
    }
  }

  public static long epoch(Headers headers) {
    Header header = headers.lastHeader(EPOCH);
    return header == null || header.value() == null || header.value().length != Long.BYTES
        ? NO_EPOCH
        : ByteBuffer.wrap(header.value()).getLong();
  }

  public static void epoch(Headers headers, long epoch) {
    headers.add(EPOCH, ByteBuffer.allocate(Long.BYTES).putLong(epoch).array());
  }

  public static Optional<Cause> cause(Headers headers) {
    return text(headers, CAUSE).flatMap(WireHeaders::parseCause);
  }

  public static void cause(Headers headers, Cause cause) {
    text(headers, CAUSE, cause.toString());
  }

  /// The next offsets of the writer's other inputs, in the cause's partition.
  public static Map<Topic, Long> seen(Headers headers) {
    Map<Topic, Long> seen = new EnumMap<>(Topic.class);
    for (String part : text(headers, SEEN).orElse("").split(",")) {
      int slash = part.lastIndexOf('/');
      Topic topic = slash < 0 ? null : topic(part.substring(0, slash));
      Long offset = number(part.substring(slash + 1));
      if (topic != null && offset != null) {
        seen.put(topic, offset);
      }
    }
    return seen;
  }

  public static void seen(Headers headers, Map<Topic, Long> seen) {
    if (!seen.isEmpty()) {
      StringBuilder text = new StringBuilder();
      new EnumMap<>(seen)
          .forEach((topic, offset) ->
              text.append(text.isEmpty() ? "" : ",").append(topic.id()).append('/').append(offset));
      text(headers, SEEN, text.toString());
    }
  }

  public static Optional<String> traceparent(Headers headers) {
    return text(headers, TRACEPARENT);
  }

  public static void traceparent(Headers headers, String traceparent) {
    text(headers, TRACEPARENT, traceparent);
  }

  static Optional<String> text(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    return header == null || header.value() == null
        ? Optional.empty()
        : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
  }

  static void text(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  static Optional<Cause> parseCause(String text) {
    String[] parts = text.split("/", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    Topic topic = topic(parts[0]);
    Long partition = number(parts[1]);
    Long offset = number(parts[2]);
    return topic == null || partition == null || offset == null
        ? Optional.empty()
        : Optional.of(new Cause(topic, partition.intValue(), offset));
  }

  private static @Nullable Topic topic(String id) {
    return Arrays.stream(Topic.values()).filter(t -> t.id().equals(id)).findFirst().orElse(null);
  }

  private static @Nullable Long number(String text) {
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
