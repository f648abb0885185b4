package dev.voxlog.ingress.realtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.voxlog.ingress.realtime.ClientMessage.Append;
import dev.voxlog.ingress.realtime.ClientMessage.CancelResponse;
import dev.voxlog.ingress.realtime.ClientMessage.ClearBuffer;
import dev.voxlog.ingress.realtime.ClientMessage.Commit;
import dev.voxlog.ingress.realtime.ClientMessage.CreateResponse;
import dev.voxlog.ingress.realtime.ClientMessage.CreateText;
import dev.voxlog.ingress.realtime.ClientMessage.Truncate;
import dev.voxlog.ingress.realtime.ClientMessage.Update;
import dev.voxlog.runtime.ForeignJson;
import dev.voxlog.schemas.AudioBytes;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads what a client sends. Pure functions, safe from any thread.
///
/// Source: https://platform.openai.com/docs/api-reference/realtime-client-events, and the types of
/// the official `openai` package.
public final class ClientReader {
  private static final ObjectMapper JSON =
      new ObjectMapper(
              ForeignJson.factory()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(32).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  /// In characters.
  public static final int LONGEST_TEXT = 4_000;

  private static final int LONGEST_EVENT_ID = 512;

  private ClientReader() {}

  /// A message's fields, and the id by which the client knows it.
  public record Envelope(JsonNode fields, @Nullable String eventId) {}

  /// Reads as much as an answer needs.
  ///
  /// @throws ProtocolFault if it is no JSON object
  public static Envelope open(String text) throws ProtocolFault {
    JsonNode fields;
    try {
      fields = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new ProtocolFault("invalid_json", null, "The message is not JSON.");
    }
    if (!fields.isObject()) {
      throw new ProtocolFault("invalid_json", null, "The message is not a JSON object.");
    }
    JsonNode eventId = fields.path("event_id");
    boolean isUsable = eventId.isTextual() && eventId.textValue().length() <= LONGEST_EVENT_ID;
    return new Envelope(fields, isUsable ? eventId.textValue() : null);
  }

  /// @throws ProtocolFault if it asks for nothing that is known, or not as it must
  public static ClientMessage read(Envelope envelope) throws ProtocolFault {
    JsonNode fields = envelope.fields();
    String type = text(fields, "type", "type");
    return switch (type) {
      case "session.update" -> new Update(object(fields, "session"));
      case "input_audio_buffer.append" -> new Append(audio(text(fields, "audio", "audio")));
      case "input_audio_buffer.commit" -> new Commit();
      case "input_audio_buffer.clear" -> new ClearBuffer();
      case "conversation.item.create" -> createItem(fields);
      case "conversation.item.truncate" -> truncate(fields);
      case "response.create" -> createResponse(fields.path("response"));
      case "response.cancel" -> new CancelResponse(id(fields, "response_id"));
      case "conversation.item.delete", "conversation.item.retrieve", "output_audio_buffer.clear" ->
          throw ProtocolFault.unsupported("type", "This server has no " + type + ".");
      default -> throw ProtocolFault.invalid("type", "There is no client event of this type.");
    };
  }

  private static AudioBytes audio(String base64) throws ProtocolFault {
    try {
      return AudioBytes.wrap(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      throw ProtocolFault.invalid("audio", "'audio' is not base64.");
    }
  }

  private static CreateText createItem(JsonNode fields) throws ProtocolFault {
    JsonNode item = object(fields, "item");
    if (!text(item, "type", "item.type").equals("message")) {
      throw ProtocolFault.unsupported(
          "item.type", "The conversation takes messages alone: tools are called by the agent.");
    }
    if (!text(item, "role", "item.role").equals("user")) {
      throw ProtocolFault.unsupported("item.role", "The conversation takes the user's messages.");
    }
    List<String> parts = new ArrayList<>();
    JsonNode content = item.path("content");
    for (int i = 0; i < content.size(); i++) {
      String param = "item.content[" + i + "]";
      if (!text(content.path(i), "type", param + ".type").equals("input_text")) {
        throw ProtocolFault.unsupported(
            param + ".type", "The user's messages are input_text; append audio to speak.");
      }
      parts.add(text(content.path(i), "text", param + ".text"));
    }
    String text = String.join("\n", parts).strip();
    if (text.isEmpty()) {
      throw ProtocolFault.missing("item.content");
    }
    if (text.length() > LONGEST_TEXT) {
      throw new ProtocolFault(
          "string_above_max_length",
          "item.content",
          "A text has at most " + LONGEST_TEXT + " characters.");
    }
    return new CreateText(id(item, "id"), id(fields, "previous_item_id"), text);
  }

  private static Truncate truncate(JsonNode fields) throws ProtocolFault {
    JsonNode endMs = fields.path("audio_end_ms");
    if (!endMs.isIntegralNumber() || !endMs.canConvertToInt() || endMs.intValue() < 0) {
      throw ProtocolFault.invalid("audio_end_ms", "'audio_end_ms' is no number of milliseconds.");
    }
    if (fields.path("content_index").asInt(0) != 0) {
      throw ProtocolFault.invalid("content_index", "An item has one content, of index 0.");
    }
    String item = id(fields, "item_id");
    if (item == null) {
      throw ProtocolFault.missing("item_id");
    }
    return new Truncate(item, endMs.intValue());
  }

  private static CreateResponse createResponse(JsonNode response) throws ProtocolFault {
    for (Map.Entry<String, JsonNode> asked : response.properties()) {
      String param = "response." + asked.getKey();
      JsonNode value = asked.getValue();
      boolean isUsual =
          switch (asked.getKey()) {
            case "output_modalities" -> SessionUpdate.isAudioAlone(value);
            case "conversation", "tool_choice" -> value.asText().equals("auto");
            case "max_output_tokens" -> value.asText().equals("inf");
            case "instructions", "audio", "input", "metadata", "prompt", "reasoning", "tools" ->
                value.isEmpty() && value.asText("").isEmpty();
            case "parallel_tool_calls" -> value.isBoolean() || value.isNull();
            default -> throw ProtocolFault.unknown(param);
          };
      if (!isUsual && !value.isNull()) {
        throw ProtocolFault.unsupported(
            param, "The agent answers as its file says; a response cannot be asked otherwise.");
      }
    }
    return new CreateResponse();
  }

  private static JsonNode object(JsonNode fields, String name) throws ProtocolFault {
    JsonNode value = fields.path(name);
    if (!value.isObject()) {
      throw ProtocolFault.missing(name);
    }
    return value;
  }

  private static String text(JsonNode fields, String name, String param) throws ProtocolFault {
    JsonNode value = fields.path(name);
    if (!value.isTextual()) {
      throw ProtocolFault.missing(param);
    }
    return value.textValue();
  }

  private static @Nullable String id(JsonNode fields, String name) throws ProtocolFault {
    JsonNode value = fields.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isTextual() || !ID.matcher(value.textValue()).matches()) {
      throw ProtocolFault.invalid(name, "'" + name + "' is no id.");
    }
    return value.textValue();
  }
}
