package dev.voxlog.cli.doctor;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// What a cluster tells about itself; empty or missing is what it does not tell.
///
/// @param features the finalised levels by name, such as metadata.version
/// @param config of one broker
/// @param topics ours that are there, by name
/// @param room in the log folder that has the least
/// @param newest the latest time of a record in the calls' topic
record BrokerFacts(
    int nodes,
    Map<String, Integer> features,
    Map<String, String> config,
    Map<String, TopicFacts> topics,
    Optional<Room> room,
    Optional<Instant> newest) {
  BrokerFacts {
    features = Map.copyOf(features);
    config = Map.copyOf(config);
    topics = Map.copyOf(topics);
  }

  /// @param replicas of the first partition
  /// @param outOfSync partitions with fewer replicas in sync than they have
  /// @param leaderless partitions that nobody serves
  /// @param minInSync min.insync.replicas, 0 if it is not told
  record TopicFacts(int replicas, int outOfSync, int leaderless, int minInSync) {}

  /// Bytes of a broker's log folder.
  record Room(long usable, long total) {}
}
