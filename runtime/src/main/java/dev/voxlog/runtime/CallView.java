package dev.voxlog.runtime;

import dev.voxlog.agent.AgentBundle;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import org.jspecify.annotations.Nullable;

/// What the `calls` topic has told about a call so far, kept up to date by the runtime before each
/// input.
public interface CallView {
  CallId id();

  /// How the call began. After a takeover without the numbers, the parameters and the program's
  /// instructions, but for the caller's number where [Stage#needsCallerNumber()], and the
  /// instructions where [Stage#needsInstructions()].
  CallEvent.Started started();

  /// The agent file the call is pinned to, with its knowledge.
  AgentBundle agent();

  /// The latest attach, null before the first.
  CallEvent.@Nullable Attached attached();

  /// The kind of answer the dialogue waits for, null before the first EXPECTS.
  CallEvent.@Nullable Expects expects();
}
