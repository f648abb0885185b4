package dev.voxlog.runtime;

import dev.voxlog.schemas.AgentAudio;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.CallerAudio;
import dev.voxlog.schemas.Decoded;
import dev.voxlog.schemas.StageName;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.TopicCatalogue;
import dev.voxlog.schemas.TranscriptEvent;
import dev.voxlog.schemas.TurnEvent;
import dev.voxlog.schemas.Understanding;
import dev.voxlog.schemas.VoxEvent;
import dev.voxlog.schemas.serde.VoxlogDeserializer;
import dev.voxlog.schemas.serde.VoxlogSerializer;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/// The log's codec over ordinary Kafka serializers, named by the keys `value.serializer` and
/// `value.deserializer`.
///
/// Voxlog's own pair is the default and takes events as they are. Any other pair, such as
/// Confluent's Avro one, is given and gives generic Avro records. All other keys go to the pair as
/// they are (`schema.registry.url` and the like).
public final class SerdeLogCodec implements LogCodec, AutoCloseable {
  public static final String SERIALIZER = "value.serializer";
  public static final String DESERIALIZER = "value.deserializer";

  private static final int FRAME = 1 + Integer.BYTES;
  private static final int MOST_REFUSED = 1_000;

  /// How long a registry's client believes that it knows no schema of an id, less a margin.
  private static final long REFUSED_NANOS = 4_000_000_000L;

  private final TopicCatalogue topics;
  private final Serializer<Object> serializer;
  private final Deserializer<Object> deserializer;
  private final boolean isOwnSerializer;
  private final boolean isOwnDeserializer;
  private final Set<Integer> known = ConcurrentHashMap.newKeySet();
  private final Map<Integer, Long> refused = new ConcurrentHashMap<>();

  /// Makes and configures the pair; nothing is asked of a registry before [#warmUp].
  ///
  /// @throws ConfigException if a class or one of its keys is wrong
  public SerdeLogCodec(Map<String, ?> config, TopicCatalogue topics) {
    this.topics = topics;
    serializer = make(config, SERIALIZER, VoxlogSerializer.class.getName(), Serializer.class);
    deserializer =
        make(config, DESERIALIZER, VoxlogDeserializer.class.getName(), Deserializer.class);
    isOwnSerializer = (Object) serializer instanceof VoxlogSerializer;
    isOwnDeserializer = (Object) deserializer instanceof VoxlogDeserializer;
    serializer.configure(config, false);
    deserializer.configure(config, false);
  }

  @SuppressWarnings("unchecked")
  private static <T> T make(Map<String, ?> config, String key, String otherwise, Class<?> type) {
    Object name = config.get(key);
    String className = name == null ? otherwise : name.toString();
    try {
      return (T) Utils.newInstance(className, type);
    } catch (ClassNotFoundException | KafkaException | ClassCastException e) {
      throw new ConfigException(
          key, className, "name a " + type.getName() + " that is on the class path");
    }
  }

  @Override
  public byte[] encode(VoxEvent event) {
    String topic = topics.name(Topic.of(event));
    try {
      Object value = isOwnSerializer ? event : AvroRecords.of(event);
      return serializer.serialize(topic, value);
    } catch (KafkaException e) {
      if (isOutage(e)) {
        throw new UnavailableException("no schema to write " + topic + " with", e);
      }
      throw e;
    }
  }

  @Override
  public Read decode(Topic topic, byte[] value) throws UnreadableException {
    try {
      Read read = isOwnDeserializer ? ownRead(topic, value) : foreignRead(topic, value);
      noteKnown(value);
      return read;
    } catch (KafkaException e) {
      if (isOutage(e)) {
        throw new UnavailableException("no schema to read " + topic.id() + " with", e);
      }
      noteRefused(value);
      throw new UnreadableException(String.valueOf(e.getMessage()), e);
    }
  }

  private Read ownRead(Topic topic, byte[] value) throws UnreadableException {
    return read(topic, deserializer.deserialize(topics.name(topic), value));
  }

  private Read foreignRead(Topic topic, byte[] value) throws UnreadableException {
    @Nullable Object found;
    // Kafka gives a deserializer to one consumer, so foreign ones need not expect two threads.
    synchronized (deserializer) {
      found = deserializer.deserialize(topics.name(topic), value);
    }
    return read(topic, AvroRecords.decode(topic, found));
  }

  private static Read read(Topic topic, @Nullable Object decoded) throws UnreadableException {
    return switch (decoded) {
      case null -> throw new UnreadableException("a record without a value");
      case Decoded.Event<?>(VoxEvent event) when Topic.of(event) == topic -> new Read.Known(event);
      case Decoded.Unknown<?>(String kind) -> new Read.NewerKind(kind);
      case Decoded.Event<?>(VoxEvent event) ->
          throw new UnreadableException(
              "a record of " + Topic.of(event).id() + " in " + topic.id());
      default ->
          throw new UnreadableException(
              "a " + decoded.getClass().getSimpleName() + " where an event belongs");
    };
  }

  /// Whether the failure says that the registry could not be asked, rather than that the bytes are
  /// wrong: ours throws its own exception, Confluent's wraps what the network said in a
  /// SerializationException.
  private static boolean isOutage(KafkaException failure) {
    if (!(failure instanceof SerializationException)) {
      return true;
    }
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      switch (cause) {
        case SocketException _,
            UnknownHostException _,
            HttpTimeoutException _,
            InterruptedIOException _,
            SSLException _ -> {
          return true;
        }
        default -> {}
      }
    }
    return false;
  }

  @Override
  public boolean mustAsk(byte[] value) {
    if (!isFramed(value) || known.contains(schemaId(value))) {
      return false;
    }
    Long at = refused.get(schemaId(value));
    return at == null || System.nanoTime() - at > REFUSED_NANOS;
  }

  private void noteKnown(byte[] value) {
    if (isFramed(value)) {
      known.add(schemaId(value));
    }
  }

  private void noteRefused(byte[] value) {
    if (isFramed(value) && !known.contains(schemaId(value))) {
      if (refused.size() >= MOST_REFUSED) {
        refused.clear();
      }
      refused.put(schemaId(value), System.nanoTime());
    }
  }

  private static boolean isFramed(byte[] value) {
    return value.length >= FRAME && value[0] == 0;
  }

  private static int schemaId(byte[] value) {
    return ByteBuffer.wrap(value, 1, Integer.BYTES).getInt();
  }

  /// Writes and reads one record of each topic in memory: then the pair knows every schema of this
  /// version.
  @Override
  public void warmUp() {
    CallId nobody = new CallId("warm-up");
    List<VoxEvent> one =
        List.of(
            new CallerAudio.End(nobody, Instant.EPOCH, 0, 0, 0),
            new TranscriptEvent.Owner(Instant.EPOCH, 0),
            new Understanding.Owner(Instant.EPOCH, 0),
            new TurnEvent.Owner(Instant.EPOCH, 0),
            new AgentAudio.Owner(Instant.EPOCH, 0),
            new CallEvent.Owner(Instant.EPOCH, StageName.CLI));
    for (VoxEvent event : one) {
      decodeTrusted(Topic.of(event), encode(event));
    }
  }

  @Override
  public void close() {
    serializer.close();
    deserializer.close();
  }
}
