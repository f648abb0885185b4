package dev.voxlog.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/// The registry's memory: subjects, versions, ids and compatibility levels, changed only by records
/// of its topic.
///
/// Confined to the registry's one thread. Equal schemas (in Avro's own rendering, where neither
/// white space nor the order of attributes counts) have one id over all subjects; ids and version
/// numbers are never used again.
final class SchemaStore {
  /// Stands for the subject of the level that holds where a subject has none of its own.
  static final String GLOBAL = "";

  private static final String LATEST = "latest";

  private final Map<Integer, String> schemas = new HashMap<>();
  private final Map<String, Integer> ids = new HashMap<>();
  private final Map<String, TreeMap<Integer, Version>> subjects = new TreeMap<>();
  private final Map<String, Compatibility> levels = new HashMap<>();
  private int nextId = 1;

  /// A schema under a subject; a deleted one keeps its number and id.
  record Version(int number, int id, boolean isDeleted) {}

  // Changes, in the order of the topic.

  void apply(JsonNode change) {
    String subject = change.path("subject").asText();
    switch (change.path("kind").asText()) {
      case "schema" -> {
        Version version =
            new Version(
                change.path("version").asInt(),
                change.path("id").asInt(),
                change.path("deleted").asBoolean());
        String schema = change.path("schema").asText();
        schemas.put(version.id(), schema);
        ids.putIfAbsent(schema, version.id());
        nextId = Math.max(nextId, version.id() + 1);
        subjects.computeIfAbsent(subject, _ -> new TreeMap<>()).put(version.number(), version);
      }
      case "config" -> {
        Optional<Compatibility> level = Compatibility.named(change.path("level").asText());
        level.ifPresentOrElse(given -> levels.put(subject, given), () -> levels.remove(subject));
      }
      default -> throw new IllegalArgumentException("a change of an unknown kind: " + change);
    }
  }

  /// The change that registers a schema. Its id is that of an equal schema, else the next.
  ObjectNode registering(String subject, String schema) {
    TreeMap<Integer, Version> known = subjects.getOrDefault(subject, new TreeMap<>());
    int number = known.isEmpty() ? 1 : known.lastKey() + 1;
    return change("schema", subject)
        .put("version", number)
        .put("id", ids.getOrDefault(schema, nextId))
        .put("schema", schema);
  }

  ObjectNode deleting(String subject, Version version) {
    return change("schema", subject)
        .put("version", version.number())
        .put("id", version.id())
        .put("schema", schemas.get(version.id()))
        .put("deleted", true);
  }

  /// The change that sets a level, or takes it away.
  static ObjectNode configuring(String subject, @Nullable Compatibility level) {
    return change("config", subject).put("level", level == null ? null : level.name());
  }

  private static ObjectNode change(String kind, String subject) {
    return JsonNodeFactory.instance.objectNode().put("kind", kind).put("subject", subject);
  }

  // Questions. Schemas are in Avro's own rendering.

  Optional<String> schema(int id) {
    return Optional.ofNullable(schemas.get(id));
  }

  List<String> subjects(boolean isWithDeleted) {
    return subjects.keySet().stream()
        .filter(subject -> !versions(subject, isWithDeleted).isEmpty())
        .toList();
  }

  List<Version> versions(String subject, boolean isWithDeleted) {
    return subjects.getOrDefault(subject, new TreeMap<>()).values().stream()
        .filter(version -> isWithDeleted || !version.isDeleted())
        .toList();
  }

  /// The version with this number, or the `latest`.
  Optional<Version> version(String subject, String wanted, boolean isWithDeleted) {
    List<Version> versions = versions(subject, isWithDeleted);
    if (isLatest(wanted)) {
      return versions.isEmpty() ? Optional.empty() : Optional.of(versions.getLast());
    }
    return versions.stream()
        .filter(version -> Integer.toString(version.number()).equals(wanted))
        .findFirst();
  }

  static boolean isLatest(String wanted) {
    return wanted.equals(LATEST) || wanted.equals("-1");
  }

  /// The version under which the subject has an equal schema.
  Optional<Version> find(String subject, String schema, boolean isWithDeleted) {
    Integer id = ids.get(schema);
    return versions(subject, isWithDeleted).stream()
        .filter(version -> id != null && version.id() == id)
        .findFirst();
  }

  /// Subjects and versions that use an id.
  Map<String, List<Integer>> uses(int id) {
    Map<String, List<Integer>> uses = new TreeMap<>();
    for (String subject : subjects(false)) {
      List<Integer> numbers =
          versions(subject, false).stream()
              .filter(version -> version.id() == id)
              .map(Version::number)
              .toList();
      if (!numbers.isEmpty()) {
        uses.put(subject, numbers);
      }
    }
    return uses;
  }

  /// The level that was set for a subject itself, or for [#GLOBAL].
  Optional<Compatibility> ownLevel(String subject) {
    return Optional.ofNullable(levels.get(subject));
  }

  /// The level in force; BACKWARD where nobody set one, as at Confluent's.
  Compatibility level(String subject) {
    return ownLevel(subject).or(() -> ownLevel(GLOBAL)).orElse(Compatibility.BACKWARD);
  }

  /// Why the schema does not fit the subject's earlier versions; empty when it does.
  List<String> conflicts(String subject, String schema) {
    List<Version> live = versions(subject, false);
    boolean isAll = level(subject).isTransitive() || live.isEmpty();
    return conflicts(subject, schema, isAll ? live : List.of(live.getLast()));
  }

  List<String> conflicts(String subject, String schema, List<Version> against) {
    Schema candidate = new Schema.Parser().parse(schema);
    return against.stream()
        .flatMap(version -> {
          Schema earlier = new Schema.Parser().parse(schemas.get(version.id()));
          return level(subject).conflicts(candidate, earlier, version.number()).stream();
        })
        .toList();
  }
}
