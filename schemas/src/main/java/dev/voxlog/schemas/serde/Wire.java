package dev.voxlog.schemas.serde;

import dev.voxlog.schemas.Decoded;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.TopicCodec;
import dev.voxlog.schemas.TopicCodecs;
import dev.voxlog.schemas.UndecodableRecordException;
import dev.voxlog.schemas.VoxEvent;
import dev.voxlog.schemas.registry.SchemaRegistryClient;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/// Events as they lie in the log, for programs that keep Kafka to plain bytes so that a poison
/// record cannot stop a poll.
///
/// Any number of threads may use one. The first event of a topic and the first record of a schema
/// id wait for the registry; everything else waits for nothing.
public final class Wire {
  private final SchemaRegistryClient registry;
  private final Function<Topic, String> names;
  private final Subjects subjects;

  /// `names` gives a topic's physical name, from which its subject follows. The client stays the
  /// caller's to close.
  public Wire(SchemaRegistryClient registry, SchemaUse use, Function<Topic, String> names) {
    this.registry = registry;
    this.names = names;
    this.subjects = new Subjects(registry, use, false);
  }

  /// Asks for the ids of all topics now, so that no event has to wait for them later.
  public void prepare() {
    for (Topic topic : Topic.values()) {
      subjects.of(names.apply(topic), TopicCodecs.of(topic).schema());
    }
  }

  public byte[] encode(VoxEvent event) {
    return encode(names.apply(Topic.of(event)), event);
  }

  /// Encodes for a topic of this physical name.
  public byte[] encode(String physicalTopic, VoxEvent event) {
    TopicCodec<?> codec = TopicCodecs.of(Topic.of(event));
    Subjects.Written written = subjects.of(physicalTopic, codec.schema());
    return Subjects.framed(written, out -> codec.encodeAny(event, out));
  }

  /// Reads a record's value.
  ///
  /// Throws [UndecodableRecordException] for a dead letter (a missing value too), and
  /// [dev.voxlog.schemas.registry.RegistryException] when the registry cannot be asked for the
  /// writer's schema: then the record is sound, and must be read again later.
  public Decoded<? extends VoxEvent> decode(Topic topic, byte @Nullable [] value) {
    if (value == null) {
      throw new UndecodableRecordException("a record without a value");
    }
    Schema writer = Frame.schema(value, registry);
    return TopicCodecs.of(topic).decode(writer, Frame.value(value));
  }

  /// Reads a value whose topic is told by its schema's name.
  public Decoded<? extends VoxEvent> decode(byte[] value) {
    Schema writer = Frame.schema(value, registry);
    Topic topic =
        TopicCodecs.topicOf(writer)
            .orElseThrow(() ->
                new UndecodableRecordException(
                    "a " + writer.getFullName() + " is no event of Voxlog's"));
    return TopicCodecs.of(topic).decode(writer, Frame.value(value));
  }
}
