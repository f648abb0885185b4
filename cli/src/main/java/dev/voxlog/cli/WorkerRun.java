package dev.voxlog.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.voxlog.agent.AgentBundle;
import dev.voxlog.cli.settings.Cluster;
import dev.voxlog.cli.settings.Settings;
import dev.voxlog.cli.settings.StageSettings;
import dev.voxlog.ingress.Ingress;
import dev.voxlog.runtime.HealthServer;
import dev.voxlog.runtime.LogCodec;
import dev.voxlog.runtime.SerdeLogCodec;
import dev.voxlog.runtime.Stage;
import dev.voxlog.schemas.StageName;
import dev.voxlog.schemas.registry.RegistryException;
import dev.voxlog.web.Web;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stages in a process of their own: engines first, so that a new owner can work at once; then the
/// group.
final class WorkerRun implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WorkerRun.class);
  private static final Duration ASK_EVERY = Duration.ofMillis(500);
  private static final Duration TELL_EVERY = Duration.ofSeconds(30);

  private final Settings settings;
  private final Roles wanted;
  private final Startup startup;
  private final Closing open = new Closing();
  private final List<HealthServer.Part> parts = new ArrayList<>();

  /// What runs here: stages, and whether the page and the operator API.
  record Roles(Set<StageName> stages, boolean hasWeb) {
    private String names() {
      return Stream.concat(
              stages.stream().map(StageName::id), hasWeb ? Stream.of("web") : Stream.of())
          .collect(Collectors.joining(", "));
    }

    private int count() {
      return stages.size() + (hasWeb ? 1 : 0);
    }
  }

  WorkerRun(Settings settings, Roles wanted, Startup startup) {
    this.settings = settings;
    this.wanted = wanted;
    this.startup = startup;
  }

  /// Starts all; returns when the stages have joined their groups and the health port answers.
  void start() {
    Cluster cluster = new Cluster(settings);
    StageSettings stageSettings = new StageSettings(settings);
    cluster.awaitBrokers();
    PublishedAgents published = PublishedAgents.read(cluster.kafka());
    StageMaker maker = open.later(new StageMaker(stageSettings, startup::say));
    SerdeLogCodec codec = open.later(cluster.codec());
    awaitSchemas(codec, cluster.registryUrl());
    if (wanted.stages().contains(StageName.INGRESS)) {
      Ingress ingress =
          open.later(
              Ingress.start(
                  stageSettings.ingress(
                      published.answering(settings.text("ingress.agent")), Version.number()),
                  cluster.kafka(),
                  codec));
      parts.add(part(ingress));
      startup.say("ingress listens on port " + ingress.port());
      Duration holdAfter = settings.duration("ingress.holdAfter");
      if (holdAfter.isPositive()) {
        open.later(HoldingVoice.begin(maker, published.latest(), holdAfter, ingress::hold));
      }
    }
    if (wanted.hasWeb()) {
      Web web =
          open.later(
              Web.start(
                  stageSettings.web(List.copyOf(published.names()), Version.number()),
                  cluster.kafka(),
                  codec));
      parts.add(web.health());
      startup.say("the page and the operator API listen on port " + web.port());
    }
    List<Stage> stages = load(maker, published.latest());
    if (!stages.isEmpty()) {
      Workers hosting =
          open.later(new Workers(cluster.kafka(), codec, stageSettings.engineThreads()));
      stages.forEach(stage -> parts.add(HealthServer.Part.of(hosting.start(stage))));
    }
    HealthServer health = serveHealth();
    startup.announce(
        "%s ready; health: http://%s:%d/health/ready"
            .formatted(
                wanted.names() + (wanted.count() == 1 ? " is" : " are"),
                settings.text("health.host"),
                health.port()));
  }

  /// A registry that is away comes back; one that refuses does not change its mind.
  ///
  /// @throws RegistryException if it refuses
  private void awaitSchemas(SerdeLogCodec codec, String registry) {
    long told = 0;
    while (true) {
      try {
        codec.warmUp();
        return;
      } catch (LogCodec.UnavailableException e) {
        if (e.getCause() instanceof RegistryException refused && !refused.isRetriable()) {
          throw refused;
        }
        if (open.isClosed()) {
          throw new IllegalStateException("stopped while waiting for the schema registry", e);
        }
        if (told == 0 || System.nanoTime() - told > TELL_EVERY.toNanos()) {
          told = System.nanoTime();
          log.warn(
              "the schema registry at schema.registry.url = {} does not answer ({}); waiting for it",
              registry,
              Failures.message(e.getCause() == null ? e : e.getCause()));
        }
        LockSupport.parkNanos(ASK_EVERY.toNanos());
      }
    }
  }

  private List<Stage> load(StageMaker maker, List<AgentBundle> agents) {
    List<Stage> stages = new ArrayList<>();
    for (StageName name : wanted.stages()) {
      if (name != StageName.INGRESS) {
        Stage stage = maker.make(name);
        stages.add(stage);
        List<? extends CompletableFuture<?>> prepared =
            agents.stream().map(agent -> StageMaker.prepare(stage, agent)).toList();
        prepared.forEach(CompletableFuture::join);
        startup.say(name.id() + ": engines and agents are loaded");
      }
    }
    return stages;
  }

  private HealthServer serveHealth() {
    Vertx vertx = Vertx.vertx();
    open.later(() -> vertx.close().toCompletionStage().toCompletableFuture().join());
    return open.later(
        new HealthServer(
            vertx, settings.text("health.host"), settings.whole("health.port"), parts));
  }

  private static HealthServer.Part part(Ingress ingress) {
    return new HealthServer.Part() {
      @Override
      public String name() {
        return StageName.INGRESS.id();
      }

      @Override
      public boolean isLive() {
        return ingress.isLive();
      }

      @Override
      public boolean isReady() {
        return ingress.isHealthy();
      }

      @Override
      public void describe(ObjectNode into) {
        into.put("port", ingress.port());
        into.put("calls", ingress.activeCalls());
      }
    };
  }

  @Override
  public void close() {
    open.close();
  }
}
