package dev.voxlog.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.Decoded;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.TopicCodecs;
import dev.voxlog.schemas.TurnEvent;
import dev.voxlog.schemas.UndecodableRecordException;
import dev.voxlog.schemas.registry.FakeRegistry;
import dev.voxlog.schemas.registry.RegistryException;
import dev.voxlog.schemas.registry.RegistrySettings;
import dev.voxlog.schemas.registry.SchemaRegistryClient;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SerdeTest {
  private static final TurnEvent SENTENCE =
      new TurnEvent.Sentence(
          new CallId("c"), Instant.EPOCH, 1, 0, "Hello.", TurnEvent.Purpose.ANSWER, List.of(1, 2));

  private final FakeRegistry registry = new FakeRegistry();
  private final SchemaRegistryClient client =
      new SchemaRegistryClient(RegistrySettings.from(keys(Map.of())));

  @AfterEach
  void stop() {
    client.close();
    registry.close();
  }

  @Test
  void aProducerFindsTheSerializerByItsClassName() throws Exception {
    Map<String, Object> keys = new HashMap<>(keys(Map.of()));
    keys.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, VoxlogSerializer.class.getName());
    Serializer<?> found = Utils.newInstance(VoxlogSerializer.class.getName(), Serializer.class);

    assertThat(found).isInstanceOf(VoxlogSerializer.class);
    found.configure(keys, false);
    found.close();
  }

  @Test
  void anEventGoesThroughInConfluentsFrameUnderTheTopicsSubject() {
    try (VoxlogSerializer serializer = new VoxlogSerializer();
        VoxlogDeserializer deserializer = new VoxlogDeserializer()) {
      serializer.configure(keys(Map.of()), false);
      deserializer.configure(keys(Map.of()), false);

      byte[] bytes = serializer.serialize("acme.sentences", SENTENCE);

      assertThat(bytes).startsWith(0, 0, 0, 0, 1);
      assertThat(client.subjects()).containsExactly("acme.sentences-value");
      assertThat(deserializer.deserialize("acme.sentences", bytes))
          .isEqualTo(new Decoded.Event<>(SENTENCE));
      assertThat(serializer.serialize("acme.sentences", null)).isNull();
      assertThat(deserializer.deserialize("acme.sentences", null)).isNull();
    }
  }

  @Test
  void anyProgramReadsAnEventAsAPlainRecord() {
    Wire wire = new Wire(client, SchemaUse.REGISTER, Topic::id);
    try (AvroDeserializer deserializer = new AvroDeserializer()) {
      deserializer.configure(keys(Map.of()), false);

      GenericRecord row = deserializer.deserialize("sentences", wire.encode(SENTENCE));

      assertThat(row)
          .isNotNull()
          .satisfies(read -> {
            assertThat(read.get("text")).hasToString("Hello.");
            assertThat(read.get("kind")).hasToString("SENTENCE");
          });
    }
  }

  @Test
  void anyRecordGoesThroughAsKeyOrValue() {
    Schema point = SchemaBuilder.record("Point").fields().requiredInt("x").endRecord();
    GenericRecord record = new GenericRecordBuilder(point).set("x", 7).build();
    try (AvroSerializer serializer = new AvroSerializer();
        AvroDeserializer deserializer = new AvroDeserializer()) {
      serializer.configure(keys(Map.of()), true);
      deserializer.configure(keys(Map.of()), true);

      byte[] bytes = serializer.serialize("points", record);

      assertThat(deserializer.deserialize("points", bytes)).isEqualTo(record);
      assertThat(client.subjects()).containsExactly("points-key");
    }
  }

  @Test
  void preparedIdsServeWhenTheRegistryIsGone() {
    Wire wire = new Wire(client, SchemaUse.REGISTER, topic -> "x." + topic.id());
    wire.prepare();
    assertThat(client.subjects()).hasSize(Topic.values().length);
    registry.close();

    assertThat(wire.decode(Topic.SENTENCES, wire.encode(SENTENCE)))
        .isEqualTo(new Decoded.Event<>(SENTENCE));
  }

  @Test
  void withoutRegisteringASchemaThatIsNotThereIsRefused() {
    Wire wire = new Wire(client, SchemaUse.LOOK_UP, Topic::id);

    assertThatThrownBy(() -> wire.encode(SENTENCE)).isInstanceOf(RegistryException.class);
    client.register("sentences-value", TopicCodecs.of(Topic.SENTENCES).schema());
    assertThat(wire.decode(Topic.SENTENCES, wire.encode(SENTENCE)))
        .isEqualTo(new Decoded.Event<>(SENTENCE));
  }

  @Test
  void theLatestVersionsLayoutIsWrittenWhereItIsAskedFor() {
    String ours = TopicCodecs.of(Topic.SENTENCES).schema().toString();
    Schema latest =
        new Schema.Parser()
            .parse(
                ours.replace(
                    "\"fields\":[{\"name\":\"kind\"",
                    "\"fields\":[{\"name\":\"first\",\"type\":\"string\",\"default\":\"added\"},"
                        + "{\"name\":\"kind\""));
    int id = client.register("sentences-value", latest);
    SchemaUse use =
        SchemaUse.from(Map.of("auto.register.schemas", "false", "use.latest.version", true));
    Wire wire = new Wire(client, use, Topic::id);

    byte[] bytes = wire.encode(SENTENCE);

    assertThat(ByteBuffer.wrap(bytes, 1, 4).getInt()).isEqualTo(id);
    assertThat(new String(bytes, 6, 5, StandardCharsets.UTF_8)).isEqualTo("added");
    assertThat(wire.decode(Topic.SENTENCES, bytes)).isEqualTo(new Decoded.Event<>(SENTENCE));
  }

  @Test
  void poisonHasAReason() {
    Wire wire = new Wire(client, SchemaUse.REGISTER, Topic::id);
    byte[] sound = wire.encode(SENTENCE);
    byte[] cut = Arrays.copyOf(sound, sound.length - 4);

    undecodable(wire, null, "without a value");
    undecodable(wire, new byte[0], "no magic byte");
    undecodable(wire, "{\"json\":1}".getBytes(StandardCharsets.UTF_8), "magic");
    undecodable(wire, new byte[] {0, 0, 0, 0, 99, 1}, "schema id 99");
    undecodable(wire, cut, "end");
    assertThatThrownBy(() -> wire.decode(Topic.CALLS, sound))
        .isInstanceOf(UndecodableRecordException.class)
        .hasMessageContaining("dev.voxlog.TurnEvent where dev.voxlog.CallEvent belongs");
  }

  private static void undecodable(Wire wire, byte @Nullable [] bytes, String reason) {
    assertThatThrownBy(() -> wire.decode(Topic.SENTENCES, bytes))
        .isInstanceOf(UndecodableRecordException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void aRegistryThatIsDownIsNoFaultOfTheRecord() {
    byte[] bytes = new Wire(client, SchemaUse.REGISTER, Topic::id).encode(SENTENCE);
    registry.close();
    Map<String, String> keys = keys(Map.of("max.retries", "0"));
    try (SchemaRegistryClient cold = new SchemaRegistryClient(RegistrySettings.from(keys))) {
      Wire wire = new Wire(cold, SchemaUse.REGISTER, Topic::id);

      assertThatThrownBy(() -> wire.decode(Topic.SENTENCES, bytes))
          .isInstanceOf(RegistryException.class);
    }
  }

  private Map<String, String> keys(Map<String, String> more) {
    Map<String, String> keys = new HashMap<>(Map.of(RegistrySettings.URL, registry.url()));
    keys.putAll(more);
    return keys;
  }
}
