package dev.voxlog.ingress.realtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Writes one session's server events, each with an id of its own, and knows in which order the
/// conversation's items came. Confined to one thread.
///
/// Source: https://platform.openai.com/docs/api-reference/realtime-server-events, and the types of
/// the official `openai` package. Whatever is written must be one of those.
public final class ServerEvents {
  private final String session;
  private final Consumer<String> out;
  private long written;
  private @Nullable String lastItem;

  /// `session` is what ids are made of.
  public ServerEvents(String session, Consumer<String> out) {
    this.session = session;
    this.out = out;
  }

  /// An id that nobody else's session has, the same whenever the same thing is named.
  String id(String kind, String name) {
    return kind + "_" + session + "_" + name;
  }

  ObjectNode event(String type) {
    return object().put("type", type).put("event_id", id("event", Long.toString(++written)));
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  void send(ObjectNode event) {
    out.accept(event.toString());
  }

  public void sessionCreated(SessionSettings settings) {
    send(with(event("session.created"), "session", settings.json()));
  }

  public void sessionUpdated(SessionSettings settings) {
    send(with(event("session.updated"), "session", settings.json()));
  }

  private static ObjectNode with(ObjectNode event, String field, JsonNode value) {
    event.set(field, value);
    return event;
  }

  /// The client has asked for something that cannot be done; `eventId` is its own.
  public void error(ProtocolFault fault, @Nullable String eventId) {
    error("invalid_request_error", fault, eventId);
  }

  /// Nothing the client did.
  public void serverError(String code, String message) {
    error("server_error", new ProtocolFault(code, null, message), null);
  }

  private void error(String type, ProtocolFault fault, @Nullable String eventId) {
    ObjectNode event = event("error");
    event
        .putObject("error")
        .put("type", type)
        .put("code", fault.code())
        .put("message", fault.reason())
        .put("param", fault.param())
        .put("event_id", eventId);
    send(event);
  }

  public void bufferCleared() {
    send(event("input_audio_buffer.cleared"));
  }

  public void truncated(String itemId, long audioEndMs) {
    send(
        event("conversation.item.truncated")
            .put("item_id", itemId)
            .put("content_index", 0)
            .put("audio_end_ms", audioEndMs));
  }

  // Items.

  /// The last item there is, null before the first.
  public @Nullable String lastItem() {
    return lastItem;
  }

  /// `previous` is the one before it, once it is added.
  void itemAdded(ObjectNode item) {
    send(
        with(
            event("conversation.item.added").put("previous_item_id", lastItem),
            "item",
            item.deepCopy()));
    lastItem = item.path("id").textValue();
  }

  void itemDone(ObjectNode item, @Nullable String previous) {
    send(
        with(
            event("conversation.item.done").put("previous_item_id", previous),
            "item",
            item.deepCopy()));
  }

  ObjectNode message(String id, String role, String status) {
    return object()
        .put("id", id)
        .put("object", "realtime.item")
        .put("type", "message")
        .put("status", status)
        .put("role", role);
  }

  // Audio, the one kind of which there are many.

  /// What comes before and after the audio of one item.
  record Delta(String beforeId, String beforeAudio, String afterAudio) {}

  Delta audioDelta(String responseId, String itemId) {
    return new Delta(
        "{\"type\":\"response.output_audio.delta\",\"event_id\":\"",
        "\",\"response_id\":\""
            + responseId
            + "\",\"item_id\":\""
            + itemId
            + "\",\"output_index\":0,\"content_index\":0,\"delta\":\"",
        "\"}");
  }

  void send(Delta delta, byte[] audio) {
    out.accept(
        delta.beforeId()
            + id("event", Long.toString(++written))
            + delta.beforeAudio()
            + Base64.getEncoder().encodeToString(audio)
            + delta.afterAudio());
  }
}
