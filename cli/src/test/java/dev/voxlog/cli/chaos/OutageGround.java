package dev.voxlog.cli.chaos;

import dev.voxlog.agent.AgentBundle;
import dev.voxlog.cli.fleet.ChildProcess;
import dev.voxlog.cli.fleet.LocalGround;
import dev.voxlog.cli.fleet.WorkerFleet;
import dev.voxlog.cli.settings.Cluster;
import dev.voxlog.cli.settings.Settings;
import dev.voxlog.local.BrokerProcess;
import dev.voxlog.local.LocalStack;
import dev.voxlog.runtime.AgentPublisher;
import dev.voxlog.runtime.LogCodec;
import dev.voxlog.runtime.SerdeLogCodec;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.CallerAudio;
import dev.voxlog.schemas.StageName;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.TopicCatalogue;
import dev.voxlog.testkit.twilio.Switchboard;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/// An estate of processes: the broker, `voxlog registry`, and a worker for each stage with scripted
/// engines. Every call takes the next caller's lines.
final class OutageGround implements AutoCloseable {
  private static final Pattern REGISTRY = Pattern.compile("registry is ready: \\S+:(\\d+)");
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration STALL = Duration.ofMillis(400);
  private static final int MOST_CALLS = 60;
  private static final int LINES_EACH = 4;

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final LocalStack stack;
  private final ToolServer tool;
  private final Lines lines = Lines.of(5, MOST_CALLS, LINES_EACH);
  private final Switchboard switchboard = later(new Switchboard());
  private final Cluster cluster;
  private final Path settings;
  private final WorkerFleet fleet;
  private final FleetHealth health;
  private final int registryPort;
  private final URI webhook;
  private ChildProcess registry;
  private int calls;

  /// Returns when calls can come. No caller is asked to hold the line.
  OutageGround(Path folder) throws InterruptedException {
    stack =
        later(
            LocalStack.start(
                new LocalStack.Config(folder.resolve("data"), 0, 0, TopicCatalogue.standard()),
                _ -> {}));
    tool = later(ToolServer.start());
    registry = startRegistry(0);
    registryPort = Integer.parseInt(registry.await(REGISTRY, PATIENCE));
    Map<String, String> keys = new HashMap<>(LocalGround.PATIENT);
    keys.put("ingress.holdAfter", "0s");
    keys.put("kafka.bootstrap.servers", stack.bootstrapServers());
    keys.put("schema.registry.url", "http://127.0.0.1:" + registryPort);
    keys.put("ingress.port", "0");
    keys.put("engines.kind", "scripted");
    lines.phrases().forEach((tone, words) -> keys.put("engines.phrases." + tone, words));
    settings = LocalGround.write(folder.resolve("outage.properties"), keys);
    cluster = new Cluster(Settings.of(keys));
    new AgentPublisher(cluster.kafka())
        .publish(AgentBundle.load(ChaosAgent.writeTo(folder.resolve("agent"))));
    fleet =
        later(
            new WorkerFleet(
                settings,
                folder.resolve("workers"),
                jvm("192m").with(Map.of(ChaosAgent.TOOL_VARIABLE, tool.address()))));
    health = later(new FleetHealth(fleet, cluster));
    webhook = Site.webhook(fleet.start(1));
  }

  private static ChildProcess.Jvm jvm(String heap) {
    return ChildProcess.Jvm.ofHeap(heap);
  }

  private ChildProcess startRegistry(int port) {
    return ChildProcess.start(
        jvm("96m"),
        List.of(
            "registry",
            "--port",
            Integer.toString(port),
            "--set",
            "kafka.bootstrap.servers=" + stack.bootstrapServers()));
  }

  BrokerProcess broker() {
    return stack.broker(1);
  }

  void killRegistry() throws InterruptedException {
    registry.kill();
  }

  void startRegistryAgain() throws InterruptedException {
    registry = startRegistry(registryPort);
    registry.await(REGISTRY, PATIENCE);
  }

  /// The process of a stage.
  ChildProcess worker(StageName stage) {
    return fleet.process(slot(stage));
  }

  /// Starts a stage's next process in the place of one that was killed.
  ChildProcess startAgain(StageName stage) {
    fleet.start(slot(stage));
    return worker(stage);
  }

  void awaitReady(StageName stage) throws InterruptedException {
    fleet.awaitReady(slot(stage));
  }

  private static WorkerFleet.Slot slot(StageName stage) {
    return new WorkerFleet.Slot(stage, 0);
  }

  /// Starts a stage's second process and waits until both share the partitions.
  void startSecond(StageName stage) {
    fleet.start(second(stage));
    health.awaitShared(slot(stage), second(stage));
  }

  /// Waits until the first process has all again.
  void stopSecond(StageName stage) throws InterruptedException {
    fleet.stop(second(stage));
    health.awaitShared(slot(stage));
  }

  private static WorkerFleet.Slot second(StageName stage) {
    return new WorkerFleet.Slot(stage, 1);
  }

  /// The one of a stage's two processes at which the call is.
  WorkerFleet.Slot placeOf(Phone call, StageName stage) {
    return health.isAt(slot(stage), call.id()) ? slot(stage) : second(stage);
  }

  ChildProcess process(WorkerFleet.Slot slot) {
    return fleet.process(slot);
  }

  /// Waits until another has all that this one had; it itself cannot be asked.
  void awaitSucceeded(WorkerFleet.Slot slot) {
    WorkerFleet.Slot other = new WorkerFleet.Slot(slot.stage(), 1 - slot.instance());
    health.awaitShared(other);
  }

  /// Until it is closed, the broker stands still for most of the time, as with a slow disk.
  AutoCloseable slowDisk() {
    AtomicBoolean isOver = new AtomicBoolean();
    Thread stalling =
        Thread.ofPlatform()
            .start(() -> {
              while (!isOver.get()) {
                broker().pause();
                LockSupport.parkNanos(STALL.toNanos());
                broker().resume();
                LockSupport.parkNanos(STALL.toNanos() / 4);
              }
            });
    return () -> {
      isOver.set(true);
      stalling.join();
    };
  }

  /// One more ingress node, with other settings than the first; where its carrier calls.
  URI ingressWith(String setting) throws InterruptedException {
    ChildProcess other =
        later(
            ChildProcess.start(
                jvm("192m"),
                List.of("worker", "ingress", "--config", settings.toString(), "--set", setting)));
    other.await(Pattern.compile("the log is away is rendered"), PATIENCE);
    return Site.webhook(
        Integer.parseInt(other.await(Pattern.compile("listens on port (\\d+)"), PATIENCE)));
  }

  /// Another caller is on the line, and has heard the greeting.
  Phone call() {
    return call(webhook);
  }

  Phone call(URI webhook) {
    int caller = calls++;
    Phone call = new Phone(switchboard, webhook, caller, lines.callers().get(caller));
    call.hears(ChaosAgent.GREETING);
    return call;
  }

  /// The verdict on calls that are over, by ears, tool and log.
  Verdict verdict(List<CallWitness> over) {
    LogWitness log = LogWitness.read(cluster);
    Set<String> ids = over.stream().map(call -> call.id().value()).collect(Collectors.toSet());
    return Verdict.of(
        over.stream().map(log::with).toList(),
        tool.asked().stream().filter(asked -> ids.contains(ToolJudge.callOf(asked))).toList());
  }

  /// Every record that can be read now: where it stands, and what it holds.
  Set<String> records() {
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(cluster.kafka().reader())) {
      return Arrays.stream(Topic.values())
          .flatMap(topic -> TopicContent.of(consumer, cluster.kafka().topic(topic)).stream())
          .map(record ->
              "%s-%d@%d %08x"
                  .formatted(
                      record.topic(),
                      record.partition(),
                      record.offset(),
                      Arrays.hashCode(record.value())))
          .collect(Collectors.toSet());
    }
  }

  /// A call's audio in log order.
  List<CallerAudio> audio(CallId call) {
    List<CallerAudio> audio = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(cluster.kafka().reader());
        SerdeLogCodec codec = cluster.codec()) {
      for (ConsumerRecord<byte[], byte[]> record :
          TopicContent.of(consumer, cluster.kafka().topic(Topic.AUDIO_IN))) {
        if (codec.decode(Topic.AUDIO_IN, record.value())
                instanceof LogCodec.Read.Known(CallerAudio of)
            && of.callId().equals(call)) {
          audio.add(of);
        }
      }
      return audio;
    } catch (LogCodec.UnreadableException e) {
      throw new AssertionError(e);
    }
  }

  /// The processes, but for the broker, that have ended by themselves.
  List<String> ended() {
    List<String> ended = new ArrayList<>();
    fleet.ended().forEach(slot -> ended.add(slot.toString()));
    if (!registry.isAlive()) {
      ended.add("registry");
    }
    return ended;
  }

  private <T extends AutoCloseable> T later(T opened) {
    open.push(opened);
    return opened;
  }

  @Override
  public void close() throws Exception {
    while (!open.isEmpty()) {
      if (open.peek() == stack) {
        registry.close();
      }
      open.pop().close();
    }
  }
}
