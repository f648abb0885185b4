package dev.voxlog.runtime;

import dev.voxlog.schemas.Topic;
import java.util.EnumMap;
import java.util.Map;

/// What a commit's metadata says to the next owner: the fences so far and, per output topic, the offset from which to read
/// this stage's own records. Kept well under the 512 bytes that a broker is asked to store.
record CommitNote(Fences fences, Map<Topic, Long> tails) {
  private static final String VERSION = "1";

  static CommitNote none() {
    return new CommitNote(new Fences(), Map.of());
  }

  String encode() {
    StringBuilder text = new StringBuilder(VERSION).append(';').append(fences.encode()).append(';');
    boolean isFirst = true;
    for (Map.Entry<Topic, Long> tail : tails.entrySet()) {
      text.append(isFirst ? "" : ",")
          .append(tail.getKey().ordinal())
          .append('.')
          .append(Long.toString(tail.getValue(), 36));
      isFirst = false;
    }
    return text.toString();
  }

  /// Reads a note; one of another version or none at all says nothing.
  static CommitNote decode(String text) {
    String[] parts = text.split(";", -1);
    if (parts.length != 3 || !parts[0].equals(VERSION)) {
      return none();
    }
    Map<Topic, Long> tails = new EnumMap<>(Topic.class);
    for (String part : parts[2].isEmpty() ? new String[0] : parts[2].split(",")) {
      String[] fields = part.split("\\.");
      tails.put(Topic.values()[Integer.parseInt(fields[0])], Long.parseLong(fields[1], 36));
    }
    return new CommitNote(Fences.decode(parts[1]), tails);
  }
}
