package dev.voxlog.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.voxlog.ingress.CarrierMessage;
import dev.voxlog.ingress.MalformedMessageException;
import dev.voxlog.ingress.twilio.TwilioWire;
import dev.voxlog.schemas.AudioBytes;
import java.util.Base64;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/// Twilio's media messages, token by token and by hand, against Jackson's tree: a second of a call,
/// 50 messages.
@State(Scope.Thread)
public class CarrierWireBenchmark extends MedianTime {
  static final String STREAM = "MZ18ad3ab5a668481ce02b83e7395059f0";
  private final TwilioWire ours = new TwilioWire();
  private final ObjectMapper jackson = new ObjectMapper();
  private final AudioBytes[] sounds;
  private final String[] messages;
  private int next;

  public CarrierWireBenchmark() {
    byte[][] frames = Speech.frames();
    sounds = new AudioBytes[frames.length];
    messages = new String[frames.length];
    for (int i = 0; i < frames.length; i++) {
      String payload = Base64.getEncoder().encodeToString(frames[i]);
      sounds[i] = AudioBytes.wrap(frames[i]);
      messages[i] = message(i, payload);
    }
  }

  static String message(int number, String payload) {
    return """
    {"event":"media","sequenceNumber":"%d","streamSid":"%s","media":\
    {"track":"inbound","chunk":"%d","timestamp":"%d","payload":"%s"}}\
    """
        .formatted(number + 2, STREAM, number + 1, 20 * number, payload);
  }

  private int next() {
    next = (next + 1) % messages.length;
    return next;
  }

  @Benchmark
  public void readOurs(Blackhole call) throws MalformedMessageException {
    for (int i = 0; i < Speech.FRAMES_PER_SECOND; i++) {
      call.consume(ours.read(messages[next()]));
    }
  }

  @Benchmark
  public void readTree(Blackhole call) throws JsonProcessingException {
    for (int i = 0; i < Speech.FRAMES_PER_SECOND; i++) {
      call.consume(tree(messages[next()]));
    }
  }

  CarrierMessage.Media tree(String text) throws JsonProcessingException {
    JsonNode message = jackson.readTree(text);
    if (!message.path("event").asText().equals("media")) {
      throw new IllegalArgumentException("no media");
    }
    JsonNode media = message.path("media");
    return new CarrierMessage.Media(
        media.path("timestamp").asLong(),
        AudioBytes.wrap(Base64.getDecoder().decode(media.path("payload").asText())));
  }

  @Benchmark
  public void writeOurs(Blackhole call) {
    for (int i = 0; i < Speech.FRAMES_PER_SECOND; i++) {
      call.consume(ours.media(STREAM, sounds[next()]));
    }
  }

  @Benchmark
  public void writeTree(Blackhole call) throws JsonProcessingException {
    for (int i = 0; i < Speech.FRAMES_PER_SECOND; i++) {
      call.consume(tree(sounds[next()]));
    }
  }

  String tree(AudioBytes sound) throws JsonProcessingException {
    ObjectNode message = jackson.createObjectNode();
    message.put("event", "media").put("streamSid", STREAM);
    message.putObject("media").put("payload", sound.array());
    return jackson.writeValueAsString(message);
  }
}
