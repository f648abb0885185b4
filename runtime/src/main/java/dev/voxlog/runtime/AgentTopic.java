package dev.voxlog.runtime;

import dev.voxlog.agent.AgentBundle;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The compacted topic of agent files, read whole and followed by a thread of its own, which goes
/// on after a failure.
public final class AgentTopic implements AgentBundles, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(AgentTopic.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final String topic;
  private final Map<String, AgentBundle> bundles = new ConcurrentHashMap<>();
  private final TopicFollower follower;

  /// `consumers` makes readers that belong to no group; each is closed here.
  public AgentTopic(Supplier<Consumer<byte[], byte[]>> consumers, String topic) {
    this.topic = topic;
    follower = new TopicFollower("agents", consumers, List.of(topic), null, this::read);
  }

  /// Returns once all that is in the topic has been read, so that no call misses an agent file only
  /// because of that.
  ///
  /// @throws IllegalStateException if the topic cannot be read
  public AgentTopic start() {
    follower.start();
    try {
      follower.awaitCaughtUp(PATIENCE);
      return this;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
      throw new IllegalStateException("interrupted while reading agent files", e);
    } catch (TimeoutException e) {
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
    follower.close();
  }
}
