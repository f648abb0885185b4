package dev.voxlog.testkit.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/// The stream of one answer on the wire: `chat.completion.chunk`s as server-sent events.
final class ChatFrames {
  private final String id;
  private final String model;
  private final boolean hasUsage;

  /// To answer `request`, the `number`th.
  ChatFrames(JsonNode request, int number) {
    this.id = "chatcmpl-" + number;
    this.model = request.path("model").asText();
    this.hasUsage = request.path("stream_options").path("include_usage").asBoolean();
  }

  String opening() {
    return delta(json().put("role", "assistant").put("content", ""));
  }

  /// Empty where the step sends nothing.
  String of(ChatScript.Step step) {
    return switch (step) {
      case ChatScript.Text(String token) -> delta(json().put("content", token));
      case ChatScript.Refusal(String token) -> delta(json().put("refusal", token));
      case ChatScript.Reasoning(String token) -> delta(json().put("reasoning_content", token));
      case ChatScript.Call(int index, String callId, String function) ->
          delta(call(index, callId, function));
      case ChatScript.Arguments(int index, String fragment) -> delta(arguments(index, fragment));
      case ChatScript.Finish(String reason) -> chunk(json(), reason);
      case ChatScript.Usage usage -> hasUsage ? usage(usage) : "";
      case ChatScript.Data(String data) -> data(data);
      case ChatScript.Raw(String bytes) -> bytes;
      case ChatScript.Failure(String code, String message) -> data(error(code, message));
      case ChatScript.Done _ -> data("[DONE]");
      case ChatScript.Status _, ChatScript.Stall _, ChatScript.Drop _ -> "";
    };
  }

  /// An error as OpenAI words it.
  static String error(String code, String message) {
    ObjectNode error = json();
    error
        .putObject("error")
        .put("message", message)
        .put("type", "invalid_request_error")
        .putNull("param")
        .put("code", code);
    return error.toString();
  }

  private static ObjectNode call(int index, String id, String function) {
    ObjectNode delta = json();
    delta
        .putArray("tool_calls")
        .addObject()
        .put("index", index)
        .put("id", id)
        .put("type", "function")
        .putObject("function")
        .put("name", function)
        .put("arguments", "");
    return delta;
  }

  private static ObjectNode arguments(int index, String fragment) {
    ObjectNode delta = json();
    delta
        .putArray("tool_calls")
        .addObject()
        .put("index", index)
        .putObject("function")
        .put("arguments", fragment);
    return delta;
  }

  private String usage(ChatScript.Usage usage) {
    ObjectNode chunk = head();
    chunk.putArray("choices");
    chunk
        .putObject("usage")
        .put("prompt_tokens", usage.prompt())
        .put("completion_tokens", usage.completion())
        .put("total_tokens", usage.prompt() + usage.completion())
        .putObject("prompt_tokens_details")
        .put("cached_tokens", usage.cached());
    return data(chunk.toString());
  }

  private String delta(ObjectNode delta) {
    return chunk(delta, null);
  }

  private String chunk(ObjectNode delta, @Nullable String reason) {
    ObjectNode chunk = head();
    ObjectNode choice = chunk.putArray("choices").addObject();
    choice.put("index", 0).set("delta", delta);
    choice.putNull("logprobs").put("finish_reason", reason);
    if (hasUsage) {
      chunk.putNull("usage");
    }
    return data(chunk.toString());
  }

  private ObjectNode head() {
    return json()
        .put("id", id)
        .put("object", "chat.completion.chunk")
        .put("created", 1_700_000_000)
        .put("model", model)
        .put("system_fingerprint", "fp_script");
  }

  private static ObjectNode json() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static String data(String data) {
    return "data: " + data + "\n\n";
  }
}
