package dev.voxlog.agent;

/// What the agent leaves to programs that call it: whether they may give a language model
/// `instructions` of theirs, and choose the `voice`.
public record Realtime(boolean instructions, boolean voice) {
  public static final Realtime DEFAULT = new Realtime(true, true);
}
