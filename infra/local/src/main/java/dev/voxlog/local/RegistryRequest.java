package dev.voxlog.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.voxlog.local.RegistryReply.Refusal;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/// A question to the registry: the decoded parts of its path, its query and its JSON body.
record RegistryRequest(
    String method, List<String> parts, Map<String, String> query, JsonNode body) {
  private static final ObjectMapper JSON = new ObjectMapper();

  RegistryRequest {
    parts = List.copyOf(parts);
    query = Map.copyOf(query);
  }

  static RegistryRequest of(String method, String path, @Nullable String query, byte[] body) {
    List<String> parts =
        Arrays.stream(path.split("/"))
            .filter(part -> !part.isEmpty())
            .map(RegistryRequest::decoded)
            .toList();
    Map<String, String> found = new HashMap<>();
    for (String pair : (query == null ? "" : query).split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        found.put(pair.substring(0, equals), decoded(pair.substring(equals + 1)));
      }
    }
    return new RegistryRequest(method, parts, found, parsed(body));
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  private static JsonNode parsed(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      return JSON.missingNode();
    }
  }

  /// The part of the path at a place, empty where the path is shorter.
  String part(int place) {
    return place < parts.size() ? parts.get(place) : "";
  }

  boolean isAsked(String flag) {
    return "true".equalsIgnoreCase(query.get(flag));
  }

  /// The schema in the body, in Avro's own rendering.
  String schema() {
    String type = body.path("schemaType").asText("AVRO");
    if (!type.equals("AVRO")) {
      throw new Refusal(422, 42201, "Invalid schema type " + type + "; this registry knows AVRO");
    }
    if (!body.path("references").isEmpty()) {
      throw new Refusal(422, 42201, "Invalid schema: this registry knows no references");
    }
    if (!body.path("schema").isTextual()) {
      throw new Refusal(422, 42201, "Empty schema");
    }
    try {
      return new Schema.Parser().parse(body.get("schema").asText()).toString();
    } catch (AvroRuntimeException e) {
      throw new Refusal(422, 42201, "Invalid schema: " + e.getMessage());
    }
  }
}
