package dev.voxlog.schemas;

/// The records of the compacted topic of agent files: the key is the file's name@hash, the value
/// the agent module's bundle, as bytes.
public final class AgentRecord {
  /// The logical name of the topic.
  public static final String TOPIC = "agents";

  private AgentRecord() {}
}
