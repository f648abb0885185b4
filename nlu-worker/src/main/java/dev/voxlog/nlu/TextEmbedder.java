package dev.voxlog.nlu;

/// Text to a vector of unit length, the same number of floats for every text. Safe from any thread.
@FunctionalInterface
public interface TextEmbedder {
  float[] embed(String text);
}
