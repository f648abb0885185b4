package dev.voxlog.tts;

import dev.voxlog.tts.text.SpokenClause;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Clauses already said, by voice, words and sample rate; the least recently used go when the byte
/// bound is reached. Thread-safe.
final class VoiceCache {
  private static final int OVERHEAD = 512;

  private record Key(String voice, SpokenClause clause, int rate) {}

  private final long bound;
  private final LinkedHashMap<Key, Spoken> entries = new LinkedHashMap<>(64, 0.75f, true);
  private long bytes;

  /// `bound` is in bytes of audio and bookkeeping; 0 keeps nothing.
  VoiceCache(long bound) {
    this.bound = bound;
  }

  /// What was said before, if it is still here.
  synchronized Optional<Spoken> find(String voice, SpokenClause clause, int rate) {
    return Optional.ofNullable(entries.get(new Key(voice, clause, rate)));
  }

  /// Keeps a complete clause; one larger than an eighth of the bound is not kept.
  synchronized void keep(String voice, SpokenClause clause, int rate, Spoken spoken) {
    if (bytes(spoken) > bound / 8) {
      return;
    }
    Spoken replaced = entries.put(new Key(voice, clause, rate), spoken);
    bytes += bytes(spoken) - (replaced == null ? 0 : bytes(replaced));
    var eldest = entries.entrySet().iterator();
    while (bytes > bound && eldest.hasNext()) {
      Map.Entry<Key, Spoken> entry = eldest.next();
      bytes -= bytes(entry.getValue());
      eldest.remove();
    }
  }

  /// Bytes held.
  synchronized long bytes() {
    return bytes;
  }

  /// Clauses held.
  synchronized int size() {
    return entries.size();
  }

  private static long bytes(Spoken spoken) {
    return 2L * spoken.samples().length + OVERHEAD;
  }
}
