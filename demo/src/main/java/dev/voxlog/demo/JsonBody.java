package dev.voxlog.demo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A request's body: a JSON object. What it lacks, or is not, is told by an
/// [IllegalArgumentException].
record JsonBody(JsonNode json) {
  /// Names are not remembered: clients invent them, and long ones.
  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder().disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES).build());

  /// Of requests that have none.
  static final JsonBody EMPTY = new JsonBody(JSON.createObjectNode());

  static JsonBody of(Buffer body) {
    try {
      JsonNode json = JSON.readTree(body.getBytes());
      if (json.isObject()) {
        return new JsonBody(json);
      }
    } catch (IOException _) {
      // told below, as any other body that is no object
    }
    throw new IllegalArgumentException("the body must be a JSON object");
  }

  String required(String field) {
    String text = text(field);
    if (text == null || text.isBlank()) {
      throw new IllegalArgumentException(field + ": is missing");
    }
    return text;
  }

  @Nullable String text(String field) {
    return json.hasNonNull(field) ? json.get(field).asText() : null;
  }
}
