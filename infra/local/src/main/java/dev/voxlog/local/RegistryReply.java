package dev.voxlog.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/// An answer of the registry: status and JSON body.
record RegistryReply(int status, JsonNode body) {
  static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";

  static RegistryReply ok(JsonNode body) {
    return new RegistryReply(200, body);
  }

  /// Confluent's form of an error; `code` is finer than the status.
  static RegistryReply error(int status, int code, String message) {
    return new RegistryReply(
        status,
        JsonNodeFactory.instance.objectNode().put("error_code", code).put("message", message));
  }

  /// Carries an error out of a nested question.
  static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient RegistryReply reply;

    Refusal(int status, int code, String message) {
      super(message, null, false, false);
      this.reply = error(status, code, message);
    }

    static Refusal noSuchPath() {
      return new Refusal(404, 404, "HTTP 404 Not Found");
    }

    static Refusal noSuchMethod() {
      return new Refusal(405, 405, "HTTP 405 Method Not Allowed");
    }

    RegistryReply reply() {
      return reply;
    }
  }
}
