package dev.voxlog.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.voxlog.local.RegistryReply.Refusal;
import dev.voxlog.local.SchemaStore.Version;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Confluent's schema registry REST API on a [SchemaStore]: paths, answers and error codes.
///
/// Source: Confluent Schema Registry API reference, v1 media type. Confined to the registry's one
/// thread.
final class RegistryApi {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final SchemaStore store;
  private final Consumer<ObjectNode> changes;
  private final CompatibilityApi compatibility;

  /// `changes` writes a change to the log, then applies it to the store.
  RegistryApi(SchemaStore store, Consumer<ObjectNode> changes) {
    this.store = store;
    this.changes = changes;
    this.compatibility = new CompatibilityApi(store, changes);
  }

  RegistryReply answer(RegistryRequest request) {
    try {
      return RegistryReply.ok(route(request));
    } catch (Refusal refusal) {
      return refusal.reply();
    }
  }

  private JsonNode route(RegistryRequest request) {
    return switch (request.part(0)) {
      case "" -> NODES.objectNode();
      case "subjects" -> subjects(request);
      case "schemas" -> schemas(request);
      case "compatibility" -> compatibility.check(request);
      case "config" -> compatibility.config(request);
      case "mode" -> mode(request);
      default -> throw Refusal.noSuchPath();
    };
  }

  // Subjects and versions.

  private JsonNode subjects(RegistryRequest request) {
    String subject = request.part(1);
    return switch (request.parts().size()) {
      case 1 -> list(request);
      case 2 ->
          switch (request.method()) {
            case "POST" -> lookUp(subject, request);
            case "DELETE" -> delete(subject, request);
            default -> throw Refusal.noSuchMethod();
          };
      default -> {
        if (!request.part(2).equals("versions")) {
          throw Refusal.noSuchPath();
        }
        yield request.parts().size() == 3 ? versions(subject, request) : version(subject, request);
      }
    };
  }

  private JsonNode list(RegistryRequest request) {
    demandGet(request);
    String prefix = request.query().getOrDefault("subjectPrefix", "");
    return texts(
        store.subjects(request.isAsked("deleted")).stream()
            .filter(subject -> subject.startsWith(prefix))
            .toList());
  }

  private JsonNode versions(String subject, RegistryRequest request) {
    return switch (request.method()) {
      case "POST" -> register(subject, request);
      case "GET" -> numbers(existing(subject, request.isAsked("deleted")));
      default -> throw Refusal.noSuchMethod();
    };
  }

  private JsonNode version(String subject, RegistryRequest request) {
    Version version = version(subject, request.part(3), request.isAsked("deleted"));
    if (request.parts().size() == 5 && request.part(4).equals("schema")) {
      demandGet(request);
      return parsed(schema(version.id()));
    }
    if (request.parts().size() > 4) {
      throw Refusal.noSuchPath();
    }
    return switch (request.method()) {
      case "GET" -> described(subject, version);
      case "DELETE" -> {
        refusePermanent(request);
        changes.accept(store.deleting(subject, version));
        yield NODES.numberNode(version.number());
      }
      default -> throw Refusal.noSuchMethod();
    };
  }

  private JsonNode register(String subject, RegistryRequest request) {
    String schema = request.schema();
    Optional<Version> known = store.find(subject, schema, false);
    if (known.isPresent()) {
      return NODES.objectNode().put("id", known.get().id());
    }
    List<String> conflicts = store.conflicts(subject, schema);
    if (!conflicts.isEmpty()) {
      throw new Refusal(
          409,
          409,
          "Schema being registered is incompatible with an earlier schema for subject \"%s\", details: %s"
              .formatted(subject, conflicts));
    }
    ObjectNode change = store.registering(subject, schema);
    changes.accept(change);
    return NODES.objectNode().put("id", change.get("id").asInt());
  }

  private JsonNode lookUp(String subject, RegistryRequest request) {
    boolean isWithDeleted = request.isAsked("deleted");
    existing(subject, isWithDeleted);
    return store
        .find(subject, request.schema(), isWithDeleted)
        .map(version -> described(subject, version))
        .orElseThrow(() -> new Refusal(404, 40403, "Schema not found"));
  }

  private JsonNode delete(String subject, RegistryRequest request) {
    refusePermanent(request);
    List<Version> versions = existing(subject, false);
    versions.forEach(version -> changes.accept(store.deleting(subject, version)));
    return numbers(versions);
  }

  private static void refusePermanent(RegistryRequest request) {
    if (request.isAsked("permanent")) {
      throw new Refusal(
          422,
          42205,
          "Nothing is deleted for good here: records in the log still need their schemas");
    }
  }

  private List<Version> existing(String subject, boolean isWithDeleted) {
    List<Version> versions = store.versions(subject, isWithDeleted);
    if (versions.isEmpty()) {
      throw new Refusal(404, 40401, "Subject '" + subject + "' not found.");
    }
    return versions;
  }

  private Version version(String subject, String wanted, boolean isWithDeleted) {
    CompatibilityApi.demandVersion(wanted);
    existing(subject, isWithDeleted);
    return store
        .version(subject, wanted, isWithDeleted)
        .orElseThrow(() -> new Refusal(404, 40402, "Version " + wanted + " not found."));
  }

  private ObjectNode described(String subject, Version version) {
    return NODES
        .objectNode()
        .put("subject", subject)
        .put("version", version.number())
        .put("id", version.id())
        .put("schema", schema(version.id()));
  }

  // Schemas by id. Confluent leaves the type out where it is Avro.

  private JsonNode schemas(RegistryRequest request) {
    demandGet(request);
    if (request.parts().equals(List.of("schemas", "types"))) {
      return texts(List.of("AVRO"));
    }
    if (!request.part(1).equals("ids")
        || !request.part(2).matches("\\d{1,18}")
        || request.parts().size() > 4) {
      throw Refusal.noSuchPath();
    }
    // Four bytes of a broken record name any number: one that no schema has is unknown, not a path
    // that is not served.
    int id = (int) Math.min(Integer.MAX_VALUE, Long.parseLong(request.part(2)));
    String schema = schema(id);
    return switch (request.part(3)) {
      case "" -> NODES.objectNode().put("schema", schema);
      case "schema" -> parsed(schema);
      case "subjects" -> texts(List.copyOf(store.uses(id).keySet()));
      case "versions" -> uses(id);
      default -> throw Refusal.noSuchPath();
    };
  }

  private ArrayNode uses(int id) {
    ArrayNode uses = NODES.arrayNode();
    store
        .uses(id)
        .forEach((subject, numbers) ->
            numbers.forEach(
                number -> uses.addObject().put("subject", subject).put("version", number)));
    return uses;
  }

  private String schema(int id) {
    return store
        .schema(id)
        .orElseThrow(() -> new Refusal(404, 40403, "Schema " + id + " not found"));
  }

  private static JsonNode mode(RegistryRequest request) {
    demandGet(request);
    return NODES.objectNode().put("mode", "READWRITE");
  }

  private static void demandGet(RegistryRequest request) {
    if (!request.method().equals("GET")) {
      throw Refusal.noSuchMethod();
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

  private static ArrayNode numbers(List<Version> versions) {
    ArrayNode array = NODES.arrayNode();
    versions.forEach(version -> array.add(version.number()));
    return array;
  }
}
