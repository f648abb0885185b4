package dev.voxlog.runtime;

import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.TopicCatalogue;
import org.apache.kafka.clients.consumer.Consumer;

/// The Kafka clients of one life of a stage.
interface StageClients extends AutoCloseable {
  Consumer<byte[], byte[]> consumer();

  LogWriter writer();

  OwnershipWatch ownership();

  TopicCatalogue topics();

  /// A takeover with a reader of its own.
  Takeover takeover(StageContext context);

  /// Whether a record of this call does not belong on this partition.
  boolean isMisrouted(CallId call, int partition);

  /// Whether the group takes all partitions away at each rebalance.
  boolean isEager();

  /// Closes all of them; the consumer leaves its group.
  @Override
  void close();
}
