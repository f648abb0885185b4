package dev.voxlog.models;

import java.util.List;

/// A file that makes an engine work, known by the SHA-256 of its content.
public record Weight(
    String id,
    String title,
    String fileName,
    String sha256,
    long size,
    String licence,
    List<Source> sources) {
  public Weight {
    if (!sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException(id + ": sha256 must be 64 lower-case hex digits");
    }
    if (size <= 0) {
      throw new IllegalArgumentException(id + ": size must be positive");
    }
    sources = List.copyOf(sources);
  }
}
