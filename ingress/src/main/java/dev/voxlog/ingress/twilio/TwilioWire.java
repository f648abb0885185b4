package dev.voxlog.ingress.twilio;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.voxlog.ingress.Carrier;
import dev.voxlog.ingress.CarrierMessage;
import dev.voxlog.ingress.MalformedMessageException;
import dev.voxlog.runtime.ForeignJson;
import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.Codec;
import java.io.IOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Twilio Media Streams, bidirectional: JSON text messages with base64 µ-law, read token by token.
///
/// Source: https://www.twilio.com/docs/voice/media-streams/websocket-messages. Numbers come as
/// strings.
public final class TwilioWire implements Carrier {
  private static final JsonFactory JSON = ForeignJson.factory().build();

  private static final Pattern SID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final long LONGEST_MS = 24 * 3600 * 1000L;

  /// The fields of a message that matter, as they come by.
  private static final class Fields {
    @Nullable String event;
    @Nullable String streamSid;
    @Nullable String callSid;
    @Nullable String encoding;
    @Nullable String sampleRate;
    @Nullable String track;
    @Nullable String timestamp;
    @Nullable String payload;
    @Nullable String digit;
    @Nullable String mark;
    final Map<String, String> parameters = new HashMap<>();

    void take(String path, String name, String value) {
      if (path.equals("start.customParameters")) {
        parameters.put(name, value);
        return;
      }
      switch (path.isEmpty() ? name : path + "." + name) {
        case "event" -> event = value;
        case "streamSid", "start.streamSid" -> streamSid = value;
        case "start.callSid" -> callSid = value;
        case "start.mediaFormat.encoding" -> encoding = value;
        case "start.mediaFormat.sampleRate" -> sampleRate = value;
        case "media.track" -> track = value;
        case "media.timestamp" -> timestamp = value;
        case "media.payload" -> payload = value;
        case "dtmf.digit" -> digit = value;
        case "mark.name" -> mark = value;
        default -> {}
      }
    }
  }

  @Override
  public String name() {
    return "twilio";
  }

  @Override
  public Codec codec() {
    return Codec.MULAW_8K;
  }

  @Override
  public CarrierMessage read(String text) throws MalformedMessageException {
    Fields fields = fields(text);
    return switch (required(fields.event, "event")) {
      case "connected" -> new CarrierMessage.Connected();
      case "start" -> start(fields);
      case "media" -> media(fields);
      case "dtmf" -> new CarrierMessage.Dtmf(digit(fields));
      case "mark" -> new CarrierMessage.Mark(required(fields.mark, "mark.name"));
      case "stop" -> new CarrierMessage.Stop();
      default -> new CarrierMessage.Ignored("another event");
    };
  }

  private static Fields fields(String text) throws MalformedMessageException {
    Fields fields = new Fields();
    try (JsonParser parser = JSON.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedMessageException("not a JSON object");
      }
      object(parser, "", fields);
      if (parser.nextToken() != null) {
        throw new MalformedMessageException("more than one JSON value");
      }
    } catch (IOException e) {
      throw new MalformedMessageException("not JSON");
    }
    return fields;
  }

  private static void object(JsonParser parser, String path, Fields fields) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (value == JsonToken.START_OBJECT) {
        object(parser, path.isEmpty() ? name : path + "." + name, fields);
      } else if (value == JsonToken.START_ARRAY) {
        parser.skipChildren();
      } else if (value != JsonToken.VALUE_NULL) {
        fields.take(path, name, parser.getText());
      }
    }
  }

  private static String required(@Nullable String value, String field)
      throws MalformedMessageException {
    if (value == null) {
      throw new MalformedMessageException(field + " is missing");
    }
    return value;
  }

  private static CarrierMessage start(Fields fields) throws MalformedMessageException {
    String streamSid = required(fields.streamSid, "streamSid");
    String callSid = required(fields.callSid, "start.callSid");
    if (!SID.matcher(streamSid).matches() || !SID.matcher(callSid).matches()) {
      throw new MalformedMessageException("streamSid or callSid is not an id");
    }
    boolean isMulaw = fields.encoding == null || fields.encoding.equals("audio/x-mulaw");
    boolean is8k = fields.sampleRate == null || fields.sampleRate.equals("8000");
    if (!isMulaw || !is8k) {
      throw new MalformedMessageException("the media format is not audio/x-mulaw at 8000");
    }
    return new CarrierMessage.Start(streamSid, callSid, fields.parameters);
  }

  private static CarrierMessage media(Fields fields) throws MalformedMessageException {
    if (fields.track != null && !fields.track.equals("inbound")) {
      return new CarrierMessage.Ignored("another track");
    }
    long timestamp = timestamp(required(fields.timestamp, "media.timestamp"));
    String payload = required(fields.payload, "media.payload");
    try {
      return new CarrierMessage.Media(
          timestamp, AudioBytes.wrap(Base64.getDecoder().decode(payload)));
    } catch (IllegalArgumentException e) {
      return new CarrierMessage.BrokenMedia("bad base64");
    }
  }

  private static long timestamp(String text) throws MalformedMessageException {
    try {
      long timestamp = Long.parseLong(text);
      if (timestamp >= 0 && timestamp <= LONGEST_MS) {
        return timestamp;
      }
    } catch (NumberFormatException e) {
      throw new MalformedMessageException("media.timestamp is not a number");
    }
    throw new MalformedMessageException("media.timestamp is beyond a day");
  }

  private static String digit(Fields fields) throws MalformedMessageException {
    String digit = required(fields.digit, "dtmf.digit");
    if (digit.length() != 1 || "0123456789*#ABCDabcd".indexOf(digit.charAt(0)) < 0) {
      throw new MalformedMessageException("dtmf.digit is not a key");
    }
    return digit;
  }

  @Override
  public String media(String streamId, AudioBytes audio) {
    String payload = Base64.getEncoder().encodeToString(audio.array());
    return "{\"event\":\"media\",\"streamSid\":\""
        + streamId
        + "\",\"media\":{\"payload\":\""
        + payload
        + "\"}}";
  }

  @Override
  public String mark(String streamId, String name) {
    String quoted = new String(JsonStringEncoder.getInstance().quoteAsString(name));
    return "{\"event\":\"mark\",\"streamSid\":\""
        + streamId
        + "\",\"mark\":{\"name\":\""
        + quoted
        + "\"}}";
  }

  @Override
  public String clear(String streamId) {
    return "{\"event\":\"clear\",\"streamSid\":\"" + streamId + "\"}";
  }
}
