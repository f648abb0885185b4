package dev.voxlog.cli;

import dev.voxlog.agent.AgentBundle;
import dev.voxlog.cli.settings.Cluster;
import dev.voxlog.cli.settings.Settings;
import dev.voxlog.cli.settings.StageSettings;
import dev.voxlog.demo.AcmeBackend;
import dev.voxlog.demo.DemoOrders;
import dev.voxlog.ingress.Ingress;
import dev.voxlog.local.BrokerProcess;
import dev.voxlog.local.ClassArchives;
import dev.voxlog.local.LocalStack;
import dev.voxlog.local.PortTakenException;
import dev.voxlog.runtime.AgentPublisher;
import dev.voxlog.runtime.SerdeLogCodec;
import dev.voxlog.runtime.StageRunner;
import dev.voxlog.schemas.StageName;
import dev.voxlog.tts.TtsWorker;
import dev.voxlog.web.Web;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Everything of one machine in one process, the brokers as its children: started in order, closed
/// in reverse.
final class LocalRun implements AutoCloseable {
  /// The stages that read the log, those whose engines take longest to load first.
  private static final List<StageName> STAGES =
      List.of(StageName.TTS, StageName.STT, StageName.NLU, StageName.LLM, StageName.EGRESS);

  private static final Duration WATCH_EVERY = Duration.ofMillis(500);
  private static final Duration READY_PATIENCE = Duration.ofSeconds(60);

  private final Settings given;
  private final LocalPlace place;
  private final Startup startup;
  private final long orderSeed;
  private final Closing open = new Closing();
  private @Nullable LocalStack stack;

  LocalRun(Settings given, LocalPlace place, Startup startup, long orderSeed) {
    this.given = given;
    this.place = place;
    this.startup = startup;
    this.orderSeed = orderSeed;
  }

  /// What is there before the first stage starts.
  private record Ground(Settings settings, Cluster cluster, AgentBundle agent, AcmeBackend acme) {}

  /// Starts all; returns when calls can come.
  void start() {
    AgentBundle agent = checked();
    StageMaker maker = open.later(new StageMaker(new StageSettings(given), startup::say));
    startup.say("Loading the engines");
    Loading loading = open.later(Loading.begin(STAGES, maker, agent));
    Ground ground = lay(agent);
    StageSettings settings = new StageSettings(ground.settings());
    SerdeLogCodec codec = open.later(ground.cluster().codec());
    codec.warmUp();
    Workers hosting =
        open.later(new Workers(ground.cluster().kafka(), codec, settings.engineThreads()));
    TtsWorker voice = (TtsWorker) loading.take(StageName.TTS);
    for (StageName name : STAGES) {
      hosting.start(name == StageName.TTS ? voice : loading.take(name));
    }
    Ingress ingress =
        open.later(
            Ingress.start(
                settings.ingress(
                    Answering.of(agent.key(), Map.of(), List.of(agent), settings),
                    Version.number()),
                ground.cluster().kafka(),
                codec));
    Web web =
        open.later(
            Web.open(
                settings.webOfIngress(List.of(agent.agent().name()), Version.number()),
                ground.cluster().kafka(),
                codec));
    ingress.serve(web::handle);
    open.later(RunningFile.write(place.data(), ground.settings(), ingress.port()));
    awaitReady(hosting, ground.cluster().topics().spec("calls").partitions());
    loading.awaitPrepared();
    startup.say("The agent's fixed sentences are rendered");
    Duration holdAfter = ground.settings().duration("ingress.holdAfter");
    if (holdAfter.isPositive()) {
      ingress.hold(HoldingVoice.render(voice, List.of(agent), holdAfter));
    }
    if (web.hasPage()) {
      startup.say("Talk to the agent in a browser, at the address below");
    }
    ClassArchives.ready();
    startup.announce("Voxlog is ready: " + ingress.scheme() + "://127.0.0.1:" + ingress.port());
  }

  /// Starts what separate workers stand on, and says how to start those.
  void startInfrastructure() {
    Ground ground = lay(checked());
    RunningFile running =
        open.later(RunningFile.write(place.data(), ground.settings(), given.whole("ingress.port")));
    startup.announce("");
    startup.announce("Start the stages, each in a terminal of its own:");
    for (String stage : new String[] {"ingress", "stt", "nlu", "llm", "tts", "egress"}) {
      String address =
          stage.equals("llm") && given.isSet("local.acmePort")
              ? "ACME_URL=" + ground.acme().address() + " "
              : "";
      startup.announce(
          "  %s./voxlog worker %s --config %s".formatted(address, stage, running.shown()));
    }
    startup.announce("Voxlog's infrastructure is ready: " + ground.cluster().bootstrapServers());
  }

  /// What would stop the start is told before anything is started.
  private AgentBundle checked() {
    AgentBundle agent = place.agent();
    startup.say(
        "Agent %s: %s is sound".formatted(agent.agent().name(), place.agentFile().getFileName()));
    checkPorts("ingress.port", 1, "--port");
    checkPorts("local.brokerPort", given.whole("local.brokers"), "--broker-port");
    checkPorts("local.registryPort", 1, "--registry-port");
    checkPorts("local.acmePort", 1, "--acme-port");
    return agent;
  }

  private void checkPorts(String key, int count, String flag) {
    int first = given.whole(key);
    for (int port = first; first != 0 && port < first + count; port++) {
      PortTakenException.check(port, flag);
    }
  }

  private Ground lay(AgentBundle agent) {
    Cluster wanted = new Cluster(given);
    LocalStack local =
        open.later(
            LocalStack.start(
                new LocalStack.Config(
                    place.data(),
                    given.whole("local.brokers"),
                    given.whole("local.brokerPort"),
                    given.whole("local.registryPort"),
                    wanted.topics()),
                part -> startup.say("Starting Kafka: " + part)));
    stack = local;
    if (local.brokers().size() > 1) {
      local.brokers().forEach(this::tellProcess);
    }
    startup.say(
        "Kafka is ready on %s, the schema registry on %s"
            .formatted(local.bootstrapServers(), local.registryUrl()));
    Settings settings =
        given.with(
            Map.of(
                "kafka.bootstrap.servers",
                local.bootstrapServers(),
                "schema.registry.url",
                local.registryUrl()));
    Cluster cluster = new Cluster(settings);
    new AgentPublisher(cluster.kafka()).publish(agent);
    AcmeBackend acme = open.later(AcmeBackend.start(place.acme(given.whole("local.acmePort"))));
    System.setProperty("ACME_URL", acme.address().toString());
    startup.say("Acme's backend is ready on " + acme.address());
    String orders =
        acme.seed(orderSeed, DemoOrders.COUNT).stream()
            .map(order -> order.id() + " " + order.status())
            .collect(Collectors.joining(", "));
    startup.say("Acme's orders of seed %d: %s".formatted(orderSeed, orders));
    return new Ground(settings, cluster, agent, acme);
  }

  private void awaitReady(Workers hosting, int partitions) {
    long until = System.nanoTime() + READY_PATIENCE.toNanos();
    for (StageRunner runner : hosting.runners()) {
      while (!runner.isReady() || runner.partitions().size() < partitions) {
        if (System.nanoTime() > until || open.isClosed()) {
          throw new IllegalStateException(
              "%s has not got its partitions within a minute; the log is %s"
                  .formatted(runner.stage().id(), place.data().resolve("voxlog.log")),
              runner.failure());
        }
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      }
    }
    startup.say("All six stages are ready");
  }

  /// Blocks until a signal; false if Kafka ended by itself. A stage that breaks begins anew by
  /// itself, and a broker of several that ends is started again.
  boolean watch(Stopping stopping) throws InterruptedException {
    while (!stopping.await(WATCH_EVERY)) {
      LocalStack local = stack;
      if (local == null || open.isClosed()) {
        continue;
      }
      List<BrokerProcess> dead =
          local.brokers().stream().filter(broker -> !broker.isAlive()).toList();
      if (!local.isAlive()) {
        dead.forEach(broker -> startup.announce("voxlog: Kafka has ended: " + broker.end()));
        return false;
      }
      dead.forEach(this::startAgain);
    }
    return true;
  }

  private void startAgain(BrokerProcess broker) {
    startup.announce("voxlog: " + broker.end() + "; it is started again");
    try {
      broker.startAgain();
      tellProcess(broker);
    } catch (RuntimeException e) {
      startup.announce("voxlog: " + e.getMessage());
    }
  }

  private void tellProcess(BrokerProcess broker) {
    startup.say("Broker %d is process %d".formatted(broker.id(), broker.pid()));
  }

  /// Closes what has been opened so far, the last first.
  @Override
  public void close() {
    if (!open.isEmpty()) {
      boolean isArchiving = ClassArchives.isOwnMissing();
      startup.announce("Stopping …");
      open.close();
      startup.announce(
          isArchiving
              ? "Stopped. Keeping the loaded classes for a faster next start …"
              : "Stopped.");
    }
  }
}
