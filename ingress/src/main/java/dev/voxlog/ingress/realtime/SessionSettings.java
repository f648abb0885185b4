package dev.voxlog.ingress.realtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.voxlog.schemas.Codec;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a session is like: who answers, in which codec both sides speak, and whether the client is
/// told the caller's words. Everything else is the agent file's.
///
/// `askedModel` is the model the client named when it connected; `call` is the call's id.
public record SessionSettings(
    String call, String model, @Nullable String askedModel, Codec codec, boolean isTranscribed) {
  private static final String SESSION = "session.";
  private static final String INPUT = "session.audio.input.";
  private static final String OUTPUT = "session.audio.output.";

  /// As a session begins: PCM at 24 kHz.
  public static SessionSettings initial(String call, String model, @Nullable String askedModel) {
    return new SessionSettings(call, model, askedModel, Codec.PCM16_24K, true);
  }

  /// With what the client wants changed. Nothing is changed in part.
  ///
  /// @throws ProtocolFault naming what cannot be as it is wanted
  public SessionSettings after(JsonNode session) throws ProtocolFault {
    if (!session.path("type").asText("realtime").equals("realtime")) {
      throw ProtocolFault.unsupported("session.type", "Sessions here are of type 'realtime'.");
    }
    Wish wish = new Wish(codec, codec, isTranscribed);
    for (Map.Entry<String, JsonNode> field : session.properties()) {
      JsonNode value = field.getValue();
      switch (field.getKey()) {
        case "type" -> {}
        case "audio" -> wish = audio(value, wish);
        default -> requireUsual(field.getKey(), value);
      }
    }
    if (wish.input() != wish.output()) {
      throw ProtocolFault.unsupported(
          "session.audio.output.format",
          "Both sides speak in one format; give session.audio.input.format and output.format alike.");
    }
    return new SessionSettings(call, model, askedModel, wish.input(), wish.isTranscribed());
  }

  private record Wish(Codec input, Codec output, boolean isTranscribed) {}

  private void requireUsual(String name, JsonNode value) throws ProtocolFault {
    String param = SESSION + name;
    boolean isUsual =
        switch (name) {
          case "model" -> value.asText().equals(model) || value.asText().equals(askedModel);
          case "output_modalities" -> isAudioAlone(value);
          case "tools", "include", "prompt", "reasoning" ->
              value.isContainerNode() && value.isEmpty();
          case "instructions" -> value.asText("").isEmpty();
          case "tool_choice" -> value.asText().equals("auto") || value.asText().equals("none");
          case "max_output_tokens" -> value.asText().equals("inf");
          case "truncation" -> value.asText().equals("auto");
          case "parallel_tool_calls" -> value.isBoolean();
          case "tracing" -> value.asText().equals("auto") || value.equals(tracing());
          default -> throw ProtocolFault.unknown(param);
        };
    if (!isUsual && !value.isNull()) {
      throw ProtocolFault.unsupported(param, reason(name));
    }
  }

  private static String reason(String name) {
    return switch (name) {
      case "model" -> "The model of a session cannot change; ?agent= or ?model= chooses the agent.";
      case "output_modalities" -> "The agent speaks: output_modalities is [\"audio\"].";
      case "tools", "tool_choice" -> "Tools are the agent file's; a client brings none.";
      case "instructions", "prompt" -> "Instructions are the agent file's; a client brings none.";
      default -> "This is the agent file's, and cannot be set by a client.";
    };
  }

  private static Wish audio(JsonNode audio, Wish before) throws ProtocolFault {
    Wish wish = before;
    requireObject(audio, "session.audio");
    for (Map.Entry<String, JsonNode> side : audio.properties()) {
      requireObject(side.getValue(), "session.audio." + side.getKey());
      for (Map.Entry<String, JsonNode> field : side.getValue().properties()) {
        wish =
            switch (side.getKey()) {
              case "input" -> input(field.getKey(), field.getValue(), wish);
              case "output" -> output(field.getKey(), field.getValue(), wish);
              default -> throw ProtocolFault.unknown("session.audio." + side.getKey());
            };
      }
    }
    return wish;
  }

  private static void requireObject(JsonNode value, String param) throws ProtocolFault {
    if (!value.isObject()) {
      throw ProtocolFault.invalid(param, "'" + param + "' is no object.");
    }
  }

  private static Wish input(String name, JsonNode value, Wish wish) throws ProtocolFault {
    String param = INPUT + name;
    switch (name) {
      case "format" -> {
        return new Wish(codec(value, param), wish.output(), wish.isTranscribed());
      }
      case "transcription" -> {
        if (!value.isNull()) {
          requireObject(value, param);
          requireTranscription(value);
        }
        return new Wish(wish.input(), wish.output(), !value.isNull());
      }
      case "turn_detection" -> requireTurnDetection(value);
      case "noise_reduction" -> {
        if (!value.isNull()) {
          throw ProtocolFault.unsupported(param, "There is no noise reduction here.");
        }
      }
      default -> throw ProtocolFault.unknown(param);
    }
    return wish;
  }

  /// Any model's name is taken, for a client must give one; the agent's own recogniser listens.
  private static void requireTranscription(JsonNode wanted) throws ProtocolFault {
    for (Map.Entry<String, JsonNode> field : wanted.properties()) {
      String param = INPUT + "transcription." + field.getKey();
      String value = field.getValue().asText("");
      switch (field.getKey()) {
        case "model" -> {}
        case "language" -> {
          if (!value.isEmpty() && !value.matches("en(-[A-Za-z]{2,8})?")) {
            throw ProtocolFault.unsupported(param, "English is recognised.");
          }
        }
        case "prompt" -> {
          if (!value.isEmpty()) {
            throw ProtocolFault.unsupported(param, "The agent's recogniser takes no prompt.");
          }
        }
        default -> throw ProtocolFault.unknown(param);
      }
    }
  }

  private static void requireTurnDetection(JsonNode wanted) throws ProtocolFault {
    String param = INPUT + "turn_detection";
    if (wanted.isNull()) {
      throw ProtocolFault.unsupported(param, "The server detects turns; null is not taken.");
    }
    requireObject(wanted, param);
    for (Map.Entry<String, JsonNode> field : wanted.properties()) {
      JsonNode value = field.getValue();
      boolean isUsual =
          switch (field.getKey()) {
            case "type" -> value.asText().equals("server_vad");
            case "create_response", "interrupt_response" -> value.asBoolean(false);
            case "idle_timeout_ms" -> value.isNull();
            case "threshold", "prefix_padding_ms", "silence_duration_ms", "eagerness" -> false;
            default -> throw ProtocolFault.unknown(param + "." + field.getKey());
          };
      if (!isUsual) {
        throw ProtocolFault.unsupported(
            param + "." + field.getKey(),
            "Turns are detected as the agent file says; leave this out.");
      }
    }
  }

  private static Wish output(String name, JsonNode value, Wish wish) throws ProtocolFault {
    String param = OUTPUT + name;
    switch (name) {
      case "format" -> {
        return new Wish(wish.input(), codec(value, param), wish.isTranscribed());
      }
      case "voice" ->
          throw ProtocolFault.unsupported(param, "The voice is the agent file's; leave this out.");
      case "speed" -> {
        if (value.asDouble() != 1.0) {
          throw ProtocolFault.unsupported(param, "The agent speaks at speed 1.");
        }
      }
      default -> throw ProtocolFault.unknown(param);
    }
    return wish;
  }

  private static Codec codec(JsonNode format, String param) throws ProtocolFault {
    String type = format.path("type").asText();
    int rate = format.path("rate").asInt(24_000);
    if (type.equals("audio/pcm") && rate == 24_000) {
      return Codec.PCM16_24K;
    }
    if (type.equals("audio/pcmu") && !format.has("rate")) {
      return Codec.MULAW_8K;
    }
    throw ProtocolFault.unsupported(
        param,
        "Formats are {\"type\":\"audio/pcm\",\"rate\":24000} and {\"type\":\"audio/pcmu\"}.");
  }

  static boolean isAudioAlone(JsonNode modalities) {
    return modalities.isArray()
        && modalities.size() == 1
        && modalities.path(0).asText().equals("audio");
  }

  private ObjectNode tracing() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("group_id", call)
        .put("workflow_name", "voxlog");
  }

  /// As the client is told it.
  ObjectNode json() {
    ObjectNode session = JsonNodeFactory.instance.objectNode();
    session.put("type", "realtime").put("model", model);
    session.putArray("output_modalities").add("audio");
    ObjectNode audio = session.putObject("audio");
    ObjectNode input = audio.putObject("input");
    input.set("format", format());
    if (isTranscribed) {
      input.putObject("transcription").put("model", "voxlog").put("language", "en");
    }
    input
        .putObject("turn_detection")
        .put("type", "server_vad")
        .put("create_response", true)
        .put("interrupt_response", true);
    audio.putObject("output").put("speed", 1).set("format", format());
    session.putArray("tools");
    session.put("tool_choice", "auto").put("max_output_tokens", "inf").put("truncation", "auto");
    session.set("tracing", tracing());
    return session;
  }

  private ObjectNode format() {
    ObjectNode format = JsonNodeFactory.instance.objectNode();
    return codec == Codec.MULAW_8K
        ? format.put("type", "audio/pcmu")
        : format.put("type", "audio/pcm").put("rate", 24_000);
  }
}
