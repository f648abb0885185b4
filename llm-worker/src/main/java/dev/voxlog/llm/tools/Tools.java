package dev.voxlog.llm.tools;

import java.util.concurrent.CompletionStage;

/// Calls tools. Safe for any thread.
@FunctionalInterface
public interface Tools {
  /// Calls the tool once, or again where it declares that safe. Returns at once; a failed call is
  /// an answer, too.
  CompletionStage<ToolAnswer> call(ToolCall call);
}
