package dev.voxlog.llm.tools;

import com.fasterxml.jackson.databind.JsonNode;
import dev.voxlog.schemas.CallEvent.Outcome;
import org.jspecify.annotations.Nullable;

/// How a tool call ended; `result` is what the tool answered, if that was JSON.
public record ToolAnswer(Outcome outcome, @Nullable JsonNode result) {
  public static ToolAnswer of(Outcome outcome) {
    return new ToolAnswer(outcome, null);
  }
}
