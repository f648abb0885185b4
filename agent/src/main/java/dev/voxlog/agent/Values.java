package dev.voxlog.agent;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What fills a template's places; null where there is no value.
@FunctionalInterface
public interface Values {
  /// Where a tool's result is found in templates and conditions: `result.item`.
  String RESULT = "result";

  /// The caller's own number, where the carrier told it.
  String CALLER = "caller";

  @Nullable String value(String name);

  /// A flow's values: slots by name, and under `result.` what the tool answered (array elements by
  /// index from 0).
  static Values of(Map<String, String> slots, @Nullable JsonNode result) {
    return among(slots, result == null ? Map.of() : Map.of(RESULT, result));
  }

  /// The same with several answers, each by the name it is found under.
  static Values among(Map<String, String> slots, Map<String, JsonNode> answers) {
    return name -> {
      int dot = name.indexOf('.');
      if (dot < 0) {
        return slots.get(name);
      }
      JsonNode answer = answers.get(name.substring(0, dot));
      JsonNode found =
          answer == null ? null : answer.at("/" + name.substring(dot + 1).replace('.', '/'));
      return found == null || found.isMissingNode() || found.isNull()
          ? null
          : found.isValueNode() ? found.asText() : found.toString();
    };
  }
}
