package dev.voxlog.schemas;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

/// The codec of each topic.
public final class TopicCodecs {
  private static final Map<Topic, TopicCodec<?>> BY_TOPIC = new EnumMap<>(Topic.class);
  private static final Map<String, Topic> BY_RECORD = new HashMap<>();

  static {
    for (Topic topic : Topic.values()) {
      TopicCodec<?> codec = make(topic);
      BY_TOPIC.put(topic, codec);
      BY_RECORD.put(codec.schema().getFullName(), topic);
    }
  }

  private TopicCodecs() {}

  public static TopicCodec<?> of(Topic topic) {
    TopicCodec<?> codec = BY_TOPIC.get(topic);
    if (codec == null) {
      throw new IllegalArgumentException("no codec for " + topic);
    }
    return codec;
  }

  /// The topic whose contract a schema is some version of, by its record name.
  public static Optional<Topic> topicOf(Schema schema) {
    return schema.getType() == Schema.Type.RECORD
        ? Optional.ofNullable(BY_RECORD.get(schema.getFullName()))
        : Optional.empty();
  }

  private static TopicCodec<?> make(Topic topic) {
    return switch (topic) {
      case AUDIO_IN -> new CallerAudioCodec();
      case TRANSCRIPTS -> new TranscriptCodec();
      case INTENTS -> new UnderstandingCodec();
      case SENTENCES -> new TurnCodec();
      case AUDIO_OUT -> new AgentAudioCodec();
      case CALLS -> new CallEventCodec();
    };
  }
}
