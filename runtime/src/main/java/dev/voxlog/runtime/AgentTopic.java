package dev.voxlog.runtime;

import dev.voxlog.agent.AgentBundle;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The compacted topic of agent files, read whole and followed by a thread of its own, which goes
/// on after a failure.
public final class AgentTopic implements AgentBundles, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(AgentTopic.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final String topic;
  private final Map<String, AgentBundle> bundles = new ConcurrentHashMap<>();
  private final CompletableFuture<Void> readToTheEnd = new CompletableFuture<>();
  private final CompletableFuture<Void> stopping = new CompletableFuture<>();
  private final Thread thread = Thread.ofPlatform().daemon().name("agents").unstarted(this::run);

  /// `consumers` makes readers that belong to no group; each is closed here.
  public AgentTopic(Supplier<Consumer<byte[], byte[]>> consumers, String topic) {
    this.consumers = consumers;
    this.topic = topic;
  }

  /// Returns once all that is in the topic has been read, so that no call misses an agent file only
  /// because of that.
  ///
  /// @throws IllegalStateException if the topic cannot be read
  public AgentTopic start() {
    thread.start();
    try {
      readToTheEnd.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      return this;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
      throw new IllegalStateException("interrupted while reading agent files", e);
    } catch (ExecutionException | TimeoutException e) {
      close();
      throw new IllegalStateException(
          "topic "
              + topic
              + " cannot be read; is the broker up, and were the topics created with"
              + " `voxlog topics apply`?",
          e);
    }
  }

  @Override
  public Optional<AgentBundle> find(String key) {
    return Optional.ofNullable(bundles.get(key));
  }

  private void run() {
    while (!stopping.isDone()) {
      try (Consumer<byte[], byte[]> consumer = consumers.get()) {
        follow(consumer);
      } catch (RuntimeException e) {
        log.error("{} cannot be read for the moment: {}", topic, e.toString());
        pause();
      }
    }
  }

  private void pause() {
    try {
      stopping.get(BETWEEN_TRIES.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      log.trace("trying again");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void follow(Consumer<byte[], byte[]> consumer) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    if (partitions.isEmpty()) {
      throw new IllegalStateException("there is no topic " + topic);
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (!stopping.isDone()) {
      consumer.poll(Duration.ofMillis(200)).forEach(this::read);
      if (!readToTheEnd.isDone()
          && partitions.stream().allMatch(p -> consumer.position(p) >= ends.getOrDefault(p, 0L))) {
        readToTheEnd.complete(null);
      }
    }
  }

  private void read(ConsumerRecord<byte[], byte[]> record) {
    if (record.key() == null) {
      return;
    }
    String key = new String(record.key(), StandardCharsets.UTF_8);
    if (record.value() == null) {
      bundles.remove(key);
      return;
    }
    try {
      bundles.put(key, AgentBundle.fromBytes(record.value()));
    } catch (RuntimeException e) {
      log.error("agent file {} cannot be read: {}", key, e.getMessage());
    }
  }

  @Override
  public void close() {
    stopping.complete(null);
  }
}
