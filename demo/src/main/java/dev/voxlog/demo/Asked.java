package dev.voxlog.demo;

import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/// A request as the routes see it. What is missing, or broken, is told by an
/// `IllegalArgumentException`.
record Asked(HttpServerRequest request, JsonBody body) {
  private static final int LONGEST_KEY = 200;
  private static final int LONGEST_CALLER = 128;

  /// Who calls, as the agent tells with every request; empty where it does not, or nobody knows.
  String caller() {
    String caller = request.getHeader("X-Caller");
    if (caller == null || caller.equals("anonymous")) {
      return "";
    }
    if (caller.length() > LONGEST_CALLER) {
      throw new IllegalArgumentException(
          "X-Caller: must have at most " + LONGEST_CALLER + " characters");
    }
    return caller;
  }

  /// What tells a request that is sent again from another one.
  String key() {
    String key = request.getHeader("Idempotency-Key");
    if (key == null) {
      throw new IllegalArgumentException(
          "Idempotency-Key: is missing; send one that is this request's own, the same each time it is sent");
    }
    if (key.isBlank() || key.length() > LONGEST_KEY) {
      throw new IllegalArgumentException(
          "Idempotency-Key: must have 1 to " + LONGEST_KEY + " characters");
    }
    return key;
  }

  @Nullable String parameter(String name) {
    return request.getParam(name);
  }

  /// What is left of the path after `prefix`.
  String after(String prefix) {
    return request.path().substring(prefix.length());
  }

  String required(String field) {
    return body.required(field);
  }

  @Nullable String text(String field) {
    return body.text(field);
  }
}
