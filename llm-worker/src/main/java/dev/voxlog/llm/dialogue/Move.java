package dev.voxlog.llm.dialogue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.voxlog.agent.Prompt;
import dev.voxlog.agent.Prompts;
import dev.voxlog.agent.Sentences;
import dev.voxlog.agent.Template;
import dev.voxlog.agent.Tool;
import java.util.List;

/// What the dialogue does next.
public sealed interface Move {

  /// Say this; the part is answered.
  record Say(Reply reply) implements Move {}

  /// Look `question` up in the documents, then tell the dialogue by [Dialogue#found]. `isSure`
  /// where it was understood as a question to them: a weaker answer then serves better than none.
  record Look(String question, boolean isSure) implements Move {}

  /// Have the language model answer `question`, with what the documents say to it; then tell the
  /// dialogue by [Dialogue#decided].
  record Think(String question) implements Move {}

  /// Have the tool called, then tell the dialogue by [Dialogue#done].
  record Use(Tool tool, ObjectNode arguments) implements Move {

    /// What is said when it takes long.
    public List<String> filler(Prompts prompts) {
      Template own = tool.fillerSay();
      return Sentences.of((own == null ? prompts.of(Prompt.FILLER) : own).fixed());
    }
  }

  /// What is said in this move, if anything, replies to words of which nothing could be made.
  default Move unclear() {
    return this instanceof Say(Reply reply) ? new Say(reply.unclear()) : this;
  }
}
