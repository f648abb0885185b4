package dev.voxlog.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.voxlog.cli.fleet.ChildProcess;
import dev.voxlog.cli.fleet.WorkerFleet;
import dev.voxlog.cli.fleet.WorkerFleet.Slot;
import dev.voxlog.cli.newer.NewerDeserializer;
import dev.voxlog.cli.newer.NewerSchema;
import dev.voxlog.cli.newer.NewerSerializer;
import dev.voxlog.cli.settings.Cluster;
import dev.voxlog.schemas.StageName;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.TopicCatalogue;
import dev.voxlog.schemas.serde.AvroDeserializer;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Stage after stage goes to a version whose records have a field and a kind more, and back, under
/// calls: each newer process is started before the older one is asked to end.
@Tag("long")
class RollingUpgradeIT {
  private static final int CALLERS = 6;
  private static final List<Topic> TEXT =
      List.of(Topic.TRANSCRIPTS, Topic.INTENTS, Topic.SENTENCES, Topic.CALLS);
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir Path folder;

  @Test
  void nothingIsLostWhenAllStagesGoToANewerVersionAndBack()
      throws InterruptedException, IOException, URISyntaxException {
    Lines lines = Lines.of(23, CALLERS, 4);
    try (Site site = Site.open(folder, lines, Map.of())) {
      ChildProcess.Jvm newer = site.jvm().with(newerClasses());
      List<String> settings = newerSettings(site.cluster());
      int port = site.fleet().start(1);
      AtomicBoolean isOver = new AtomicBoolean();
      List<CallWitness> heard;
      try (ScriptedCallers calling = new ScriptedCallers(Site.webhook(port), 23)) {
        calling.begin(lines, () -> !isOver.get());
        awaitAnswers(calling);
        for (StageName stage : WorkerFleet.HIT) {
          Slot slot = new Slot(stage, 1);
          site.fleet().start(slot, newer, settings);
          replace(site, new Slot(stage, 0), slot);
        }
        awaitAnswers(calling);
        for (StageName stage : WorkerFleet.HIT) {
          site.fleet().start(new Slot(stage, 0));
          replace(site, new Slot(stage, 1), new Slot(stage, 0));
        }
        awaitAnswers(calling);
        isOver.set(true);
        heard = calling.join();
      }
      LogWitness log = site.log();
      Verdict verdict = site.verdict(heard.stream().map(log::with).toList());
      assertThat(verdict.violations()).isEmpty();
      assertThat(verdict.utterances()).isGreaterThanOrEqualTo(3 * CALLERS);
      assertThat(site.fleet().ended()).isEmpty();
      TEXT.forEach(topic -> assertThatBothVersionsWrote(site, topic));
      assertThat(deadLetters(site.cluster())).isZero();
    }
  }

  private static void replace(Site site, Slot old, Slot by) throws InterruptedException {
    site.awaitShared(old, by);
    Duration took = site.fleet().stop(old);
    site.awaitShared(by);
    System.out.printf("%s ended in %d ms, %s has all%n", old, took.toMillis(), by);
  }

  private static void awaitAnswers(ScriptedCallers calling) {
    int before = calling.answered();
    await().atMost(PATIENCE).until(() -> calling.answered() >= before + CALLERS);
  }

  /// The newer version's classes alone, without the tests'.
  private Path newerClasses() throws IOException, URISyntaxException {
    String packaged = NewerSchema.class.getPackageName().replace('.', '/');
    Path compiled =
        Path.of(NewerSchema.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .resolve(packaged);
    Path place = folder.resolve("newer");
    Files.createDirectories(place.resolve(packaged));
    try (Stream<Path> classes = Files.list(compiled)) {
      for (Path each : classes.toList()) {
        Files.copy(each, place.resolve(packaged).resolve(each.getFileName().toString()));
      }
    }
    return place;
  }

  private static List<String> newerSettings(Cluster cluster) {
    return List.of(
        "--set",
        "serde.serializer=" + NewerSerializer.class.getName(),
        "--set",
        "serde.deserializer=" + NewerDeserializer.class.getName(),
        "--set",
        "serde.bootstrap.servers=" + cluster.bootstrapServers());
  }

  /// The registry has taken both contracts under its promise; the topic has records of the older
  /// one before and after those of the newer one, among which the added kind and field.
  private static void assertThatBothVersionsWrote(Site site, Topic topic) {
    String subject = site.cluster().kafka().topic(topic) + "-value";
    String registry = site.cluster().registryUrl();
    assertThat(site.get(URI.create(registry + "/subjects/" + subject + "/versions")))
        .isEqualTo("[1,2]");
    assertThat(site.get(URI.create(registry + "/config/" + subject))).contains("FULL_TRANSITIVE");
    List<GenericRecord> records = records(site.cluster(), topic);
    List<GenericRecord> newer = records.stream().filter(RollingUpgradeIT::isNewer).toList();
    assertThat(newer).isNotEmpty();
    assertThat(newer)
        .allSatisfy(record -> assertThat(record.get(NewerSchema.FIELD)).hasToString("soft"));
    assertThat(newer.stream().map(record -> record.get("kind").toString()))
        .contains(NewerSchema.KIND);
    assertThat(isNewer(records.getFirst())).isFalse();
    assertThat(isNewer(records.getLast())).isFalse();
  }

  private static boolean isNewer(GenericRecord record) {
    return record.getSchema().getField(NewerSchema.FIELD) != null;
  }

  private static List<GenericRecord> records(Cluster cluster, Topic topic) {
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(cluster.kafka().reader());
        AvroDeserializer avro = new AvroDeserializer()) {
      avro.configure(cluster.registry(), false);
      String name = cluster.kafka().topic(topic);
      return TopicContent.of(consumer, name).stream()
          .sorted((one, other) -> Long.compare(one.timestamp(), other.timestamp()))
          .map(record -> avro.deserialize(name, record.value()))
          .toList();
    }
  }

  private static int deadLetters(Cluster cluster) {
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(cluster.kafka().reader())) {
      return TopicContent.of(consumer, cluster.topics().name(TopicCatalogue.DEAD_LETTERS)).size();
    }
  }
}
