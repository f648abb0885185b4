package dev.voxlog.ingress;

import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.Codec;

/// One carrier's wire format as pure functions, safe from any thread.
public interface Carrier {
  /// The word used in records and call ids.
  String name();

  Codec codec();

  /// Reads one text message.
  ///
  /// @throws MalformedMessageException if it is none of the carrier's
  CarrierMessage read(String text) throws MalformedMessageException;

  /// Audio to be played after everything sent before.
  String media(String streamId, AudioBytes audio);

  /// Comes back once everything before it has been played or cleared.
  String mark(String streamId, String name);

  /// Drops what has not been played.
  String clear(String streamId);

  /// The platform's id of the carrier's call: the same for every stream of it.
  default CallId callId(String carrierCallId) {
    return new CallId(name() + "-" + carrierCallId);
  }
}
