package dev.voxlog.llm.knowledge;

import java.util.List;

/// A passage that was found: its document, how well it answers (0 to 1), and the sentences to say.
public record Found(String document, double score, List<String> sentences) {
  public Found {
    sentences = List.copyOf(sentences);
  }
}
