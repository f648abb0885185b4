package dev.voxlog.runtime;

import dev.voxlog.schemas.AgentRecord;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.Topic;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.metrics.BatchCallback;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.utils.Utils;

/// What a process gives to the stages it hosts: clients, codec, engines, agent files, and the
/// memory they share.
///
/// Runners are closed before their host; the codec and the pool stay the caller's.
public final class StageHost implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final KafkaSettings kafka;
  private final LogCodec codec;
  private final Admin admin;
  private final AgentTopic agents;
  private final StageContext.Resources resources;
  private final BatchCallback engineGauges;

  /// With the usual limits.
  public StageHost(KafkaSettings kafka, LogCodec codec, EnginePool engines, VoxClock clock) {
    this(kafka, codec, engines, clock, Limits.standard());
  }

  /// Returns once all agent files that are there have been read.
  ///
  /// @throws IllegalStateException if their topic cannot be read
  public StageHost(
      KafkaSettings kafka, LogCodec codec, EnginePool engines, VoxClock clock, Limits limits) {
    this.kafka = kafka;
    this.codec = codec;
    this.agents =
        new AgentTopic(
                () -> new KafkaConsumer<>(kafka.reader()), kafka.topics().name(AgentRecord.TOPIC))
            .start();
    this.admin = Admin.create(kafka.admin());
    this.engineGauges = engines.measured(GlobalOpenTelemetry.get());
    this.resources =
        new StageContext.Resources(clock, engines, agents, limits.budget(), limits.mailbox());
  }

  /// How much may wait in memory: bytes in the whole process, and audio of one call at one stage.
  public record Limits(ByteBudget budget, Duration mailbox) {
    public Limits {
      if (mailbox.toMillis() < 1_000) {
        throw new IllegalArgumentException(
            "limits.mailbox is " + mailbox + "; give a call at least a second of audio");
      }
    }

    public static Limits standard() {
      return new Limits(ByteBudget.ofHeap(), Duration.ofSeconds(30));
    }
  }

  public AgentBundles agents() {
    return agents;
  }

  /// Starts a stage; close the runner to hand its partitions over.
  ///
  /// @throws IllegalStateException if a topic of the stage is missing, or their partitions differ
  ///   in number
  public StageRunner start(Stage stage) {
    int partitions = partitions(stage);
    KafkaStageClients.Settings settings =
        new KafkaStageClients.Settings(kafka, stage, codec, admin, partitions);
    Telemetry telemetry = new Telemetry(GlobalOpenTelemetry.get(), stage.name(), settings.group());
    Executor mailboxes =
        Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name(stage.name().id() + "-call-", 0).factory());
    StageRunner runner =
        new StageRunner(
            stage,
            () -> new KafkaStageClients(settings),
            clients ->
                new StageContext(
                    stage,
                    codec,
                    clients.writer(),
                    clients.ownership(),
                    telemetry,
                    mailboxes,
                    resources),
            telemetry);
    runner.start();
    return runner;
  }

  /// A stage works on partition p of all its topics at once, so they must have the same number of
  /// them.
  private int partitions(Stage stage) {
    Set<Topic> topics = EnumSet.of(Topic.CALLS);
    topics.addAll(stage.inputs());
    topics.addAll(stage.outputs());
    List<String> names = topics.stream().map(kafka::topic).toList();
    Map<String, Integer> counts = new LinkedHashMap<>();
    try {
      Map<String, TopicDescription> found =
          admin.describeTopics(names).allTopicNames().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      found.forEach((name, topic) -> counts.put(name, topic.partitions().size()));
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(
          "the topics "
              + names
              + " cannot be described; were they created with `voxlog topics apply`?",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
    if (Set.copyOf(counts.values()).size() != 1) {
      throw new IllegalStateException(
          "all topics of a stage need the same number of partitions, but " + counts);
    }
    return counts.values().iterator().next();
  }

  /// The partition of a call under Kafka's default partitioner.
  public static int partitionOf(CallId call, int partitions) {
    byte[] key = call.value().getBytes(StandardCharsets.UTF_8);
    return Utils.toPositive(Utils.murmur2(key)) % partitions;
  }

  @Override
  public void close() {
    engineGauges.close();
    agents.close();
    admin.close(Duration.ofSeconds(1));
  }
}
