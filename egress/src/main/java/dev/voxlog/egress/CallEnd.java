package dev.voxlog.egress;

/// The reasons of ENDED.
final class CallEnd {
  /// The agent said goodbye, and was heard.
  static final String COMPLETED = "completed";

  static final String TRANSFERRED = "transferred";

  /// The caller hung up.
  static final String HUNG_UP = "hung-up";

  /// The caller's stream broke and did not come back.
  static final String LOST = "lost";

  /// What ingress calls it when it closed the stream because this stage asked for it.
  static final String AGENT_HUNG_UP = "agent-hung-up";

  private CallEnd() {}
}
