package dev.voxlog.runtime;

import dev.voxlog.runtime.Fences.Fence;
import dev.voxlog.schemas.StageName;
import dev.voxlog.schemas.Topic;
import java.util.EnumMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a commit's metadata says to the next owner: the epochs in force where its inputs begin; per
/// output topic the offset from which to read this stage's own records, and the stage's own epoch
/// in force there.
///
/// Written as `version;fences;tails;own epochs`, numbers to base 36, so that it stays under the 512
/// bytes that are asked of a broker.
record CommitNote(Map<Fence, Long> fences, Map<Topic, Long> tails, Map<Topic, Long> ownEpochs) {
  private static final Logger log = LoggerFactory.getLogger(CommitNote.class);
  private static final String VERSION = "1";
  private static final int RADIX = 36;

  static CommitNote none() {
    return new CommitNote(Map.of(), Map.of(), Map.of());
  }

  String encode() {
    StringJoiner epochs = new StringJoiner(",");
    new TreeMap<>(fences)
        .forEach((fence, epoch) ->
            epochs.add(
                fence.topic().ordinal() + "." + fence.writer().ordinal() + "." + number(epoch)));
    return String.join(";", VERSION, epochs.toString(), encoded(tails), encoded(ownEpochs));
  }

  private static String encoded(Map<Topic, Long> offsets) {
    StringJoiner text = new StringJoiner(",");
    offsets.forEach((topic, offset) -> text.add(topic.ordinal() + "." + number(offset)));
    return text.toString();
  }

  private static String number(long value) {
    return Long.toString(value, RADIX);
  }

  /// Reads a note; one of another version, a broken one or none at all says nothing.
  static CommitNote decode(String text) {
    String[] parts = text.split(";", -1);
    if (parts.length != 4 || !parts[0].equals(VERSION)) {
      return none();
    }
    try {
      Map<Fence, Long> fences = new TreeMap<>();
      for (String[] fields : entries(parts[1])) {
        fences.put(
            new Fence(topic(fields[0]), writer(fields[1])), Long.parseLong(fields[2], RADIX));
      }
      return new CommitNote(fences, offsets(parts[2]), offsets(parts[3]));
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      log.warn("a commit's note cannot be read and is ignored: {}", e.toString());
      return none();
    }
  }

  private static Map<Topic, Long> offsets(String text) {
    Map<Topic, Long> offsets = new EnumMap<>(Topic.class);
    for (String[] fields : entries(text)) {
      offsets.put(topic(fields[0]), Long.parseLong(fields[1], RADIX));
    }
    return offsets;
  }

  private static String[][] entries(String text) {
    String[] entries = text.isEmpty() ? new String[0] : text.split(",");
    String[][] fields = new String[entries.length][];
    for (int i = 0; i < entries.length; i++) {
      fields[i] = entries[i].split("\\.");
    }
    return fields;
  }

  private static Topic topic(String ordinal) {
    return Topic.values()[Integer.parseInt(ordinal)];
  }

  private static StageName writer(String ordinal) {
    return StageName.values()[Integer.parseInt(ordinal)];
  }
}
