package dev.voxlog.schemas;

/// The stages that write to the log.
public enum StageName {
  INGRESS,
  STT,
  NLU,
  LLM,
  TTS,
  EGRESS,
  CLI,
  ANALYTICS,
  UNKNOWN;

  /// The word used in configuration, metrics and headers.
  public String id() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
