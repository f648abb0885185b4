package dev.voxlog.tts;

import dev.voxlog.audio.Pcm;
import dev.voxlog.schemas.Word;
import dev.voxlog.tts.text.SpokenClause;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Clauses already said, by voice, words and sample rate; the least recently used go when the byte
/// bound is reached. Thread-safe.
public final class VoiceCache {
  private static final int OVERHEAD = 512;

  private record Key(String voice, SpokenClause clause, int rate) {}

  private final long bound;
  private final LinkedHashMap<Key, Spoken> entries = new LinkedHashMap<>(64, 0.75f, true);
  private long bytes;

  /// `bound` is in bytes of audio and bookkeeping; 0 keeps nothing.
  public VoiceCache(long bound) {
    this.bound = bound;
  }

  /// What was said before, if it is still here.
  public synchronized Optional<Spoken> find(String voice, SpokenClause clause, int rate) {
    return Optional.ofNullable(entries.get(new Key(voice, clause, rate)));
  }

  /// Keeps a complete clause; one larger than an eighth of the bound is not kept.
  public synchronized void keep(String voice, SpokenClause clause, int rate, Spoken spoken) {
    if (spoken.bytes() > bound / 8) {
      return;
    }
    Spoken replaced = entries.put(new Key(voice, clause, rate), spoken);
    bytes += spoken.bytes() - (replaced == null ? 0 : replaced.bytes());
    var eldest = entries.entrySet().iterator();
    while (bytes > bound && eldest.hasNext()) {
      Map.Entry<Key, Spoken> entry = eldest.next();
      bytes -= entry.getValue().bytes();
      eldest.remove();
    }
  }

  /// Bytes held.
  public synchronized long bytes() {
    return bytes;
  }

  /// Clauses held.
  public synchronized int size() {
    return entries.size();
  }

  /// A clause's sound and word times, kept as 16-bit samples.
  public static final class Spoken {
    private final short[] samples;
    private final List<Word> words;

    public Spoken(float[] samples, List<Word> words) {
      this.samples = Pcm.toShorts(samples);
      this.words = List.copyOf(words);
    }

    public float[] samples() {
      return Pcm.toFloats(samples);
    }

    public List<Word> words() {
      return words;
    }

    long bytes() {
      return 2L * samples.length + OVERHEAD;
    }
  }
}
