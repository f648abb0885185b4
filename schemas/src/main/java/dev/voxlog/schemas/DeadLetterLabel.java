package dev.voxlog.schemas;

import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/// What the headers of a dead letter say about its raw bytes: which stage could not read them, why,
/// where they came from (header `origin`, as `topic/partition/offset`), and the call where it is
/// known. Holds no caller content.
public record DeadLetterLabel(
    String stage, String reason, WireHeaders.Cause origin, @Nullable CallId callId) {
  public static final String STAGE = "stage";
  public static final String REASON = "reason";
  public static final String ORIGIN = "origin";
  public static final String CALL_ID = "callId";

  public void write(Headers headers) {
    WireHeaders.text(headers, STAGE, stage);
    WireHeaders.text(headers, REASON, reason);
    WireHeaders.text(headers, ORIGIN, origin.toString());
    if (callId != null) {
      WireHeaders.text(headers, CALL_ID, callId.value());
    }
  }

  /// Empty when the record's headers are not those of a dead letter.
  public static Optional<DeadLetterLabel> read(Headers headers) {
    Optional<WireHeaders.Cause> origin =
        WireHeaders.text(headers, ORIGIN).flatMap(WireHeaders::parseCause);
    Optional<String> stage = WireHeaders.text(headers, STAGE);
    Optional<String> reason = WireHeaders.text(headers, REASON);
    if (origin.isEmpty() || stage.isEmpty() || reason.isEmpty()) {
      return Optional.empty();
    }
    CallId call = WireHeaders.text(headers, CALL_ID).map(CallId::new).orElse(null);
    return Optional.of(new DeadLetterLabel(stage.get(), reason.get(), origin.get(), call));
  }
}
