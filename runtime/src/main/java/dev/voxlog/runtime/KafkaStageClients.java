package dev.voxlog.runtime;

import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.TopicCatalogue;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One life's real Kafka clients.
final class KafkaStageClients implements StageClients {
  private static final Logger log = LoggerFactory.getLogger(KafkaStageClients.class);
  private static final Duration AUDIO_LINGER = Duration.ofMillis(5);
  private static final Duration CLOSING = Duration.ofSeconds(3);

  private final Settings settings;
  private final Consumer<byte[], byte[]> consumer;
  private final LogWriter writer;
  private final OwnershipWatch ownership;

  /// What the clients of every life of a stage are made from. The admin client is the host's.
  record Settings(KafkaSettings kafka, Stage stage, LogCodec codec, Admin admin, int partitions) {
    String group() {
      return kafka.group(stage.name().id());
    }
  }

  KafkaStageClients(Settings settings) {
    this.settings = settings;
    KafkaSettings kafka = settings.kafka();
    consumer = new KafkaConsumer<>(kafka.member(settings.group()));
    Producer<byte[], byte[]> text =
        new KafkaProducer<>(kafka.producer(settings.stage().textLinger()));
    Producer<byte[], byte[]> audio =
        settings.stage().outputs().stream().anyMatch(Topic::isAudio)
            ? new KafkaProducer<>(kafka.producer(AUDIO_LINGER))
            : text;
    writer =
        new KafkaLogWriter(
            settings.stage().name(),
            new KafkaLogWriter.Producers(audio, text),
            settings.codec(),
            kafka.topics());
    ownership = new OwnershipWatch(kafka.session(), confirmations(consumer), System::nanoTime);
  }

  /// How many heartbeats the group's coordinator has answered.
  private static LongSupplier confirmations(Consumer<byte[], byte[]> consumer) {
    Map<MetricName, ? extends Metric> metrics = consumer.metrics();
    Metric[] found = new Metric[1];
    return () -> {
      Metric total = found[0];
      if (total == null) {
        total =
            metrics.entrySet().stream()
                .filter(each -> each.getKey().name().equals("heartbeat-total"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
        found[0] = total;
      }
      return total == null ? 0 : ((Number) total.metricValue()).longValue();
    };
  }

  @Override
  public Consumer<byte[], byte[]> consumer() {
    return consumer;
  }

  @Override
  public LogWriter writer() {
    return writer;
  }

  @Override
  public OwnershipWatch ownership() {
    return ownership;
  }

  @Override
  public TopicCatalogue topics() {
    return settings.kafka().topics();
  }

  @Override
  public Takeover takeover(StageContext context) {
    Map<String, Object> reader = new HashMap<>(settings.kafka().reader());
    // A consumer's close waits for the fetch that is on its way, and the next takeover for that.
    reader.putIfAbsent("fetch.max.wait.ms", "50");
    return new KafkaTakeover(
        context, topics(), settings.group(), settings.admin(), new KafkaConsumer<>(reader));
  }

  @Override
  public boolean isMisrouted(CallId call, int partition) {
    return StageHost.partitionOf(call, settings.partitions()) != partition;
  }

  @Override
  public boolean isEager() {
    return settings.kafka().protocol() == KafkaSettings.GroupProtocol.CLASSIC;
  }

  @Override
  public void close() {
    try {
      consumer.close(CloseOptions.timeout(CLOSING));
    } catch (RuntimeException e) {
      log.warn(
          "{} left its group without saying so: {}", settings.stage().name().id(), e.toString());
    } finally {
      writer.close();
    }
  }
}
