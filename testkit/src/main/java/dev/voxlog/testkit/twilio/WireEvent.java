package dev.voxlog.testkit.twilio;

/// One thing that happened on the wire. `atMicros` is on the caller's clock, whose zero is sample 0
/// of the recording; what came before the first stream has negative times. `bytes` is the audio
/// carried, 0 for all but media.
public record WireEvent(long atMicros, Kind kind, String detail, int bytes) {

  /// What happened; the detail is named in brackets.
  public enum Kind {
    /// TwiML was read (the verbs).
    TWIML,
    /// The WebSocket is open and `start` was sent (stream id).
    STREAM_STARTED,
    /// The WebSocket could not be opened (reason).
    STREAM_REFUSED,
    /// The first or a further piece of the agent's audio arrived.
    MEDIA,
    /// A mark arrived (name).
    MARK,
    /// A mark was sent back (name).
    MARK_RETURNED,
    CLEAR,
    /// A key was pressed (digit).
    DTMF,
    /// Something arrived that Twilio would refuse with error 31924 (what).
    INVALID,
    /// The WebSocket is closed (code and reason).
    STREAM_CLOSED,
    /// The call is over (how).
    ENDED
  }

  public double atMs() {
    return atMicros / 1000.0;
  }

  public long sample() {
    return Math.floorDiv(atMicros, 125L);
  }
}
