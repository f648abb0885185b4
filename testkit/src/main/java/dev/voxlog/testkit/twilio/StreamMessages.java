package dev.voxlog.testkit.twilio;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Media Streams messages as the carrier writes and reads them; numbers are strings.
final class StreamMessages {
  private static final JsonFactory JSON = new JsonFactory();

  private StreamMessages() {}

  /// One message from the application. Fields its event does not have are null.
  record Received(
      @Nullable String event,
      @Nullable String streamSid,
      @Nullable String payload,
      @Nullable String mark) {}

  static String connected() {
    return "{\"event\":\"connected\",\"protocol\":\"Call\",\"version\":\"1.0.0\"}";
  }

  static String start(
      String streamSid, CallPlan.Identity identity, Map<String, String> parameters) {
    ObjectNode message = message("start", 1, streamSid);
    ObjectNode start = message.putObject("start");
    start
        .put("accountSid", identity.accountSid())
        .put("streamSid", streamSid)
        .put("callSid", identity.callSid());
    start.putArray("tracks").add("inbound");
    start
        .putObject("mediaFormat")
        .put("encoding", "audio/x-mulaw")
        .put("sampleRate", 8000)
        .put("channels", 1);
    ObjectNode custom = start.putObject("customParameters");
    parameters.forEach(custom::put);
    return message.toString();
  }

  static String media(String streamSid, long sequence, long chunk, long timestampMs, byte[] mulaw) {
    return "{\"event\":\"media\",\"sequenceNumber\":\""
        + sequence
        + "\",\"streamSid\":\""
        + streamSid
        + "\",\"media\":{\"track\":\"inbound\",\"chunk\":\""
        + chunk
        + "\",\"timestamp\":\""
        + timestampMs
        + "\",\"payload\":\""
        + Base64.getEncoder().encodeToString(mulaw)
        + "\"}}";
  }

  static String dtmf(String streamSid, long sequence, String digit) {
    ObjectNode message = message("dtmf", sequence, streamSid);
    message.putObject("dtmf").put("track", "inbound_track").put("digit", digit);
    return message.toString();
  }

  static String mark(String streamSid, long sequence, String name) {
    ObjectNode message = message("mark", sequence, streamSid);
    message.putObject("mark").put("name", name);
    return message.toString();
  }

  static String stop(String streamSid, long sequence, CallPlan.Identity identity) {
    ObjectNode message = message("stop", sequence, streamSid);
    message
        .putObject("stop")
        .put("accountSid", identity.accountSid())
        .put("callSid", identity.callSid());
    return message.toString();
  }

  private static ObjectNode message(String event, long sequence, String streamSid) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("event", event)
        .put("sequenceNumber", Long.toString(sequence))
        .put("streamSid", streamSid);
  }

  static Received read(String text) throws IOException {
    String event = null;
    String streamSid = null;
    String payload = null;
    String mark = null;
    try (JsonParser parser = JSON.createParser(text)) {
      String parent = "";
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.START_OBJECT && parser.currentName() != null) {
          parent = parser.currentName();
        } else if (token == JsonToken.END_OBJECT) {
          parent = "";
        } else if (token == JsonToken.VALUE_STRING) {
          switch (parent + "/" + parser.currentName()) {
            case "/event" -> event = parser.getText();
            case "/streamSid" -> streamSid = parser.getText();
            case "media/payload" -> payload = parser.getText();
            case "mark/name" -> mark = parser.getText();
            default -> {}
          }
        }
      }
    }
    return new Received(event, streamSid, payload, mark);
  }
}
