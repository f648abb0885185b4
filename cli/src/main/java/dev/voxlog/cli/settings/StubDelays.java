package dev.voxlog.cli.settings;

import java.time.Duration;

/// How long stub engines take: to the final words, to the meaning, to the model's first token, to a
/// sentence's first audio.
public record StubDelays(Duration stt, Duration nlu, Duration llm, Duration tts) {
  /// Whether some of them are waited for on the process's engine threads, each on one of its own.
  boolean keepThreads() {
    return stt.isPositive() || nlu.isPositive() || tts.isPositive();
  }
}
