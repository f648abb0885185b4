package dev.voxlog.cli.call;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What must come of a caller's words.
///
/// Any of `intents` will do, none at all means that the intent is not judged. `tool` is the tool to
/// be called with exactly `arguments`, [#TRANSFER] for being put through to a person, null when
/// nothing may be called. `answer` is a regular expression for the agent's words.
record Expectation(
    List<String> intents,
    @Nullable String tool,
    Map<String, String> arguments,
    @Nullable String answer) {
  static final String TRANSFER = "transfer";

  Expectation {
    intents = List.copyOf(intents);
    arguments = Map.copyOf(arguments);
  }

  boolean isTransfer() {
    return TRANSFER.equals(tool);
  }

  /// Whether a tool of Acme's, rather than ours, must be called.
  boolean needsTool() {
    return tool != null && !isTransfer();
  }
}
