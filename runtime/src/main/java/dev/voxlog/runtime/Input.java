package dev.voxlog.runtime;

import dev.voxlog.schemas.VoxEvent;

/// What a call's step is given, one at a time.
public sealed interface Input {

  /// A record of an input topic written by another stage, in log order within its topic.
  record Logged(VoxEvent event, long offset) implements Input {}

  /// After a takeover: something this stage itself wrote after its last checkpoint. The inputs that
  /// led to it come again; what the step emits again under the same identity is not written a
  /// second time.
  record Own(VoxEvent event) implements Input {}

  /// The own outputs are all told; inputs follow.
  record Restored() implements Input {}

  /// An engine's answer to [Effects#ask].
  record Answered(String key, Object value) implements Input {}

  /// An engine gave no answer.
  record Failed(String key, Throwable cause) implements Input {}

  /// A timer set by [Effects#timer] is due.
  record TimerDue(String key) implements Input {}

  /// A message from the stage's own sockets.
  record External(Object message) implements Input {}
}
