package dev.voxlog.cli.load.server;

import dev.voxlog.cli.settings.Cluster;
import dev.voxlog.schemas.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;

/// What the log and its broker count. Blocks; not for use by several threads.
public final class KafkaProbe implements AutoCloseable {
  private static final String PRODUCE = "TotalProduceRequestsPerSec";
  private static final String FETCH = "TotalFetchRequestsPerSec";
  private static final String BYTES = "BytesInPerSec";

  private final Admin admin;
  private final Cluster cluster;
  private final List<MBeanServerConnection> brokers;

  /// Of a topic since it was made: records, bytes that were written as the log keeps them, and
  /// requests that wrote or read it, each counted once for every partition in it.
  public record Counts(long records, long bytes, long produce, long fetch) {
    Counts since(Counts before) {
      return new Counts(
          records - before.records,
          bytes - before.bytes,
          produce - before.produce,
          fetch - before.fetch);
    }
  }

  /// What the brokers were asked since they began, whatever and how much was in it; their own
  /// replication is in it too.
  public record Requests(long produce, long fetch) {
    Requests since(Requests before) {
      return new Requests(produce - before.produce, fetch - before.fetch);
    }
  }

  KafkaProbe(Cluster cluster, List<JvmProbe> brokers) {
    this.cluster = cluster;
    this.brokers = brokers.stream().map(JvmProbe::beans).toList();
    this.admin = Admin.create(cluster.clients());
  }

  /// Each topic of the stages, in the order of the call.
  Map<Topic, Counts> look() throws InterruptedException {
    Map<Topic, Counts> counts = new LinkedHashMap<>();
    for (Topic topic : Topic.values()) {
      String name = cluster.kafka().topic(topic);
      counts.put(
          topic,
          new Counts(records(name), count(BYTES, name), count(PRODUCE, name), count(FETCH, name)));
    }
    return counts;
  }

  private long records(String topic) throws InterruptedException {
    try {
      Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
      for (TopicDescription each :
          admin.describeTopics(List.of(topic)).allTopicNames().get().values()) {
        each.partitions()
            .forEach(partition ->
                asked.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest()));
      }
      return admin.listOffsets(asked).all().get().values().stream()
          .mapToLong(each -> each.offset())
          .sum();
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "the log does not tell how much is in " + topic, e.getCause());
    }
  }

  private long count(String what, String topic) {
    return sum("kafka.server:type=BrokerTopicMetrics,name=" + what + ",topic=" + topic);
  }

  Requests requests() {
    return new Requests(requests("Produce"), requests("Fetch"));
  }

  /// All versions of a request together.
  private long requests(String request) {
    return sum("kafka.network:type=RequestMetrics,name=RequestsPerSec,request=" + request + ",*");
  }

  /// Of all counters of all brokers that the pattern fits; 0 where there is none yet.
  private long sum(String pattern) {
    long sum = 0;
    try {
      for (MBeanServerConnection broker : brokers) {
        for (ObjectName each : broker.queryNames(new ObjectName(pattern), null)) {
          sum += ((Number) broker.getAttribute(each, "Count")).longValue();
        }
      }
      return sum;
    } catch (JMException e) {
      throw new IllegalStateException("a broker does not tell " + pattern, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// How many records the consumers of a JVM are behind, from where they read, the most of a
  /// partition; 0 where it has none.
  static long lag(MBeanServerConnection stage) {
    try {
      long most = 0;
      ObjectName all =
          new ObjectName(
              "kafka.consumer:type=consumer-fetch-manager-metrics,client-id=*,topic=*,partition=*");
      for (ObjectName each : new ArrayList<>(stage.queryNames(all, null))) {
        most = Math.max(most, lag(stage, each));
      }
      return most;
    } catch (JMException e) {
      throw new IllegalStateException("a consumer does not tell its lag", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long lag(MBeanServerConnection stage, ObjectName partition)
      throws JMException, IOException {
    try {
      double lag = (double) stage.getAttribute(partition, "records-lag");
      return Double.isNaN(lag) ? 0 : (long) lag;
    } catch (InstanceNotFoundException e) {
      // The consumer has lost the partition since.
      return 0;
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}
