package dev.voxlog.runtime;

import dev.voxlog.schemas.Topic;

/// The physical name of a logical topic in this estate.
@FunctionalInterface
public interface TopicNames {
  String of(Topic topic);
}
