package dev.voxlog.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaNormalization;
import org.jspecify.annotations.Nullable;

/// The registry's memory: subjects, versions, ids and compatibility levels, changed only by records of its topic.
///
/// Confined to the registry's one thread. Equal schemas (Avro's canonical form plus defaults) have one id over all subjects;
/// ids and version numbers are never used again.
final class SchemaStore {
  static final String GLOBAL = "";

  private final Map<Integer, String> schemas = new TreeMap<>();
  private final Map<String, Integer> ids = new LinkedHashMap<>();
  private final Map<String, TreeMap<Integer, Version>> subjects = new TreeMap<>();
  private final Map<String, Compatibility> levels = new LinkedHashMap<>();
  private int nextId = 1;

  /// A schema under a subject; a deleted one keeps its number and id.
  record Version(int number, int id, boolean isDeleted) {}

  /// Which earlier versions a new schema must agree with, and in which direction.
  enum Compatibility {
    NONE,
    BACKWARD,
    BACKWARD_TRANSITIVE,
    FORWARD,
    FORWARD_TRANSITIVE,
    FULL,
    FULL_TRANSITIVE;

    boolean isTransitive() {
      return name().endsWith("_TRANSITIVE");
    }

    boolean isBackward() {
      return name().startsWith("BACKWARD") || name().startsWith("FULL");
    }

    boolean isForward() {
      return name().startsWith("FORWARD") || name().startsWith("FULL");
    }
  }

  // Changes, in the order of the topic.

  void apply(JsonNode change) {
    switch (change.path("kind").asText()) {
      case "schema" -> {
        int id = change.get("id").asInt();
        String schema = change.get("schema").asText();
        schemas.put(id, schema);
        ids.putIfAbsent(identity(schema), id);
        nextId = Math.max(nextId, id + 1);
        int number = change.get("version").asInt();
        versions(change.get("subject").asText()).put(number, new Version(number, id, change.path("deleted").asBoolean()));
      }
      case "config" -> {
        String subject = change.get("subject").asText();
        if (change.path("level").isTextual()) {
          levels.put(subject, Compatibility.valueOf(change.get("level").asText()));
        } else {
          levels.remove(subject);
        }
      }
      default -> {}
    }
  }

  private TreeMap<Integer, Version> versions(String subject) {
    return subjects.computeIfAbsent(subject, _ -> new TreeMap<>());
  }

  /// The change that registers a schema. Its id is that of an equal schema, else the next.
  ObjectNode registering(String subject, String schema) {
    TreeMap<Integer, Version> known = versions(subject);
    ObjectNode change = JsonNodeFactory.instance.objectNode();
    change.put("kind", "schema").put("subject", subject);
    change.put("version", known.isEmpty() ? 1 : known.lastKey() + 1);
    change.put("id", ids.getOrDefault(identity(schema), nextId));
    return change.put("schema", schema);
  }

  ObjectNode deleting(String subject, Version version) {
    ObjectNode change = JsonNodeFactory.instance.objectNode();
    change.put("kind", "schema").put("subject", subject).put("version", version.number());
    return change.put("id", version.id()).put("schema", schemas.get(version.id())).put("deleted", true);
  }

  static ObjectNode configuring(String subject, @Nullable Compatibility level) {
    ObjectNode change = JsonNodeFactory.instance.objectNode();
    return change.put("kind", "config").put("subject", subject).put("level", level == null ? null : level.name());
  }

  /// Equal for schemas that mean the same: the parsed schema's own JSON, doc strings and order of attributes apart.
  private static String identity(String schema) {
    Schema parsed = new Schema.Parser().parse(schema);
    return SchemaNormalization.toParsingForm(parsed) + parsed;
  }

  // Questions.

  Optional<String> schema(int id) {
    return Optional.ofNullable(schemas.get(id));
  }

  List<String> subjects() {
    return subjects.keySet().stream().filter(subject -> !live(subject).isEmpty()).toList();
  }

  List<Version> live(String subject) {
    TreeMap<Integer, Version> known = subjects.get(subject);
    return known == null ? List.of() : known.values().stream().filter(version -> !version.isDeleted()).toList();
  }

  Optional<Version> version(String subject, String wanted) {
    List<Version> live = live(subject);
    if (wanted.equals("latest") || wanted.equals("-1")) {
      return live.isEmpty() ? Optional.empty() : Optional.of(live.getLast());
    }
    return live.stream().filter(version -> Integer.toString(version.number()).equals(wanted)).findFirst();
  }

  /// The version under which the subject has an equal schema.
  Optional<Version> find(String subject, String schema) {
    Integer id = ids.get(identity(schema));
    return live(subject).stream().filter(version -> id != null && version.id() == id).findFirst();
  }

  /// Subjects and versions that use an id.
  Map<String, List<Integer>> uses(int id) {
    Map<String, List<Integer>> uses = new TreeMap<>();
    for (String subject : subjects()) {
      List<Integer> numbers = live(subject).stream().filter(v -> v.id() == id).map(Version::number).toList();
      if (!numbers.isEmpty()) {
        uses.put(subject, numbers);
      }
    }
    return uses;
  }

  Optional<Compatibility> level(String subject) {
    return Optional.ofNullable(levels.get(subject));
  }

  Compatibility globalLevel() {
    return level(GLOBAL).orElse(Compatibility.BACKWARD);
  }

  /// Why the schema does not fit the subject's earlier versions; empty when it does.
  List<String> conflicts(String subject, String schema) {
    Compatibility level = level(subject).orElse(globalLevel());
    List<Version> live = live(subject);
    List<Version> against = level.isTransitive() || live.isEmpty() ? live : List.of(live.getLast());
    return level == Compatibility.NONE ? List.of() : conflicts(schema, against, level);
  }

  List<String> conflicts(String schema, List<Version> against, Compatibility level) {
    Schema candidate = new Schema.Parser().parse(schema);
    List<String> conflicts = new ArrayList<>();
    for (Version version : against) {
      Schema earlier = new Schema.Parser().parse(schemas.get(version.id()));
      if (level.isBackward()) {
        conflicts.addAll(conflict(candidate, earlier, "reading version " + version.number()));
      }
      if (level.isForward()) {
        conflicts.addAll(conflict(earlier, candidate, "being read by version " + version.number()));
      }
    }
    return conflicts;
  }

  private static List<String> conflict(Schema reader, Schema writer, String when) {
    var result = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
    return result.getType() == SchemaCompatibilityType.COMPATIBLE
        ? List.of()
        : result.getResult().getIncompatibilities().stream()
            .map(found -> "%s at %s: %s".formatted(when, found.getLocation(), found.getMessage()))
            .toList();
  }
}
