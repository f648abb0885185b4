package dev.voxlog.cli.chaos;

import dev.voxlog.cli.chaos.SoakSamples.Sample;
import dev.voxlog.cli.fleet.LocalGround;
import dev.voxlog.cli.fleet.WorkerFleet;
import dev.voxlog.cli.settings.Cluster;
import dev.voxlog.cli.settings.Settings;
import dev.voxlog.schemas.StageName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.UndeclaredThrowableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// Looks at every process of an estate again and again: broker, registry, workers.
final class SoakWatch implements AutoCloseable {
  static final Duration EVERY = Duration.ofSeconds(10);

  static final String BROKER = "broker";

  private final List<ProcessProbe> probes;
  private final Cluster cluster;
  private final Path data;
  private final Admin admin;
  private final SoakSamples samples = new SoakSamples();
  private final long begun = System.nanoTime();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private volatile Map<String, Sample> latest = Map.of();
  private volatile @Nullable Exception failure;

  private SoakWatch(List<ProcessProbe> probes, Path settings, Path data) {
    this.probes = new CopyOnWriteArrayList<>(probes);
    this.data = data;
    cluster = new Cluster(Settings.read(new Settings.Given(settings, Map.of(), List.of())));
    admin = Admin.create(cluster.kafka().admin());
    clock.scheduleAtFixedRate(this::look, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// Begins to look.
  static SoakWatch of(LocalGround ground, WorkerFleet fleet) {
    List<ProcessProbe> probes = new ArrayList<>();
    ProcessHandle registry = ProcessHandle.of(ground.pid()).orElseThrow();
    ProcessHandle broker = registry.children().findFirst().orElseThrow();
    probes.add(ProcessProbe.of(BROKER, broker.pid()));
    probes.add(ProcessProbe.of("registry", registry.pid()));
    List<StageName> stages = new ArrayList<>(List.of(StageName.INGRESS));
    stages.addAll(WorkerFleet.HIT);
    for (StageName stage : stages) {
      long pid = fleet.process(new WorkerFleet.Slot(stage, 0)).pid();
      probes.add(ProcessProbe.of(stage.id(), pid));
    }
    return new SoakWatch(probes, ground.settings(), ground.data());
  }

  Cluster cluster() {
    return cluster;
  }

  SoakSamples samples() {
    return samples;
  }

  /// From now on it is this that goes on.
  void begin(String part) {
    samples.begin(seconds(), part);
  }

  /// What each process held when it was last looked at.
  ///
  /// @throws IllegalStateException if looking has failed
  Map<String, Sample> latest() {
    Exception why = failure;
    if (why != null) {
      throw new IllegalStateException("the watch has ended", why);
    }
    return latest;
  }

  /// By process, the bytes of the live objects of each class.
  Map<String, Map<String, Long>> classes() {
    Map<String, Map<String, Long>> classes = new LinkedHashMap<>();
    probes.forEach(probe -> classes.put(probe.name(), probe.classes()));
    return classes;
  }

  private double seconds() {
    return (System.nanoTime() - begun) / 1e9;
  }

  private void look() {
    try {
      Map<String, Sample> round = new LinkedHashMap<>();
      Map<String, Long> lags = lags();
      for (int i = 0; i < probes.size(); i++) {
        String name = probes.get(i).name();
        round.put(name, new Sample(seconds(), name, held(i), lags.getOrDefault(name, 0L)));
      }
      samples.add(List.copyOf(round.values()));
      latest = round;
    } catch (Exception e) {
      failure = e;
      clock.shutdown();
    }
  }

  /// The broker keeps each segment of the log open as long as its retention lasts; that is no leak.
  private ProcessProbe.Held held(int index) throws IOException {
    ProcessProbe probe = probes.get(index);
    ProcessProbe.Held held = read(index);
    return probe.name().equals(BROKER)
        ? new ProcessProbe.Held(
            held.heapBytes(), held.threads(), held.descriptors() - segments(), held.directBytes())
        : held;
  }

  private ProcessProbe.Held read(int index) {
    try {
      return probes.get(index).read();
    } catch (UndeclaredThrowableException | UncheckedIOException e) {
      // The connection is lost, not the process: what a new one finds is told.
      probes.set(index, probes.get(index).again());
      return probes.get(index).read();
    }
  }

  private long segments() throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      return files.filter(file -> file.getFileName().toString().matches("\\d{20}\\.log")).count();
    } catch (UncheckedIOException e) {
      // A segment went while the folder was being read.
      return segments();
    }
  }

  /// By stage, the records behind its group's commits.
  private Map<String, Long> lags() throws InterruptedException, ExecutionException {
    Map<String, Long> lags = new HashMap<>();
    for (StageName stage : WorkerFleet.HIT) {
      Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
      admin
          .listConsumerGroupOffsets(cluster.kafka().group(stage.id()))
          .partitionsToOffsetAndMetadata()
          .get()
          .forEach((partition, offset) -> {
            if (offset != null) {
              committed.put(partition, offset);
            }
          });
      Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
      committed.keySet().forEach(partition -> asked.put(partition, OffsetSpec.latest()));
      long lag = 0;
      for (var end : admin.listOffsets(asked).all().get().entrySet()) {
        OffsetAndMetadata offset = committed.get(end.getKey());
        lag += offset == null ? 0 : Math.max(0, end.getValue().offset() - offset.offset());
      }
      lags.put(stage.id(), lag);
    }
    return lags;
  }

  @Override
  public void close() {
    clock.shutdownNow();
    probes.forEach(ProcessProbe::close);
    admin.close(Duration.ofSeconds(5));
  }
}
