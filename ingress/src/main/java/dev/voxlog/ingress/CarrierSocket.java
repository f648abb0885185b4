package dev.voxlog.ingress;

/// The carrier's end of a stream, for text messages.
interface CarrierSocket {
  void send(String text);

  /// Whether the carrier has left more unread than it may.
  boolean isBacklogged();

  void close(int code, String reason);
}
