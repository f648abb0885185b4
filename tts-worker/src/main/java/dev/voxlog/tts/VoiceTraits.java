package dev.voxlog.tts;

/// Which voice this is and how it wants its text. `settings` names everything else that changes the
/// sound; a `isSentenceWise` voice is given whole sentences rather than clauses.
public record VoiceTraits(
    String engine, String voice, String settings, int sampleRate, boolean isSentenceWise) {

  /// What tells this voice's sound from any other's.
  public String id() {
    return engine + "/" + voice + "/" + settings;
  }
}
