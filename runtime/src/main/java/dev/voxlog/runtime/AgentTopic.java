package dev.voxlog.runtime;

import dev.voxlog.agent.AgentBundle;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The compacted topic of agent files, read whole and followed by a thread of its own.
public final class AgentTopic implements AgentBundles, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(AgentTopic.class);

  private final Consumer<byte[], byte[]> consumer;
  private final Map<String, AgentBundle> bundles = new ConcurrentHashMap<>();
  private final Thread thread;
  private volatile boolean isStopping;

  /// Takes the consumer over and closes it.
  public AgentTopic(Consumer<byte[], byte[]> consumer, String topic) {
    this.consumer = consumer;
    this.thread = Thread.ofPlatform().daemon().name("agents").unstarted(() -> follow(topic));
  }

  public AgentTopic start() {
    thread.start();
    return this;
  }

  @Override
  public Optional<AgentBundle> find(String key) {
    return Optional.ofNullable(bundles.get(key));
  }

  private void follow(String topic) {
    try (consumer) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (!isStopping) {
        consumer.poll(Duration.ofMillis(500)).forEach(this::read);
      }
    } catch (WakeupException e) {
      log.trace("stopped");
    } catch (RuntimeException e) {
      log.error("agent files can no longer be read", e);
    }
  }

  private void read(ConsumerRecord<byte[], byte[]> record) {
    if (record.key() == null || record.value() == null) {
      return;
    }
    String key = new String(record.key(), StandardCharsets.UTF_8);
    try {
      bundles.put(key, AgentBundle.fromBytes(record.value()));
    } catch (RuntimeException e) {
      log.error("agent file {} cannot be read: {}", key, e.getMessage());
    }
  }

  @Override
  public void close() {
    isStopping = true;
    consumer.wakeup();
  }
}
