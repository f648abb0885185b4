package dev.voxlog.cli.chaos;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.voxlog.cli.chaos.SoakSamples.Sample;
import dev.voxlog.cli.chaos.SoakSamples.Watched;
import dev.voxlog.cli.fleet.ChildProcess;
import dev.voxlog.cli.fleet.LocalGround;
import dev.voxlog.cli.fleet.WorkerFleet;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Callers come and go for half an hour; then every process holds what it held before them.
///
/// `voxlog.soak.minutes` and `voxlog.soak.calls` make it shorter or smaller, `voxlog.soak.out` is
/// where table and picture go.
@Tag("long")
class SoakIT {
  private static final int MINUTES = Integer.getInteger("voxlog.soak.minutes", 30);
  private static final int CALLS = Integer.getInteger("voxlog.soak.calls", 50);
  private static final Path OUT = Path.of(System.getProperty("voxlog.soak.out", "target/soak"));

  private static final long SEED = 6;
  private static final int LINES_EACH = 5;

  /// Of so many callers one is rude.
  private static final int RUDE = 5;

  /// How long nobody calls before what is held counts: idle threads and buffers are given back.
  private static final Duration REST = Duration.ofSeconds(70);

  private static final Duration LONGEST_REST = Duration.ofMinutes(4);
  private static final long GROWTH_TOLD = 100_000;

  /// How much more than before a process may hold. Call ids that are remembered are bounded and
  /// take the heap's part; threads and buffers of pools depend on the moment.
  private static final Map<Watched, Double> MORE =
      new EnumMap<>(
          Map.of(
              Watched.HEAP, 8.0,
              Watched.THREADS, 6.0,
              Watched.DESCRIPTORS, 6.0,
              Watched.DIRECT, 8.0,
              Watched.LAG, 0.0));

  /// Kafka's controller has one buffer of 8 MiB for what it writes, takes another when it is late,
  /// and keeps up to five (4.3.1: KafkaRaftClient.MAX_BATCH_SIZE_BYTES, BatchMemoryPool).
  private static final double BATCHES_OF_BROKER = 4 * 8.0;

  @TempDir Path folder;

  @Test
  void afterHalfAnHourOfCallersWhoComeAndGoEveryProcessHoldsWhatItHeldBefore() throws Exception {
    Lines lines = Lines.of(SEED, CALLS - CALLS / RUDE, LINES_EACH);
    try (ToolServer tool = ToolServer.start();
        LocalGround ground =
            LocalGround.start(
                folder,
                ChaosAgent.writeTo(folder.resolve("agent")),
                1,
                settings(lines),
                ProcessProbe.VARIABLES);
        WorkerFleet fleet = fleet(ground, tool)) {
      URI webhook = URI.create("http://127.0.0.1:" + fleet.start(1) + "/twilio/voice");
      try (SoakWatch watch = SoakWatch.of(ground, fleet)) {
        List<CallWitness> calls = new ArrayList<>();
        watch.begin("first calls");
        int rude = call(webhook, lines, Duration.ZERO, calls);
        watch.begin("quiet");
        Map<String, Sample> before = rested(watch);
        Map<String, Map<String, Long>> classesBefore = watch.classes();
        watch.begin("calls");
        rude += call(webhook, lines, Duration.ofMinutes(MINUTES), calls);
        watch.begin("quiet again");
        try {
          await()
              .atMost(LONGEST_REST)
              .pollDelay(REST)
              .pollInterval(SoakWatch.EVERY)
              .untilAsserted(() -> assertThatAllIsAsBefore(before, watch.latest()));
        } finally {
          tell(watch, before, calls.size() + rude);
          tellGrowth(classesBefore, watch.classes());
        }
        assertThat(calls).hasSizeGreaterThan(2 * lines.callers().size());
        assertThat(fleet.ended()).isEmpty();
        LogWitness log = LogWitness.read(watch.cluster());
        List<CallWitness> known = calls.stream().map(log::with).toList();
        assertThat(Verdict.of(known, tool.asked()).violations()).isEmpty();
      }
    }
  }

  private WorkerFleet fleet(LocalGround ground, ToolServer tool) {
    Map<String, String> variables = new HashMap<>(ProcessProbe.VARIABLES);
    variables.put(ChaosAgent.TOOL_VARIABLE, tool.address());
    return new WorkerFleet(
        ground.settings(),
        folder.resolve("workers"),
        ChildProcess.Jvm.ofHeap("192m").with(variables));
  }

  private static Map<String, String> settings(Lines lines) {
    Map<Integer, String> phrases = new HashMap<>(lines.phrases());
    phrases.put(RudeCallers.LINE.tone(), RudeCallers.LINE.words());
    Map<String, String> settings = new HashMap<>();
    settings.put("engines.kind", "scripted");
    phrases.forEach((tone, words) -> settings.put("engines.phrases." + tone, words));
    return settings;
  }

  /// All callers call, again and again for so long; adds the calls of the polite, gives the number
  /// of the others.
  private static int call(URI webhook, Lines lines, Duration length, List<CallWitness> calls)
      throws InterruptedException {
    long until = System.nanoTime() + length.toNanos();
    try (ScriptedCallers polite = new ScriptedCallers(webhook, SEED);
        RudeCallers rude = new RudeCallers(webhook, SEED)) {
      polite.begin(lines, () -> System.nanoTime() < until);
      rude.begin(CALLS - lines.callers().size(), () -> System.nanoTime() < until);
      calls.addAll(polite.join());
      return rude.join();
    }
  }

  /// What the processes hold when nobody has called for a while and all is read.
  private static Map<String, Sample> rested(SoakWatch watch) {
    await()
        .atMost(LONGEST_REST)
        .pollDelay(REST)
        .pollInterval(SoakWatch.EVERY)
        .untilAsserted(
            () -> assertThat(watch.latest().values()).extracting(Sample::lag).containsOnly(0L));
    return watch.latest();
  }

  private static void assertThatAllIsAsBefore(
      Map<String, Sample> before, Map<String, Sample> after) {
    SoftAssertions all = new SoftAssertions();
    before.forEach((process, then) ->
        MORE.forEach((watched, more) ->
            all.assertThat(watched.of(requireNonNull(after.get(process))))
                .as("%s of %s", watched.title(), process)
                .isLessThanOrEqualTo(watched.of(then) + more + batches(watched, process))));
    all.assertAll();
  }

  private static double batches(Watched watched, String process) {
    return watched == Watched.HEAP && process.equals(SoakWatch.BROKER) ? BATCHES_OF_BROKER : 0;
  }

  private static void tell(SoakWatch watch, Map<String, Sample> before, int calls) {
    SoakSamples samples = watch.samples();
    String title =
        "%d minutes, %d callers, %d calls in all; one process for each stage"
            .formatted(MINUTES, CALLS, calls);
    samples.writeTable(OUT.resolve("soak.csv"));
    SoakSamples.write(OUT.resolve("soak.svg"), SoakPicture.of(samples, title));
    System.out.println(title);
    Map<String, Sample> after = watch.latest();
    for (Watched watched : Watched.values()) {
      before.forEach((process, then) ->
          System.out.printf(
              Locale.ROOT,
              "%-22s %-9s %8.1f -> %8.1f%n",
              watched.title(),
              process,
              watched.of(then),
              watched.of(requireNonNull(after.get(process)))));
    }
  }

  /// Of what each process holds more than before, for whoever asks why.
  private static void tellGrowth(
      Map<String, Map<String, Long>> before, Map<String, Map<String, Long>> after) {
    after.forEach((process, classes) -> {
      Map<String, Long> then = requireNonNull(before.get(process));
      classes.entrySet().stream()
          .map(now -> Map.entry(now.getKey(), now.getValue() - then.getOrDefault(now.getKey(), 0L)))
          .filter(growth -> growth.getValue() > GROWTH_TOLD)
          .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
          .limit(8)
          .forEach(growth ->
              System.out.printf(
                  "%-9s %+,12d bytes %s%n", process, growth.getValue(), growth.getKey()));
    });
  }
}
