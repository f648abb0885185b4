package dev.voxlog.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.voxlog.schemas.CallId;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// When a connection is no longer kept.
@Timeout(60)
class MediaConnectionTest {
  private static final CallId CALL = new CallId("twilio-CA1");

  private final Vertx vertx = Vertx.vertx();
  private final Context loop = vertx.getOrCreateContext();
  private final TestNode node = new TestNode(0, _ -> {});
  private final List<Object> messages = new CopyOnWriteArrayList<>();
  private final List<MediaConnection> unneeded = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
    node.close();
  }

  private MediaConnection to(String mediaPort) {
    return new MediaConnection(
        mediaPort,
        new MediaConnection.Surroundings(
            new MediaConnection.Self("egress-1", ""),
            vertx,
            vertx.createNetClient(),
            (_, message) -> messages.add(message),
            unneeded::add));
  }

  @Test
  void aNodeThatIsGoneAndThatNoCallNeedsIsGivenUp() {
    MediaConnection connection = to(node.mediaPort());
    loop.runOnContext(_ -> connection.open(CALL));
    await().until(() -> messages.size() == 1);
    loop.runOnContext(_ -> connection.leave(CALL));
    await().until(() -> !node.frames().isEmpty());
    assertThat(unneeded).isEmpty();
    node.breakConnections();

    await().untilAsserted(() -> assertThat(unneeded).containsExactly(connection));
  }

  @Test
  void aNodeThatCannotBeReachedIsGivenUpWithItsLastCall() {
    MediaConnection connection = to("127.0.0.1:1");
    loop.runOnContext(_ -> {
      connection.open(CALL);
      connection.leave(CALL);
    });

    await().untilAsserted(() -> assertThat(unneeded).isNotEmpty().containsOnly(connection));
    assertThat(messages).isEmpty();
  }
}
