package dev.voxlog.ingress.realtime;

import com.fasterxml.jackson.databind.JsonNode;
import dev.voxlog.ingress.realtime.SessionSettings.Manner;
import dev.voxlog.schemas.Codec;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One reading of what a client wants its session to be.
final class SessionUpdate {
  private static final String SESSION = "session.";
  private static final String INPUT = "session.audio.input.";
  private static final String OUTPUT = "session.audio.output.";

  private final SessionSettings before;
  private Codec input;
  private Codec output;
  private boolean isTranscribed;
  private @Nullable String instructions;
  private @Nullable String voice;
  private DetectedTurns turns;

  SessionUpdate(SessionSettings before) {
    this.before = before;
    input = before.codec();
    output = before.codec();
    isTranscribed = before.isTranscribed();
    instructions = before.manner().instructions();
    voice = before.manner().voice();
    turns = before.turns();
  }

  /// What the session would be.
  ///
  /// @throws ProtocolFault naming what cannot be as it is wanted
  SessionSettings read(JsonNode session) throws ProtocolFault {
    if (!session.path("type").asText("realtime").equals("realtime")) {
      throw ProtocolFault.unsupported("session.type", "Sessions here are of type 'realtime'.");
    }
    for (Map.Entry<String, JsonNode> field : session.properties()) {
      JsonNode value = field.getValue();
      switch (field.getKey()) {
        case "type" -> {}
        case "audio" -> audio(value);
        case "instructions" -> instructions = instructions(value);
        default -> requireUsual(field.getKey(), value);
      }
    }
    if (input != output) {
      throw ProtocolFault.unsupported(
          "session.audio.output.format",
          "Both sides speak in one format; give session.audio.input.format and output.format alike.");
    }
    return new SessionSettings(
        before.session(), input, isTranscribed, new Manner(instructions, voice), turns);
  }

  private @Nullable String instructions(JsonNode value) throws ProtocolFault {
    String param = SESSION + "instructions";
    String wanted = text(value, param);
    if (wanted.isBlank()) {
      return null;
    }
    before.session().terms().requireInstructions(wanted, param);
    return wanted;
  }

  /// Empty for null.
  private static String text(JsonNode value, String param) throws ProtocolFault {
    if (!value.isNull() && !value.isTextual()) {
      throw ProtocolFault.invalid(param, "'" + param + "' is no text.");
    }
    return value.asText("");
  }

  private void requireUsual(String name, JsonNode value) throws ProtocolFault {
    String param = SESSION + name;
    boolean isUsual =
        switch (name) {
          case "model" -> before.session().isModel(value.asText());
          case "output_modalities" -> isAudioAlone(value);
          case "tools", "include", "prompt", "reasoning" ->
              value.isContainerNode() && value.isEmpty();
          case "tool_choice" -> value.asText().equals("auto") || value.asText().equals("none");
          case "max_output_tokens" -> value.asText().equals("inf");
          case "truncation" -> value.asText().equals("auto");
          case "parallel_tool_calls" -> value.isBoolean();
          case "tracing" ->
              value.asText().equals("auto") || value.equals(before.session().tracing());
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
      case "prompt" -> "Stored prompts are not had; give instructions.";
      default -> "This is the agent file's, and cannot be set by a client.";
    };
  }

  static boolean isAudioAlone(JsonNode modalities) {
    return modalities.isArray()
        && modalities.size() == 1
        && modalities.path(0).asText().equals("audio");
  }

  private void audio(JsonNode audio) throws ProtocolFault {
    requireObject(audio, "session.audio");
    for (Map.Entry<String, JsonNode> side : audio.properties()) {
      requireObject(side.getValue(), "session.audio." + side.getKey());
      for (Map.Entry<String, JsonNode> field : side.getValue().properties()) {
        switch (side.getKey()) {
          case "input" -> input(field.getKey(), field.getValue());
          case "output" -> output(field.getKey(), field.getValue());
          default -> throw ProtocolFault.unknown("session.audio." + side.getKey());
        }
      }
    }
  }

  private static void requireObject(JsonNode value, String param) throws ProtocolFault {
    if (!value.isObject()) {
      throw ProtocolFault.invalid(param, "'" + param + "' is no object.");
    }
  }

  private void input(String name, JsonNode value) throws ProtocolFault {
    String param = INPUT + name;
    switch (name) {
      case "format" -> input = codec(value, param);
      case "transcription" -> {
        if (!value.isNull()) {
          requireObject(value, param);
          requireTranscription(value);
        }
        isTranscribed = !value.isNull();
      }
      case "turn_detection" -> turns = DetectedTurns.read(value, param);
      case "noise_reduction" -> {
        if (!value.isNull()) {
          throw ProtocolFault.unsupported(param, "There is no noise reduction here.");
        }
      }
      default -> throw ProtocolFault.unknown(param);
    }
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

  private void output(String name, JsonNode value) throws ProtocolFault {
    String param = OUTPUT + name;
    switch (name) {
      case "format" -> output = codec(value, param);
      case "voice" -> voice = voice(value, param);
      case "speed" -> {
        if (value.asDouble() != 1.0) {
          throw ProtocolFault.unsupported(param, "The agent speaks at speed 1.");
        }
      }
      default -> throw ProtocolFault.unknown(param);
    }
  }

  /// The agent's own is no choice: a client may give back what it was told.
  private @Nullable String voice(JsonNode value, String param) throws ProtocolFault {
    String wanted = text(value, param);
    if (wanted.isEmpty() || wanted.equals(before.session().terms().voice())) {
      return null;
    }
    before.session().terms().requireVoice(wanted, param);
    return wanted;
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
}
