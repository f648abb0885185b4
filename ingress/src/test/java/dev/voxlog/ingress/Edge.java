package dev.voxlog.ingress;

import java.util.List;

/// A WebSocket of the node, and what is rightly sent on it: `conversation` gives messages of every
/// kind, by the number of the call, the first `openers` of which begin it.
enum Edge {
  TWILIO("/twilio/stream", 2) {
    @Override
    List<String> conversation(int call) {
      String sid = "%032x".formatted(call);
      String payload = "/v7+".repeat(40);
      return List.of(
          "{\"event\":\"connected\",\"protocol\":\"Call\",\"version\":\"1.0.0\"}",
          "{\"event\":\"start\",\"sequenceNumber\":\"1\",\"streamSid\":\"MZ%1$s\",\"start\":{\"accountSid\":\"AC0\",\"streamSid\":\"MZ%1$s\",\"callSid\":\"CA%1$s\",\"tracks\":[\"inbound\"],\"mediaFormat\":{\"encoding\":\"audio/x-mulaw\",\"sampleRate\":8000,\"channels\":1},\"customParameters\":{\"from\":\"+15550100001\"}}}"
              .formatted(sid),
          "{\"event\":\"media\",\"sequenceNumber\":\"3\",\"streamSid\":\"MZ%s\",\"media\":{\"track\":\"inbound\",\"chunk\":\"1\",\"timestamp\":\"20\",\"payload\":\"%s\"}}"
              .formatted(sid, payload),
          "{\"event\":\"dtmf\",\"streamSid\":\"MZ%s\",\"sequenceNumber\":\"5\",\"dtmf\":{\"track\":\"inbound_track\",\"digit\":\"1\"}}"
              .formatted(sid),
          "{\"event\":\"mark\",\"sequenceNumber\":\"4\",\"streamSid\":\"MZ%s\",\"mark\":{\"name\":\"1.0.0\"}}"
              .formatted(sid),
          "{\"event\":\"stop\",\"sequenceNumber\":\"6\",\"streamSid\":\"MZ%s\",\"stop\":{\"accountSid\":\"AC0\",\"callSid\":\"CA%1$s\"}}"
              .formatted(sid));
    }
  },

  REALTIME("/v1/realtime", 1) {
    @Override
    List<String> conversation(int call) {
      return List.of(
          "{\"type\":\"session.update\",\"event_id\":\"e1\",\"session\":{\"type\":\"realtime\",\"output_modalities\":[\"audio\"],\"instructions\":\"\",\"tools\":[],\"tool_choice\":\"auto\",\"tracing\":\"auto\",\"audio\":{\"input\":{\"format\":{\"type\":\"audio/pcm\",\"rate\":24000},\"transcription\":{\"model\":\"whisper-1\",\"language\":\"en\"},\"turn_detection\":{\"type\":\"server_vad\",\"create_response\":true},\"noise_reduction\":null},\"output\":{\"format\":{\"type\":\"audio/pcm\",\"rate\":24000},\"speed\":1.0}}}}",
          "{\"type\":\"session.update\",\"session\":{\"type\":\"realtime\",\"audio\":{\"input\":{\"format\":{\"type\":\"audio/pcmu\"}},\"output\":{\"format\":{\"type\":\"audio/pcmu\"}}}}}",
          "{\"type\":\"input_audio_buffer.append\",\"event_id\":\"e2\",\"audio\":\"%s\"}"
              .formatted("/v7+".repeat(240)),
          "{\"type\":\"input_audio_buffer.commit\",\"event_id\":\"e3\"}",
          "{\"type\":\"input_audio_buffer.clear\"}",
          "{\"type\":\"conversation.item.create\",\"previous_item_id\":null,\"item\":{\"id\":\"item_%d\",\"type\":\"message\",\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"Where is my order?\"},{\"type\":\"input_text\",\"text\":\"It is late.\"}]}}"
              .formatted(call),
          "{\"type\":\"conversation.item.create\",\"item\":{\"type\":\"message\",\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"My card is %s, the security code is %s.\"}]}}"
              .formatted(CARD, SECURITY_CODE),
          "{\"type\":\"response.create\",\"event_id\":\"e4\",\"response\":{\"conversation\":\"auto\",\"output_modalities\":[\"audio\"],\"metadata\":null,\"max_output_tokens\":\"inf\"}}",
          "{\"type\":\"response.cancel\",\"response_id\":null}",
          "{\"type\":\"conversation.item.truncate\",\"item_id\":\"item_%d\",\"content_index\":0,\"audio_end_ms\":120}"
              .formatted(call),
          "{\"type\":\"conversation.item.delete\",\"item_id\":\"item_%d\"}".formatted(call),
          "{\"type\":\"conversation.item.retrieve\",\"item_id\":\"item_%d\"}".formatted(call),
          "{\"type\":\"output_audio_buffer.clear\"}");
    }
  };

  static final String CARD = "4111 1111 1111 1111";
  private static final String SECURITY_CODE = "737";

  final String path;
  final int openers;

  Edge(String path, int openers) {
    this.path = path;
    this.openers = openers;
  }

  abstract List<String> conversation(int call);
}
