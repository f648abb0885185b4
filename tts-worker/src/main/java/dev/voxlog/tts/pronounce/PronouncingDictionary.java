package dev.voxlog.tts.pronounce;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/// CMUdict as it is on disk, one `"word": "PHONES"` a line, with a hash table of line offsets over
/// it: five megabytes instead of twenty as a map. Immutable and thread-safe.
public final class PronouncingDictionary {
  private static final int TABLE_SIZE = 1 << 19;

  private final byte[] text;
  private final int[] table = new int[TABLE_SIZE];

  private PronouncingDictionary(byte[] text) {
    this.text = text;
    Arrays.fill(table, -1);
  }

  /// Reads the dictionary file.
  public static PronouncingDictionary load(Path file) throws IOException {
    return of(Files.readAllBytes(file));
  }

  static PronouncingDictionary of(byte[] text) {
    PronouncingDictionary dictionary = new PronouncingDictionary(text);
    int line = 0;
    while (line < text.length) {
      int end = indexOf(text, '\n', line);
      int quote = indexOf(text, '"', line);
      if (quote < end) {
        dictionary.add(quote + 1);
      }
      line = end + 1;
    }
    return dictionary;
  }

  /// The first pronunciation of a lower-case word.
  public Optional<Pronunciation> find(String word) {
    byte[] key = word.getBytes(StandardCharsets.UTF_8);
    int slot = slot(key, 0, key.length);
    while (table[slot] >= 0) {
      int start = table[slot];
      int end = start + key.length;
      if (end < text.length
          && text[end] == '"'
          && Arrays.equals(text, start, end, key, 0, key.length)) {
        int from = indexOf(text, '"', end + 1) + 1;
        int to = indexOf(text, '"', from);
        return Optional.of(
            Pronunciation.parse(new String(text, from, to - from, StandardCharsets.US_ASCII)));
      }
      slot = (slot + 1) % TABLE_SIZE;
    }
    return Optional.empty();
  }

  private void add(int start) {
    int slot = slot(text, start, indexOf(text, '"', start));
    while (table[slot] >= 0) {
      slot = (slot + 1) % TABLE_SIZE;
    }
    table[slot] = start;
  }

  private static int slot(byte[] bytes, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    return Math.floorMod(hash * 0x9E3779B9 >>> 8, TABLE_SIZE);
  }

  private static int indexOf(byte[] bytes, char wanted, int from) {
    int i = from;
    while (i < bytes.length && bytes[i] != wanted) {
      i++;
    }
    return i;
  }
}
