package dev.voxlog.llm.chat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// What is sent to `/chat/completions`.
final class CompletionBody {
  private CompletionBody() {}

  static byte[] of(OpenAiChatConfig config, ChatRequest request) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("model", config.model());
    ArrayNode messages = body.putArray("messages");
    for (ChatRequest.Message message : request.messages()) {
      messages
          .addObject()
          .put("role", message.role().name().toLowerCase(Locale.ROOT))
          .put("content", message.text());
    }
    body.put("stream", true);
    ObjectNode stream = body.putObject("stream_options").put("include_usage", true);
    limits(config, body, stream);
    functions(request, body);
    return body.toString().getBytes(StandardCharsets.UTF_8);
  }

  /// OpenAI's reasoning models refuse `max_tokens`; of other servers, llama.cpp, Ollama and vLLM
  /// among them, that is the field that all know, and one they do not know bounds nothing. Padding
  /// against listeners (`include_obfuscation`) is OpenAI's alone, and costs a phone call its bytes.
  private static void limits(OpenAiChatConfig config, ObjectNode body, ObjectNode stream) {
    if (config.isOpenAi()) {
      stream.put("include_obfuscation", false);
    }
    body.put(config.isOpenAi() ? "max_completion_tokens" : "max_tokens", config.maxTokens());
    if (config.temperature() != null) {
      body.put("temperature", config.temperature());
    }
    if (config.reasoningEffort() != null) {
      body.put("reasoning_effort", config.reasoningEffort());
    }
  }

  private static void functions(ChatRequest request, ObjectNode body) {
    if (request.functions().isEmpty()) {
      return;
    }
    ArrayNode tools = body.putArray("tools");
    for (ChatRequest.Function function : request.functions()) {
      tools
          .addObject()
          .put("type", "function")
          .putObject("function")
          .put("name", function.name())
          .put("description", function.description())
          .set("parameters", function.parameters());
    }
  }
}
