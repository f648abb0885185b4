package dev.voxlog.llm.dialogue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.voxlog.agent.Tool;

/// What the dialogue does next.
public sealed interface Move {

  /// Say this; the part is answered.
  record Say(Reply reply) implements Move {}

  /// Look `question` up in the documents, then tell the dialogue by [Dialogue#found].
  record Look(String question) implements Move {}

  /// Have the tool called, then tell the dialogue by [Dialogue#done].
  record Use(Tool tool, ObjectNode arguments) implements Move {}
}
