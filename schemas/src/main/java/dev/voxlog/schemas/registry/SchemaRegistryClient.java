package dev.voxlog.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;
import org.jspecify.annotations.Nullable;

/// Schemas and their ids at a Confluent-compatible registry.
///
/// Any number of threads may use one client; its methods wait for the network, bounded by the
/// settings' patience. Ids and schemas never change once given, so they are kept for ever, and what
/// is kept needs no registry any more. All methods throw [RegistryException].
public final class SchemaRegistryClient implements AutoCloseable {
  private static final long UNKNOWN_ID_NANOS = 5_000_000_000L;
  private static final int MOST_UNKNOWN_IDS = 1_000;

  private final RegistryTransport transport;
  private final Map<Use, Integer> ids = new ConcurrentHashMap<>();
  private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
  private final Map<Integer, Long> unknownIds = new ConcurrentHashMap<>();

  private record Use(String subject, Schema schema) {}

  public SchemaRegistryClient(RegistrySettings settings) {
    transport = new RegistryTransport(settings);
  }

  /// The id of a schema under a subject, registered if it is not there yet.
  public int register(String subject, Schema schema) {
    return id(subject, schema, "/subjects/" + escape(subject) + "/versions");
  }

  /// The id of a schema that must have been registered under the subject: 40401 or 40403 if not.
  public int idOf(String subject, Schema schema) {
    return id(subject, schema, "/subjects/" + escape(subject));
  }

  private int id(String subject, Schema schema, String path) {
    Use use = new Use(subject, schema);
    Integer known = ids.get(use);
    if (known != null) {
      return known;
    }
    int id = number(transport.post(path, body(schema)), "id");
    ids.put(use, id);
    schemas.putIfAbsent(id, schema);
    return id;
  }

  /// The schema with this id. That an id is unknown is believed for a few seconds, so that a run of
  /// broken records does not become a run of requests.
  public Schema byId(int id) {
    Schema known = schemas.get(id);
    if (known != null) {
      return known;
    }
    Long asked = unknownIds.get(id);
    if (asked != null && System.nanoTime() - asked < UNKNOWN_ID_NANOS) {
      throw new RegistryException(404, 40403, "the schema registry has no schema with id " + id);
    }
    try {
      Schema schema = schema(transport.get("/schemas/ids/" + id));
      Schema earlier = schemas.putIfAbsent(id, schema);
      return earlier == null ? schema : earlier;
    } catch (RegistryException e) {
      if (e.isUnknownSchema()) {
        rememberUnknown(id);
      }
      throw e;
    }
  }

  private void rememberUnknown(int id) {
    if (unknownIds.size() >= MOST_UNKNOWN_IDS) {
      unknownIds.clear();
    }
    unknownIds.put(id, System.nanoTime());
  }

  public RegisteredSchema latest(String subject) {
    return version(subject, "latest");
  }

  public RegisteredSchema version(String subject, int version) {
    return version(subject, Integer.toString(version));
  }

  private RegisteredSchema version(String subject, String version) {
    JsonNode answer = transport.get("/subjects/" + escape(subject) + "/versions/" + version);
    return new RegisteredSchema(
        subject, number(answer, "version"), number(answer, "id"), schema(answer));
  }

  public List<Integer> versions(String subject) {
    List<Integer> versions = new ArrayList<>();
    transport
        .get("/subjects/" + escape(subject) + "/versions")
        .forEach(version -> versions.add(version.asInt()));
    return versions;
  }

  public List<String> subjects() {
    List<String> subjects = new ArrayList<>();
    transport.get("/subjects").forEach(subject -> subjects.add(subject.asText()));
    return subjects;
  }

  /// Whether a schema could be registered by the subject's compatibility level; true for a subject
  /// that does not exist.
  public boolean isCompatible(String subject, Schema schema) {
    try {
      return transport
          .post("/compatibility/subjects/" + escape(subject) + "/versions/latest", body(schema))
          .path("is_compatible")
          .asBoolean();
    } catch (RegistryException e) {
      if (e.isNotFound()) {
        return true;
      }
      throw e;
    }
  }

  /// The compatibility level in force for a subject: its own, else the registry's.
  public String compatibility(String subject) {
    try {
      return compatibilityAt("/config/" + escape(subject));
    } catch (RegistryException e) {
      if (e.isNotFound()) {
        return compatibilityAt("/config");
      }
      throw e;
    }
  }

  private String compatibilityAt(String path) {
    return transport.get(path).path("compatibilityLevel").asText();
  }

  /// Sets a subject's compatibility level, such as FULL_TRANSITIVE, or the registry's when
  /// `subject` is null.
  public void compatibility(@Nullable String subject, String level) {
    ObjectNode body = RegistryTransport.JSON.createObjectNode().put("compatibility", level);
    transport.put(subject == null ? "/config" : "/config/" + escape(subject), body);
  }

  private static ObjectNode body(Schema schema) {
    return RegistryTransport.JSON.createObjectNode().put("schema", schema.toString());
  }

  private static int number(JsonNode answer, String key) {
    if (!answer.path(key).isInt()) {
      throw new RegistryException(502, 0, "the schema registry's answer has no '" + key + "'");
    }
    return answer.get(key).asInt();
  }

  private static Schema schema(JsonNode answer) {
    String type = answer.path("schemaType").asText("AVRO");
    if (!type.equals("AVRO")) {
      throw new RegistryException(
          RegistryException.NOT_AVRO, 0, "a schema of type " + type + " where Avro is needed");
    }
    try {
      return new Schema.Parser().setValidateDefaults(false).parse(answer.path("schema").asText());
    } catch (SchemaParseException e) {
      throw new RegistryException(
          RegistryException.NOT_AVRO, 0, "the registry's schema cannot be parsed", e);
    }
  }

  private static String escape(String subject) {
    return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public void close() {
    transport.close();
  }
}
