package dev.voxlog.runtime;

import dev.voxlog.agent.AgentBundle;
import dev.voxlog.schemas.AgentRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Puts agent files where every process reads them: on the compacted topic, under name@hash.
public final class AgentPublisher {
  private final KafkaSettings kafka;

  public AgentPublisher(KafkaSettings kafka) {
    this.kafka = kafka;
  }

  /// Returns once the bundle is on the topic; one that is there already is not written again. True
  /// if it was written.
  ///
  /// @throws IllegalStateException if the topic cannot be read or written
  public boolean publish(AgentBundle bundle) {
    String topic = kafka.topics().name(AgentRecord.TOPIC);
    try (AgentTopic present =
        new AgentTopic(() -> new KafkaConsumer<>(kafka.reader()), topic).start()) {
      if (present.find(bundle.key()).isPresent()) {
        return false;
      }
    }
    try (Producer<byte[], byte[]> producer = new KafkaProducer<>(kafka.producer(Duration.ZERO))) {
      byte[] key = bundle.key().getBytes(StandardCharsets.UTF_8);
      producer.send(new ProducerRecord<>(topic, key, bundle.toBytes())).get();
      return true;
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "agent file " + bundle.key() + " cannot be written to " + topic + ": " + e.getMessage(),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while publishing " + bundle.key(), e);
    }
  }
}
