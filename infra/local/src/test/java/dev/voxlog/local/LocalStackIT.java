package dev.voxlog.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.TopicCatalogue;
import dev.voxlog.schemas.TurnEvent;
import dev.voxlog.schemas.registry.RegistrySettings;
import dev.voxlog.schemas.registry.SchemaRegistryClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class LocalStackIT {
  @TempDir private Path directory;

  private LocalStack start() {
    return LocalStack.start(
        new LocalStack.Config(directory, 0, 0, TopicCatalogue.standard()), _ -> {});
  }

  private static TurnEvent.Sentence sentence(int turn) {
    return new TurnEvent.Sentence(
        new CallId("twilio-CA1"),
        Instant.parse("2026-01-02T03:04:05.000006Z"),
        turn,
        0,
        "Sentence of turn " + turn,
        TurnEvent.Purpose.ANSWER,
        List.of(turn));
  }

  private static LogProbe probe(LocalStack stack) {
    return new LogProbe(stack.bootstrapServers(), stack.registryUrl());
  }

  private static Map<String, Integer> ids(LocalStack stack) {
    Map<String, Integer> ids = new TreeMap<>();
    URI url = URI.create(stack.registryUrl());
    try (SchemaRegistryClient client = new SchemaRegistryClient(RegistrySettings.of(url))) {
      client.subjects().forEach(subject -> ids.put(subject, client.latest(subject).id()));
    }
    return ids;
  }

  @Test
  void recordsAndSchemaIdsSurviveAKilledBrokerAndARestart() throws Exception {
    Map<String, Integer> before;
    try (LocalStack stack = start()) {
      probe(stack).write(List.of(sentence(1), sentence(2)));
      before = ids(stack);
      stack.broker(1).kill();
      assertThat(stack.isAlive()).isFalse();
    }

    try (LocalStack stack = start()) {
      assertThat(ids(stack)).isEqualTo(before).hasSize(Topic.values().length);
      probe(stack).write(List.of(sentence(3)));
      assertThat(probe(stack).events(Topic.SENTENCES))
          .hasToString(List.of(sentence(1), sentence(2), sentence(3)).toString());
    }

    try (LocalStack stack = start()) {
      assertThat(ids(stack)).isEqualTo(before);
      assertThat(probe(stack).events(Topic.SENTENCES)).hasSize(3);
    }
  }

  @Test
  void itStopsWithinTenSecondsAndItsDirectoryIsFreeAtOnce() {
    LocalStack stack = start();
    long began = System.nanoTime();
    stack.close();

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
    DirectoryLock.take(directory, Duration.ZERO).close();
    assertThatThrownBy(() -> BrokerCluster.start(directory, 3, 0))
        .hasMessageContaining(directory + " holds the data of 1 broker, not of 3")
        .hasMessageContaining("start with --brokers 1");
  }

  @Test
  void aTakenPortIsNamedWithTheFlagThatChangesIt() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = other.getLocalPort();
      TopicCatalogue catalogue = TopicCatalogue.standard();

      assertThatThrownBy(
              () -> LocalStack.start(new LocalStack.Config(directory, port, 0, catalogue), _ -> {}))
          .isInstanceOf(PortTakenException.class)
          .hasMessageContaining("port " + port + " is taken")
          .hasMessageContaining("--broker-port");
      assertThatThrownBy(
              () -> LocalStack.start(new LocalStack.Config(directory, 0, port, catalogue), _ -> {}))
          .isInstanceOf(PortTakenException.class)
          .hasMessageContaining("port " + port + " is taken")
          .hasMessageContaining("--registry-port");
    }
    // Neither refusal has left a broker behind.
    DirectoryLock.take(directory, Duration.ZERO).close();
  }

  @Test
  void aSecondStartOnADirectoryInUseIsRefusedByName() {
    try (BrokerCluster first = BrokerCluster.start(directory, 1, 0)) {
      assertThatThrownBy(() -> BrokerCluster.start(directory, 1, 0))
          .hasMessageContaining(directory.toString())
          .hasMessageContaining("is in use by another Voxlog");
      assertThat(first.isAlive()).isTrue();
    }
  }

  @Test
  void theBrokerOutlivesAnInterruptFromTheTerminal() throws Exception {
    try (BrokerCluster brokers = BrokerCluster.start(directory, 1, 0)) {
      BrokerProcess broker = brokers.broker(1);
      Process kill = new ProcessBuilder("kill", "-INT", Long.toString(broker.pid())).start();
      assertThat(kill.waitFor()).isZero();

      await().during(Duration.ofSeconds(1)).atMost(Duration.ofSeconds(5)).until(broker::isAlive);
    }
  }

  @Test
  void theBrokerEndsWhenItsStarterIsKilledAndTheNextStartWaitsForIt() throws Exception {
    Process starter =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Starter.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    long pid = Long.parseLong(starter.inputReader().readLine());
    ProcessHandle broker = ProcessHandle.of(pid).orElseThrow();
    starter.destroyForcibly();
    assertThat(starter.waitFor(10, TimeUnit.SECONDS)).isTrue();

    try (BrokerCluster next = BrokerCluster.start(directory, 1, 0)) {
      assertThat(next.isAlive()).isTrue();
      // Its lock on the directory is gone a moment before it is.
      broker.onExit().get(10, TimeUnit.SECONDS);
    }
  }

  /// A program that starts the broker, tells its process id and never ends by itself.
  static final class Starter {
    public static void main(String[] arguments) throws InterruptedException {
      BrokerCluster brokers = BrokerCluster.start(Path.of(arguments[0]), 1, 0);
      System.out.println(brokers.broker(1).pid());
      Thread.currentThread().join();
    }
  }
}
