package dev.voxlog.llm.knowledge;

import java.util.List;

/// A paragraph of a document, cut into the sentences it is spoken in; `title` and `heading` are
/// what stands above it. A heading may be questions that the paragraph answers.
record Passage(String document, String title, List<String> heading, List<String> sentences) {
  Passage {
    heading = List.copyOf(heading);
    sentences = List.copyOf(sentences);
  }

  String text() {
    return String.join(" ", sentences);
  }

  /// The words it is found by.
  String searched() {
    return String.join(" ", title + ".", String.join(" ", heading), text());
  }

  /// What it says, as a whole.
  String meaning() {
    return title.isEmpty() ? text() : title + ". " + text();
  }
}
