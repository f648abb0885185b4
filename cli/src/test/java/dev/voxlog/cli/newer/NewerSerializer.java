package dev.voxlog.cli.newer;

import dev.voxlog.schemas.serde.AvroSerializer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/// What a version to come writes: the added field in every record, and beside every record of a
/// call, audio and bookkeeping left out, one of the added kind.
///
/// Those go out from a thread and a producer of their own, so that no stage waits for them.
public final class NewerSerializer implements Serializer<GenericRecord> {
  private static final Set<String> PLAIN =
      Set.of("OWNER", "CHECKPOINT", "FRAME", "GAP", "END", "CHUNK", "TURN_SPOKEN");

  private final AvroSerializer avro = new AvroSerializer();
  private final ExecutorService sending =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("newer-kinds").factory());
  private @Nullable KafkaProducer<byte[], byte[]> producer;

  @Override
  public void configure(Map<String, ?> keys, boolean isKey) {
    avro.configure(keys, isKey);
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", Objects.requireNonNull(keys.get("bootstrap.servers"))),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  @Override
  public byte @Nullable [] serialize(String topic, GenericRecord record) {
    GenericRecord newer = NewerSchema.read(record);
    newer.put(NewerSchema.FIELD, "soft");
    Object call = newer.get("callId");
    if (call != null && !PLAIN.contains(newer.get("kind").toString())) {
      byte[] key = call.toString().getBytes(StandardCharsets.UTF_8);
      byte[] value = avro.serialize(topic, NewerSchema.whispered(newer));
      sending.execute(() -> {
        var _ = Objects.requireNonNull(producer).send(new ProducerRecord<>(topic, key, value));
      });
    }
    return avro.serialize(topic, newer);
  }

  @Override
  public void close() {
    sending.shutdown();
    avro.close();
    if (producer != null) {
      producer.close();
    }
  }
}
