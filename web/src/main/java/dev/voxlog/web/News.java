package dev.voxlog.web;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// Something that a call's watcher is told: an event of the operator API with its data.
record News(String name, ObjectNode data) {
  static final String INTERIM = "interim";
  static final String FINAL = "final";

  /// The words so far of an utterance, which later ones replace.
  boolean isInterimOf(int utterance) {
    return name.equals(INTERIM) && data.path("utterance").asInt() == utterance;
  }
}
