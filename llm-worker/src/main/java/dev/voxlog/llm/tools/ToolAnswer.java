package dev.voxlog.llm.tools;

import com.fasterxml.jackson.databind.JsonNode;
import dev.voxlog.schemas.CallEvent.Outcome;
import org.jspecify.annotations.Nullable;

/// How a tool call ended; `result` is what the tool answered, if that was JSON. `isConflict`: it
/// met another call under the same key, which may still be at work (HTTP's 409).
public record ToolAnswer(Outcome outcome, @Nullable JsonNode result, boolean isConflict) {
  public ToolAnswer(Outcome outcome, @Nullable JsonNode result) {
    this(outcome, result, false);
  }

  public static ToolAnswer of(Outcome outcome) {
    return new ToolAnswer(outcome, null);
  }
}
