package dev.voxlog.egress;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a predecessor has sent of the call: up to `last`, with the marks that have not come back.
record Inheritance(ChunkName last, Map<String, ChunkName> marks) {

  static Inheritance of(ChunkName last, List<String> outstanding) {
    Map<String, ChunkName> marks = new LinkedHashMap<>();
    for (String name : outstanding) {
      Optional<ChunkName> chunk = MarkName.chunkOf(name);
      chunk.ifPresent(after -> marks.put(name, after));
    }
    return new Inheritance(last, marks);
  }

  /// Whether the caller has it behind them, as far as the marks tell: what comes before the first
  /// outstanding one.
  boolean isPlayed(ChunkName chunk) {
    return marks.values().stream()
        .min(ChunkName::compareTo)
        .map(first -> first.isAfter(chunk))
        .orElse(true);
  }
}
