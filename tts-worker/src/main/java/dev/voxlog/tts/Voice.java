package dev.voxlog.tts;

import dev.voxlog.tts.text.SpokenClause;

/// An engine that says a clause.
///
/// Thread-safe. `speak` computes on the calling thread and may take tens to hundreds of milliseconds.
public interface Voice extends AutoCloseable {

  VoiceTraits traits();

  /// Says the clause into `sink`, first its word times, then audio at the traits' sample rate, in order,
  /// on the calling thread. Returns early and quietly once cancelled.
  ///
  /// @throws VoiceException if the engine fails; audio given before stays valid
  void speak(SpokenClause clause, AudioSink sink, Cancellation cancellation);

  /// Frees what this voice alone holds.
  @Override
  default void close() {}
}
