package dev.voxlog.llm.tools;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.voxlog.agent.Tool;
import java.util.concurrent.CompletionStage;

/// Calls tools. Safe for any thread.
@FunctionalInterface
public interface Tools {
  /// Calls the tool once, or again where it declares that safe. Returns at once; a failed call is
  /// an answer, too.
  CompletionStage<ToolAnswer> call(Tool tool, ObjectNode arguments, String idempotencyKey);
}
