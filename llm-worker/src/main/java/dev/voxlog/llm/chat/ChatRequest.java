package dev.voxlog.llm.chat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// What a model is asked: the messages so far, oldest first, and what it may call.
public record ChatRequest(List<Message> messages, List<Function> functions) {

  /// Who said something.
  public enum Role {
    SYSTEM,
    USER,
    ASSISTANT
  }

  public record Message(Role role, String text) {}

  /// Something the model may want called; `parameters` is a JSON schema of an object.
  public record Function(String name, String description, JsonNode parameters) {}

  public ChatRequest {
    messages = List.copyOf(messages);
    functions = List.copyOf(functions);
  }
}
