package dev.voxlog.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.voxlog.local.SchemaStore.Compatibility;
import dev.voxlog.local.SchemaStore.Version;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;
import org.jspecify.annotations.Nullable;

/// Confluent's schema registry REST API (v1) on a [SchemaStore]: paths, answers and error codes.
///
/// Source: Confluent Schema Registry API reference. Confined to the registry's one thread.
final class RegistryApi {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final SchemaStore store;
  private final Consumer<ObjectNode> changes;

  /// `changes` writes a change to the log, then applies it to the store.
  RegistryApi(SchemaStore store, Consumer<ObjectNode> changes) {
    this.store = store;
    this.changes = changes;
  }

  /// An answer: status and JSON body.
  record Reply(int status, JsonNode body) {
    static Reply ok(JsonNode body) {
      return new Reply(200, body);
    }

    static Reply error(int status, int code, String message) {
      return new Reply(status, NODES.objectNode().put("error_code", code).put("message", message));
    }
  }

  /// Carries an error reply out of a nested question.
  private static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Reply reply;

    Refusal(int status, int code, String message) {
      super(message, null, false, false);
      this.reply = Reply.error(status, code, message);
    }
  }

  Reply answer(String method, String path, @Nullable String query, byte[] body) {
    List<String> parts =
        Arrays.stream(path.split("/"))
            .filter(part -> !part.isEmpty())
            .map(part -> URLDecoder.decode(part, StandardCharsets.UTF_8))
            .toList();
    try {
      return route(method, parts, query == null ? "" : query, body);
    } catch (Refusal refusal) {
      return refusal.reply;
    }
  }

  private Reply route(String method, List<String> parts, String query, byte[] body) {
    String root = parts.isEmpty() ? "" : parts.getFirst();
    List<String> rest = parts.isEmpty() ? parts : parts.subList(1, parts.size());
    return switch (root) {
      case "" -> Reply.ok(NODES.objectNode());
      case "subjects" -> subjects(method, rest, body);
      case "schemas" -> schemas(rest);
      case "compatibility" -> compatibility(rest, query, body);
      case "config" -> config(method, rest.isEmpty() ? SchemaStore.GLOBAL : rest.getFirst(), query, body);
      case "mode" -> Reply.ok(NODES.objectNode().put("mode", "READWRITE"));
      default -> throw notFound();
    };
  }

  // Subjects.

  private Reply subjects(String method, List<String> parts, byte[] body) {
    if (parts.isEmpty()) {
      return Reply.ok(texts(store.subjects()));
    }
    String subject = parts.getFirst();
    if (parts.size() == 1) {
      return switch (method) {
        case "POST" -> lookUp(subject, body);
        case "DELETE" -> delete(subject, live(subject));
        default -> throw notFound();
      };
    }
    if (!parts.get(1).equals("versions")) {
      throw notFound();
    }
    if (parts.size() == 2) {
      return method.equals("POST")
          ? register(subject, body)
          : Reply.ok(numbers(live(subject).stream().map(Version::number).toList()));
    }
    Version version = version(subject, parts.get(2));
    if (method.equals("DELETE")) {
      delete(subject, List.of(version));
      return Reply.ok(NODES.numberNode(version.number()));
    }
    return parts.size() > 3 && parts.get(3).equals("schema")
        ? Reply.ok(parsed(schema(version.id())))
        : Reply.ok(described(subject, version));
  }

  private Reply register(String subject, byte[] body) {
    String schema = schemaOf(body);
    Optional<Version> known = store.find(subject, schema);
    if (known.isPresent()) {
      return Reply.ok(NODES.objectNode().put("id", known.get().id()));
    }
    List<String> conflicts = store.conflicts(subject, schema);
    if (!conflicts.isEmpty()) {
      throw new Refusal(409, 409, "Schema being registered is incompatible with an earlier schema for subject \"" + subject + "\": " + conflicts);
    }
    ObjectNode change = store.registering(subject, schema);
    changes.accept(change);
    return Reply.ok(NODES.objectNode().put("id", change.get("id").asInt()));
  }

  private Reply lookUp(String subject, byte[] body) {
    live(subject);
    Version version =
        store.find(subject, schemaOf(body)).orElseThrow(() -> new Refusal(404, 40403, "Schema not found"));
    return Reply.ok(described(subject, version));
  }

  private Reply delete(String subject, List<Version> versions) {
    versions.forEach(version -> changes.accept(store.deleting(subject, version)));
    return Reply.ok(numbers(versions.stream().map(Version::number).toList()));
  }

  private List<Version> live(String subject) {
    List<Version> live = store.live(subject);
    if (live.isEmpty()) {
      throw new Refusal(404, 40401, "Subject '" + subject + "' not found.");
    }
    return live;
  }

  private Version version(String subject, String wanted) {
    live(subject);
    if (!wanted.matches("latest|-1|[1-9]\\d{0,8}")) {
      throw new Refusal(422, 42202, "The specified version '" + wanted + "' is not a valid version id. Allowed values are between [1, 2^31-1] and the string \"latest\"");
    }
    return store.version(subject, wanted).orElseThrow(() -> new Refusal(404, 40402, "Version " + wanted + " not found."));
  }

  private ObjectNode described(String subject, Version version) {
    ObjectNode node = NODES.objectNode().put("subject", subject).put("version", version.number());
    return node.put("id", version.id()).put("schemaType", "AVRO").put("schema", schema(version.id()));
  }

  // Schemas by id.

  private Reply schemas(List<String> parts) {
    if (parts.equals(List.of("types"))) {
      return Reply.ok(texts(List.of("AVRO")));
    }
    if (parts.size() < 2 || !parts.getFirst().equals("ids") || !parts.get(1).matches("\\d{1,9}")) {
      throw notFound();
    }
    int id = Integer.parseInt(parts.get(1));
    String schema = schema(id);
    return switch (parts.size() == 2 ? "" : parts.get(2)) {
      case "" -> Reply.ok(NODES.objectNode().put("schemaType", "AVRO").put("schema", schema));
      case "schema" -> Reply.ok(parsed(schema));
      case "subjects" -> Reply.ok(texts(List.copyOf(store.uses(id).keySet())));
      case "versions" -> Reply.ok(uses(id));
      default -> throw notFound();
    };
  }

  private ArrayNode uses(int id) {
    ArrayNode uses = NODES.arrayNode();
    store.uses(id).forEach((subject, numbers) -> numbers.forEach(number -> uses.addObject().put("subject", subject).put("version", number)));
    return uses;
  }

  private String schema(int id) {
    return store.schema(id).orElseThrow(() -> new Refusal(404, 40403, "Schema " + id + " not found"));
  }

  // Compatibility and its levels.

  private Reply compatibility(List<String> parts, String query, byte[] body) {
    if (parts.size() < 3 || !parts.getFirst().equals("subjects") || !parts.get(2).equals("versions")) {
      throw notFound();
    }
    String subject = parts.get(1);
    String schema = schemaOf(body);
    List<Version> against = parts.size() == 3 ? store.live(subject) : List.of(version(subject, parts.get(3)));
    Compatibility level = store.level(subject).orElse(store.globalLevel());
    List<String> conflicts = store.conflicts(schema, against, level);
    ObjectNode answer = NODES.objectNode().put("is_compatible", conflicts.isEmpty());
    if (query.contains("verbose=true")) {
      answer.set("messages", texts(conflicts));
    }
    return Reply.ok(answer);
  }

  private Reply config(String method, String subject, String query, byte[] body) {
    switch (method) {
      case "PUT" -> {
        Compatibility level = level(json(body).path("compatibility").asText());
        changes.accept(SchemaStore.configuring(subject, level));
        return Reply.ok(NODES.objectNode().put("compatibility", level.name()));
      }
      case "DELETE" -> {
        Compatibility before = configured(subject, true);
        changes.accept(SchemaStore.configuring(subject, null));
        return Reply.ok(NODES.objectNode().put("compatibilityLevel", before.name()));
      }
      default -> {
        Compatibility level = configured(subject, query.contains("defaultToGlobal=true"));
        return Reply.ok(NODES.objectNode().put("compatibilityLevel", level.name()));
      }
    }
  }

  private Compatibility configured(String subject, boolean isGlobalDefault) {
    Optional<Compatibility> own = store.level(subject);
    if (own.isEmpty() && !subject.isEmpty() && !isGlobalDefault) {
      throw new Refusal(404, 40408, "Subject '" + subject + "' does not have subject-level compatibility configured");
    }
    return own.orElse(store.globalLevel());
  }

  private static Compatibility level(String name) {
    try {
      return Compatibility.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw new Refusal(422, 42203, "Invalid compatibility level. Valid values are none, backward, forward, full, backward_transitive, forward_transitive, and full_transitive");
    }
  }

  // Bodies.

  private static String schemaOf(byte[] body) {
    JsonNode request = json(body);
    String type = request.path("schemaType").asText("AVRO");
    if (!type.equals("AVRO")) {
      throw new Refusal(422, 42201, "Invalid schema type " + type + "; this registry knows AVRO");
    }
    String schema = request.path("schema").asText();
    try {
      return new Schema.Parser().parse(schema).toString();
    } catch (SchemaParseException e) {
      throw new Refusal(422, 42201, "Invalid schema: " + e.getMessage());
    }
  }

  private static JsonNode json(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new Refusal(400, 400, "the body is no JSON");
    }
  }

  private static JsonNode parsed(String schema) {
    try {
      return JSON.readTree(schema);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ArrayNode texts(List<String> values) {
    ArrayNode array = NODES.arrayNode();
    values.forEach(array::add);
    return array;
  }

  private static ArrayNode numbers(List<Integer> values) {
    ArrayNode array = NODES.arrayNode();
    values.forEach(array::add);
    return array;
  }

  private static Refusal notFound() {
    return new Refusal(404, 404, "HTTP 404 Not Found");
  }
}
