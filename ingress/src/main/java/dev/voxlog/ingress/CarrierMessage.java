package dev.voxlog.ingress;

import dev.voxlog.schemas.AudioBytes;
import java.util.Map;

/// What a carrier says on a call's stream.
public sealed interface CarrierMessage {

  record Connected() implements CarrierMessage {}

  /// The stream begins. `parameters` are those given when it was asked for.
  record Start(String streamId, String carrierCallId, Map<String, String> parameters)
      implements CarrierMessage {
    public Start {
      parameters = Map.copyOf(parameters);
    }
  }

  /// The caller's voice. `timestampMs` counts from the stream's start.
  record Media(long timestampMs, AudioBytes audio) implements CarrierMessage {}

  /// The caller's voice, but its bytes cannot be read.
  record BrokenMedia(String reason) implements CarrierMessage {}

  record Dtmf(String digit) implements CarrierMessage {}

  record Mark(String name) implements CarrierMessage {}

  /// The carrier says that the call is over.
  record Stop() implements CarrierMessage {}

  /// Nothing this version needs.
  record Ignored(String event) implements CarrierMessage {}
}
