package dev.voxlog.tts;

import dev.voxlog.tts.text.SpokenClause;

/// An engine that says a clause.
///
/// Thread-safe. `speak` computes on the calling thread and may take tens to hundreds of
/// milliseconds. The same clause always sounds the same: a successor takes a sentence up where its
/// predecessor stopped, and the seam must not be heard.
public interface Voice extends AutoCloseable {

  VoiceTraits traits();

  /// Says the clause into `sink`, first its word times, then audio at the traits' sample rate, in
  /// order, on the calling thread. Returns early and quietly once stopped.
  ///
  /// @throws VoiceException if the engine fails; audio given before stays valid
  void speak(SpokenClause clause, AudioSink sink, StopSignal stop);

  /// Frees what this voice alone holds.
  @Override
  default void close() {}
}
