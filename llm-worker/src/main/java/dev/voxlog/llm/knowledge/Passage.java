package dev.voxlog.llm.knowledge;

import java.util.List;

/// A paragraph of a document, cut into the sentences it is spoken in; `heading` is what stands above it.
record Passage(String document, String heading, List<String> sentences) {
  Passage {
    sentences = List.copyOf(sentences);
  }

  String text() {
    return String.join(" ", sentences);
  }

  /// What the passage is found by.
  String searched() {
    return heading.isEmpty() ? text() : heading + ". " + text();
  }
}
