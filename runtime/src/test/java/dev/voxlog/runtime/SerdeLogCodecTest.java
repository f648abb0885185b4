package dev.voxlog.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.TopicCatalogue;
import dev.voxlog.schemas.serde.AvroDeserializer;
import dev.voxlog.schemas.serde.AvroSerializer;
import java.net.ConnectException;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;

class SerdeLogCodecTest {
  private static final Map<String, String> NOWHERE =
      Map.of("schema.registry.url", "http://127.0.0.1:1", "max.retries", "0");
  private static final byte[] FRAMED = {0, 0, 0, 0, 7, 1, 2};

  private static SerdeLogCodec codec(Map<String, String> more) {
    Map<String, String> config = new HashMap<>(NOWHERE);
    config.putAll(more);
    return new SerdeLogCodec(config, TopicCatalogue.standard());
  }

  @Test
  void aRegistryThatIsAwayMakesNoDeadLetters() {
    try (SerdeLogCodec codec = codec(Map.of())) {
      CallEvent.Ended event = TestCalls.ended(new CallId("call"));
      assertThatThrownBy(() -> codec.encode(event))
          .isInstanceOf(LogCodec.UnavailableException.class);
      assertThatThrownBy(() -> codec.decode(Topic.CALLS, FRAMED))
          .isInstanceOf(LogCodec.UnavailableException.class);
      assertThat(codec.mustAsk(FRAMED)).isTrue();
      assertThatThrownBy(codec::warmUp).isInstanceOf(LogCodec.UnavailableException.class);
    }
  }

  @Test
  void bytesThatAreNoRecordNeedNoRegistryToSaySo() {
    try (SerdeLogCodec codec = codec(Map.of())) {
      byte[] text = "words".getBytes(java.nio.charset.StandardCharsets.UTF_8);
      assertThat(codec.mustAsk(text)).isFalse();
      assertThatThrownBy(() -> codec.decode(Topic.CALLS, text))
          .isInstanceOf(LogCodec.UnreadableException.class);
    }
  }

  @Test
  void aClassThatIsNotThereIsNamedWithItsKey() {
    assertThatThrownBy(() -> codec(Map.of(SerdeLogCodec.SERIALIZER, "io.example.Missing")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("value.serializer")
        .hasMessageContaining("io.example.Missing");
  }

  /// As Confluent's do: all that goes wrong comes as a SerializationException, told apart by its
  /// cause.
  public static final class Failing implements Deserializer<Object> {
    @Override
    public Object deserialize(String topic, byte[] value) {
      throw value[4] == 7
          ? new SerializationException("schema 7", new ConnectException("refused"))
          : new SerializationException("broken bytes", new java.io.EOFException());
    }
  }

  @Test
  void aForeignDeserializersNetworkTroubleIsNoDeadLetterEither() {
    try (SerdeLogCodec codec = codec(Map.of(SerdeLogCodec.DESERIALIZER, Failing.class.getName()))) {
      assertThatThrownBy(() -> codec.decode(Topic.CALLS, FRAMED))
          .isInstanceOf(LogCodec.UnavailableException.class);
      byte[] broken = {0, 0, 0, 0, 8};
      assertThatThrownBy(() -> codec.decode(Topic.CALLS, broken))
          .isInstanceOf(LogCodec.UnreadableException.class)
          .hasMessageContaining("broken bytes");
      assertThat(codec.mustAsk(broken)).as("asked a moment ago").isFalse();
    }
  }

  @Test
  void foreignPairsAreGivenAvroRecords() {
    assertThat(AvroRecords.of(TestCalls.ended(new CallId("call"))).getSchema().getName())
        .isEqualTo("CallEvent");
    try (SerdeLogCodec codec =
        codec(
            Map.of(
                SerdeLogCodec.SERIALIZER, AvroSerializer.class.getName(),
                SerdeLogCodec.DESERIALIZER, AvroDeserializer.class.getName()))) {
      assertThatThrownBy(() -> codec.encode(TestCalls.ended(new CallId("call"))))
          .as("it came as far as the registry")
          .isInstanceOf(LogCodec.UnavailableException.class);
    }
  }
}
