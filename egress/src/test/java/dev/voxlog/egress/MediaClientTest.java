package dev.voxlog.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.voxlog.egress.IngressNodes.Link;
import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.media.MediaFrame;
import dev.voxlog.schemas.media.MediaProof;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The connections to ingress nodes, over real sockets.
@Timeout(60)
class MediaClientTest {
  private static final CallId ONE = new CallId("twilio-CA1");
  private static final CallId TWO = new CallId("twilio-CA2");

  private final Map<CallId, List<Object>> messages = new ConcurrentHashMap<>();
  private final MediaClient client = new MediaClient("egress-7", "secret");
  private TestNode node = new TestNode(0, _ -> {});

  MediaClientTest() {
    client.start((call, message) ->
        messages.computeIfAbsent(call, _ -> new CopyOnWriteArrayList<>()).add(message));
  }

  @AfterEach
  void close() {
    client.close();
    node.close();
  }

  private List<Object> messages(CallId call) {
    return messages.getOrDefault(call, List.of());
  }

  @Test
  void allCallsOfANodeShareOneConnectionThatBeginsWithAProofOfTheSecret() {
    connected(ONE);
    connected(TWO);

    await().untilAsserted(() -> assertThat(node.frames()).hasSize(1));
    MediaFrame.Hello hello = node.frames(MediaFrame.Hello.class).getFirst();
    assertThat(hello.node()).isEqualTo("egress-7");
    assertThat(MediaProof.isProved(hello, node.challenge, node.mediaPort(), "secret")).isTrue();
    assertThat(hello.proof()).doesNotContain("secret");
  }

  @Test
  void commandsArriveInOrderAndReportsReachTheirCall() {
    connected(ONE);
    connected(TWO);
    client.send(node.mediaPort(), new MediaFrame.Attach(ONE, 5, 1));
    for (int i = 0; i < 500; i++) {
      client.send(
          node.mediaPort(),
          new MediaFrame.Audio(ONE, 5, i + 2, "1.0." + i, AudioBytes.wrap(new byte[1600])));
    }

    await().untilAsserted(() -> assertThat(node.frames(MediaFrame.Audio.class)).hasSize(500));
    assertThat(node.frames(MediaFrame.Audio.class)).extracting(MediaFrame.Audio::seq).isSorted();
    await()
        .untilAsserted(() ->
            assertThat(messages(ONE)).contains(new MediaFrame.Accepted(ONE, 5, 1, "", List.of())));
    assertThat(messages(TWO)).containsExactly(new Link.Up(node.mediaPort()));
  }

  @Test
  void aConnectionThatBreaksIsMadeAgainAndItsCallsAreTold() {
    connected(ONE);
    node.breakConnections();

    await()
        .untilAsserted(() ->
            assertThat(messages(ONE)).containsExactly(up(), new Link.Down(node.mediaPort()), up()));
    await().untilAsserted(() -> assertThat(node.frames(MediaFrame.Hello.class)).hasSize(2));
  }

  @Test
  void aNodeThatComesBackLateIsFoundAgain() {
    connected(ONE);
    int port = node.port();
    node.close();
    await().untilAsserted(() -> assertThat(messages(ONE)).hasSize(2));
    await().pollDelay(Duration.ofMillis(700)).until(() -> true);
    node = new TestNode(port, _ -> {});

    await().untilAsserted(() -> assertThat(messages(ONE)).endsWith(up()).hasSize(3));
  }

  @Test
  void whatIsSentToANodeThatIsNotThereIsDropped() {
    client.send("127.0.0.1:1", new MediaFrame.Attach(ONE, 5, 1));
    client.open(ONE, 5, "127.0.0.1:1");
    client.send("127.0.0.1:1", new MediaFrame.Attach(ONE, 5, 2));
    connected(TWO);

    assertThat(messages(ONE)).isEmpty();
  }

  @Test
  void aCallThatIsOverHearsNothingOfItsNode() {
    connected(ONE);
    connected(TWO);
    client.release(ONE, 5);
    await().pollDelay(Duration.ofMillis(50)).until(() -> true);
    node.breakConnections();

    await().untilAsserted(() -> assertThat(messages(TWO)).hasSize(3));
    assertThat(messages(ONE)).hasSize(1);
  }

  @Test
  void aPlaybackThatWasSucceededDoesNotTakeTheNodeFromItsSuccessor() {
    connected(ONE);
    client.open(ONE, 6, node.mediaPort());
    client.release(ONE, 5);
    await().untilAsserted(() -> assertThat(messages(ONE)).hasSize(2));
    node.breakConnections();

    await()
        .untilAsserted(() -> assertThat(messages(ONE)).contains(new Link.Down(node.mediaPort())));
  }

  @Test
  void aNodeThatDoesNotReadIsLeftRatherThanWaitedFor() {
    connected(ONE);
    node.stopReading();
    AudioBytes large = AudioBytes.wrap(new byte[64_000]);
    for (int i = 0; i < 400; i++) {
      client.send(node.mediaPort(), new MediaFrame.Audio(ONE, 5, i + 1, "1.0." + i, large));
    }

    await()
        .untilAsserted(() -> assertThat(messages(ONE)).contains(new Link.Down(node.mediaPort())));
  }

  @Test
  void aNodeThatSendsNoFramesIsLeft() {
    connected(ONE);
    node.sendRaw(new byte[] {0, 0, 0, 0, 1});

    await()
        .untilAsserted(() -> assertThat(messages(ONE)).contains(new Link.Down(node.mediaPort())));
  }

  private Link.Up up() {
    return new Link.Up(node.mediaPort());
  }

  private void connected(CallId call) {
    client.open(call, 5, node.mediaPort());
    await().untilAsserted(() -> assertThat(messages(call)).contains(up()));
  }
}
