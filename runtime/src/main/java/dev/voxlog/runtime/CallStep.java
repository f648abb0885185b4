package dev.voxlog.runtime;

import dev.voxlog.schemas.AudioBytes;

/// The logic of one stage for one call: an input at a time, outputs through [Effects], no waiting,
/// no clock, no thread.
///
/// Never called by two threads at once; plain fields are enough.
public interface CallStep {
  void on(Input input);

  /// True when nothing is open: [#state()] then holds all that later steps need from the inputs so
  /// far. The runtime writes a checkpoint when a step comes to rest, and each
  /// [Stage#checkpointEvery()] while it is at rest.
  boolean atRest();

  /// What later steps need from before the safe point. Asked for only at rest.
  AudioBytes state();

  /// The call is over, or goes on at another worker: lets go of what the step holds outside the
  /// log. Nothing may be emitted.
  default void close() {}
}
