package dev.voxlog.runtime;

import dev.voxlog.local.TopicSetup;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.StageName;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.TopicCatalogue;
import dev.voxlog.schemas.VoxEvent;
import dev.voxlog.schemas.WireHeaders;
import dev.voxlog.testcluster.TestCluster;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/// Topics of one test's own on a shared broker, a pen to write into them, and eyes to read them as
/// a stage would.
final class Estate implements AutoCloseable {
  static final int PARTITIONS = 3;

  final KafkaSettings kafka;
  final SerdeLogCodec codec;
  final Admin admin;
  private final Producer<byte[], byte[]> producer;
  private final Consumer<byte[], byte[]> reader;
  final Meters meters = new Meters();
  private final EnginePool engines = new EnginePool(2);
  private final List<AutoCloseable> toClose = new ArrayList<>();

  Estate(TestCluster cluster, String prefix) {
    this(cluster, prefix, Map.of("max.poll.interval.ms", "2500"));
  }

  Estate(TestCluster cluster, String prefix, Map<String, String> properties) {
    this(cluster, prefix, properties, KafkaSettings.GroupProtocol.CONSUMER);
  }

  Estate(
      TestCluster cluster,
      String prefix,
      Map<String, String> properties,
      KafkaSettings.GroupProtocol protocol) {
    TopicCatalogue topics =
        TopicCatalogue.from(
            Map.of(
                "topics.prefix", prefix + ".", "topics.partitions", Integer.toString(PARTITIONS)));
    kafka =
        new KafkaSettings(
            cluster.bootstrapServers(),
            properties,
            topics,
            prefix + "-",
            protocol,
            Duration.ofSeconds(1));
    admin = Admin.create(kafka.admin());
    new TopicSetup(admin).apply(topics.all());
    codec = new SerdeLogCodec(Map.of("schema.registry.url", cluster.registryUrl()), topics);
    codec.warmUp();
    producer = new KafkaProducer<>(kafka.producer(Duration.ZERO));
    reader = new KafkaConsumer<>(kafka.reader());
    new AgentPublisher(kafka).publish(TestCalls.AGENT);
  }

  /// A call that lives on this partition.
  static CallId callOn(int partition, String name) {
    for (int i = 0; ; i++) {
      CallId call = new CallId(name + "-" + i);
      if (StageHost.partitionOf(call, PARTITIONS) == partition) {
        return call;
      }
    }
  }

  // Writing.

  void write(VoxEvent event) {
    write(Topic.of(event), String.valueOf(event.callId()), codec.encode(event));
  }

  /// A marker lies on a partition without a key.
  void mark(int partition, VoxEvent marker) {
    write(
        new ProducerRecord<>(kafka.topic(Topic.of(marker)), partition, null, codec.encode(marker)));
  }

  /// A call that lives on this partition and has started.
  CallId begin(int partition, String name) {
    CallId call = callOn(partition, name);
    write(TestCalls.started(call));
    return call;
  }

  /// Waits until the broker has it.
  void write(Topic topic, String key, byte[] value) {
    write(new ProducerRecord<>(kafka.topic(topic), key.getBytes(StandardCharsets.UTF_8), value));
  }

  void write(ProducerRecord<byte[], byte[]> record) {
    try {
      producer.send(record).get();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  // Running.

  StageHost host() {
    StageHost host = new StageHost(kafka, codec, engines, VoxClock.system());
    toClose.add(host);
    return host;
  }

  /// The stage at work, until the estate is closed.
  StageRunner run(Stage stage) {
    StageRunner runner = host().start(stage);
    toClose.add(runner);
    return runner;
  }

  /// A runner whose clients a test can spoil.
  StageRunner start(StageHost host, Stage stage, UnaryOperator<StageClients> spoilt) {
    KafkaStageClients.Settings settings =
        new KafkaStageClients.Settings(kafka, stage, codec, admin, PARTITIONS);
    Telemetry telemetry = new Telemetry(meters.telemetry(), stage.name(), settings.group());
    StageContext.Resources resources =
        new StageContext.Resources(
            VoxClock.system(), engines, host.agents(), ByteBudget.ofHeap(), Duration.ofSeconds(30));
    StageRunner runner =
        new StageRunner(
            stage,
            () -> spoilt.apply(new KafkaStageClients(settings)),
            clients ->
                new StageContext(
                    stage,
                    codec,
                    clients.writer(),
                    clients.ownership(),
                    telemetry,
                    Executors.newVirtualThreadPerTaskExecutor(),
                    resources),
            telemetry);
    runner.start();
    return runner;
  }

  // Reading.

  /// A record as it lies in the log.
  record Stored(ConsumerRecord<byte[], byte[]> record, VoxEvent event) {}

  List<ConsumerRecord<byte[], byte[]>> records(String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    List<TopicPartition> all =
        reader.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    reader.assign(all);
    reader.seekToBeginning(all);
    Map<TopicPartition, Long> ends = reader.endOffsets(all);
    while (all.stream().anyMatch(p -> reader.position(p) < ends.getOrDefault(p, 0L))) {
      reader.poll(Duration.ofMillis(100)).forEach(records::add);
    }
    return records;
  }

  List<Stored> stored(Topic topic) {
    List<Stored> stored = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : records(kafka.topic(topic))) {
      try {
        if (codec.decode(topic, record.value()) instanceof LogCodec.Read.Known(VoxEvent event)) {
          stored.add(new Stored(record, event));
        }
      } catch (LogCodec.UnreadableException e) {
        throw new IllegalStateException(e);
      }
    }
    return stored;
  }

  /// What a reader makes of a topic: without what is void, repeated or bookkeeping.
  <E> List<E> read(Topic topic, CallId call, Class<E> kind) {
    Map<Integer, Fences> fences = new HashMap<>();
    RecentIdentities seen = new RecentIdentities();
    List<E> found = new ArrayList<>();
    for (Stored each : stored(topic)) {
      Fences own = fences.computeIfAbsent(each.record.partition(), _ -> new Fences());
      var marker = Bookkeeping.ownerEpoch(each.event, each.record.offset());
      if (marker.isPresent()) {
        own.raise(topic, each.event.writer(), marker.getAsLong(), each.record.offset());
      } else if (call.equals(each.event.callId())
          && kind.isInstance(each.event)
          && (each.event.writer() == StageName.INGRESS
              || own.admits(
                  topic,
                  each.event.writer(),
                  WireHeaders.epoch(each.record.headers()),
                  each.record.offset()))
          && seen.isNew(topic, each.event.identity())) {
        found.add(kind.cast(each.event));
      }
    }
    return found;
  }

  @Override
  public void close() throws Exception {
    for (AutoCloseable each : toClose.reversed()) {
      each.close();
    }
    engines.close();
    producer.close();
    reader.close();
    codec.close();
    admin.close();
  }
}
