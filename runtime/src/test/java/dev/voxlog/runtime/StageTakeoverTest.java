package dev.voxlog.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.voxlog.schemas.CallId;
import java.time.Duration;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// When the poll loop takes partitions over, and what it does until then.
@Timeout(60)
class StageTakeoverTest {
  private static final CallId CALL = new CallId("call");
  private static final TopicPartition CALLS = new TopicPartition("calls", 0);
  private static final TopicPartition TRANSCRIPTS = new TopicPartition("transcripts", 0);
  private static final Duration SOON = Duration.ofSeconds(10);

  private final MockedStage mocked = new MockedStage();

  @AfterEach
  void stop() {
    mocked.close();
  }

  @Test
  void nothingIsReadBeforeThePartitionIsTakenOverAndThenEverythingIs() {
    mocked.takeovers.hold();
    mocked.begin(CALL);
    mocked.add(TestCalls.words(CALL, 1));
    mocked.awaitRounds(3);
    assertThat(mocked.paused()).containsExactlyInAnyOrder(CALLS, TRANSCRIPTS);
    assertThat(mocked.isReady()).isFalse();
    mocked.takeovers.release();
    mocked.awaitUnderstood(1);
    assertThat(mocked.paused()).isEmpty();
    assertThat(mocked.isReady()).isTrue();
  }

  @Test
  void aTakeoverThatFailsIsTriedAgain() {
    mocked.takeovers.fail(2);
    mocked.begin(CALL);
    mocked.add(TestCalls.words(CALL, 1));
    mocked.awaitUnderstood(1);
  }

  @Test
  void aTakeoverThatAStopCutsShortHasNotFailed() {
    mocked.takeovers.holdEnds();
    mocked.begin(CALL);
    mocked.add(TestCalls.words(CALL, 1));
    mocked.awaitUnderstood(1);
    mocked.stop();
    await().atMost(SOON).until(() -> !isTakingOver());
    assertThat(mocked.meters().counted("voice.errors.total")).isZero();
  }

  private static boolean isTakingOver() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().endsWith("-takeover"));
  }

  @Test
  void aPartitionThatGoesDuringItsTakeoverIsNotWorkedOn() {
    mocked.takeovers.hold();
    mocked.start();
    mocked.assign();
    mocked.awaitRounds(2);
    mocked.revoke();
    mocked.takeovers.release();
    mocked.awaitRounds(3);
    assertThat(mocked.partitions()).isEmpty();
  }

  @Test
  void aPartitionIsWorkedOnOnlyWhileItIsHeldInAllInputs() {
    mocked.start();
    mocked.assignOnly(TRANSCRIPTS);
    mocked.awaitRounds(3);
    assertThat(mocked.partitions()).isEmpty();
    assertThat(mocked.paused()).containsExactly(TRANSCRIPTS);
  }
}
