package dev.voxlog.demo;

import java.util.Map;

/// What the service answers; `body` can be written as JSON.
record Answer(int status, Object body) {
  static Answer refusal(int status, String error) {
    return new Answer(status, Map.of("error", error));
  }

  /// A wish that was understood and is not granted; `reason` is for programs.
  static Answer denied(String reason, String error) {
    return new Answer(422, Map.of("error", error, "reason", reason));
  }
}
