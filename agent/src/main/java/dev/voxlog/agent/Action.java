package dev.voxlog.agent;

/// What the dialogue can do by itself when an intent calls for it.
public enum Action {
  /// Answer from the knowledge folder.
  ANSWER,
  /// Hand the call to a person.
  TRANSFER,
  /// Say goodbye, then end the call.
  HANG_UP,
  /// Say the last turn again.
  REPEAT,
  /// Agree to what was asked.
  YES,
  /// Decline what was asked.
  NO,
  /// Leave the flow that is going on.
  CANCEL,
  /// Wait in silence: the caller needs a moment.
  HOLD_ON,
  /// Say what the agent can do.
  HELP,
  /// Say that this is beyond the agent, and what it can do.
  UNSURE
}
