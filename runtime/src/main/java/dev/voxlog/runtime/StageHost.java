package dev.voxlog.runtime;

import dev.voxlog.schemas.AgentRecord;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.DoubleSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.utils.Utils;

/// What a process gives to the stages it hosts, and the one place where a stage meets real Kafka clients.
public final class StageHost implements AutoCloseable {
  private static final Duration AUDIO_LINGER = Duration.ofMillis(5);

  private final KafkaSettings kafka;
  private final LogCodec codec;
  private final AgentTopic agents;
  private final EnginePool engines;
  private final VoxClock clock;
  private final Admin admin;

  public StageHost(KafkaSettings kafka, LogCodec codec, EnginePool engines, VoxClock clock) {
    this.kafka = kafka;
    this.codec = codec;
    this.engines = engines;
    this.clock = clock;
    this.admin = Admin.create(kafka.admin());
    this.agents =
        new AgentTopic(
                () -> new KafkaConsumer<>(kafka.reader()), kafka.topics().name(AgentRecord.TOPIC))
            .start();
  }

  public AgentBundles agents() {
    return agents;
  }

  /// Starts a stage; close the runner to hand its partitions over.
  public StageRunner start(Stage stage) {
    String group = kafka.group(stage.name().id());
    Producer<byte[], byte[]> text = new KafkaProducer<>(kafka.producer(Duration.ZERO));
    Producer<byte[], byte[]> audio =
        stage.outputs().stream().anyMatch(Topic::isAudio)
            ? new KafkaProducer<>(kafka.producer(AUDIO_LINGER))
            : text;
    LogWriter writer =
        new KafkaLogWriter(
            stage.name(),
            new KafkaLogWriter.Producers(audio, text),
            codec,
            kafka.topics());
    Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(kafka.member(group));
    StageContext context =
        new StageContext(
            stage,
            codec,
            writer,
            clock,
            engines,
            agents,
            new Telemetry(stage.name(), group),
            new OwnershipWatch(kafka.session(), sinceHeartbeat(consumer)),
            Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name(stage.name().id() + "-call-", 0).factory()));
    int partitions = text.partitionsFor(kafka.topic(Topic.CALLS)).size();
    StageRunner runner =
        new StageRunner(
            context,
            consumer,
            () ->
                new Takeover(
                    context, kafka.topics(), group, admin, new KafkaConsumer<>(kafka.reader())),
            kafka.topics(),
            (call, partition) -> partition != partitionOf(call, partitions));
    runner.start();
    return runner;
  }

  /// The partition of a call under Kafka's default partitioner.
  public static int partitionOf(CallId call, int partitions) {
    byte[] key = call.value().getBytes(StandardCharsets.UTF_8);
    return Utils.toPositive(Utils.murmur2(key)) % partitions;
  }

  private static DoubleSupplier sinceHeartbeat(Consumer<byte[], byte[]> consumer) {
    Map<MetricName, ? extends Metric> metrics = consumer.metrics();
    return () ->
        metrics.entrySet().stream()
            .filter(metric -> metric.getKey().name().equals("last-heartbeat-seconds-ago"))
            .mapToDouble(metric -> ((Number) metric.getValue().metricValue()).doubleValue())
            .filter(seconds -> seconds >= 0)
            .min()
            .orElse(0);
  }

  @Override
  public void close() {
    agents.close();
    admin.close(Duration.ofSeconds(1));
  }
}
