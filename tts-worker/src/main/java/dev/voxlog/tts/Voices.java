package dev.voxlog.tts;

import java.util.List;

/// The speech engines of a process. Thread-safe.
@FunctionalInterface
public interface Voices extends AutoCloseable {

  /// The voice an agent file asks for, then those that take over, in order, when it fails.
  ///
  /// @throws VoiceException if there is no such voice; says what to write instead
  List<Voice> of(dev.voxlog.agent.Voice wanted);

  @Override
  default void close() {}
}
