package dev.voxlog.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.voxlog.cli.fleet.WorkerFleet;
import dev.voxlog.cli.fleet.WorkerFleet.Slot;
import dev.voxlog.cli.settings.Cluster;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.Topic;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/// Who of a fleet holds what, by the workers' own health pages.
final class FleetHealth implements AutoCloseable {
  private static final Pattern HEALTH = Pattern.compile("health: (http\\S+)");
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final HttpClient http = HttpClient.newHttpClient();
  private final WorkerFleet fleet;
  private final Cluster cluster;

  FleetHealth(WorkerFleet fleet, Cluster cluster) {
    this.fleet = fleet;
    this.cluster = cluster;
  }

  /// Waits until these places, all of one stage, share its partitions.
  void awaitShared(Slot... slots) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          List<Integer> all = new ArrayList<>();
          for (Slot slot : slots) {
            List<Integer> own = partitions(slot);
            assertThat(own).as("partitions of %s", slot).isNotEmpty();
            all.addAll(own);
          }
          assertThat(all)
              .containsExactlyInAnyOrderElementsOf(
                  IntStream.range(0, cluster.topics().spec("calls").partitions()).boxed().toList());
        });
  }

  /// Whether a call's partition is held by the process in this place.
  boolean isAt(Slot slot, CallId call) {
    return partitions(slot).contains(partition(call));
  }

  private int partition(CallId call) {
    byte[] key = call.value().getBytes(StandardCharsets.UTF_8);
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(cluster.kafka().reader())) {
      return TopicContent.of(consumer, cluster.kafka().topic(Topic.CALLS)).stream()
          .filter(record -> Arrays.equals(record.key(), key))
          .findFirst()
          .orElseThrow()
          .partition();
    }
  }

  private List<Integer> partitions(Slot slot) {
    String health = fleet.process(slot).find(HEALTH);
    if (health == null) {
      return List.of();
    }
    JsonObject stage =
        new JsonObject(get(URI.create(health)))
            .getJsonObject("stages")
            .getJsonObject(slot.stage().id());
    return new JsonArray(stage.getString("partitions"))
        .stream().map(each -> ((Number) each).intValue()).toList();
  }

  /// The body of an answer, whatever its status.
  String get(URI uri) {
    try {
      return http.send(
              HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
