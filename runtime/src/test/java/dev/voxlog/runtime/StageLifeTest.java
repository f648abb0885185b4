package dev.voxlog.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.VoxEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The poll loop on a mocked cluster.
@Timeout(60)
class StageLifeTest {
  private static final CallId CALL = new CallId("call");
  private static final TopicPartition CALLS = new TopicPartition("calls", 0);
  private static final TopicPartition TRANSCRIPTS = new TopicPartition("transcripts", 0);

  private final MockedStage mocked = new MockedStage();

  @AfterEach
  void stop() {
    mocked.close();
  }

  @Test
  void nothingIsReadBeforeThePartitionIsTakenOverAndThenEverythingIs() {
    mocked.holdTakeovers();
    mocked.start();
    mocked.assign();
    mocked.add(TestCalls.started(CALL));
    mocked.add(TestCalls.words(CALL, 1));
    mocked.awaitRounds(3);
    assertThat(mocked.paused()).containsExactlyInAnyOrder(CALLS, TRANSCRIPTS);
    assertThat(mocked.isReady()).isFalse();
    mocked.releaseTakeovers();
    mocked.awaitUnderstood(1);
    assertThat(mocked.paused()).isEmpty();
    assertThat(mocked.isReady()).isTrue();
  }

  @Test
  void aTakeoverThatFailsIsTriedAgain() {
    mocked.failTakeovers(2);
    mocked.start();
    mocked.assign();
    mocked.add(TestCalls.started(CALL));
    mocked.add(TestCalls.words(CALL, 1));
    mocked.awaitUnderstood(1);
  }

  @Test
  void aPartitionThatGoesDuringItsTakeoverIsNotWorkedOn() {
    mocked.holdTakeovers();
    mocked.start();
    mocked.assign();
    mocked.awaitRounds(2);
    mocked.revoke();
    mocked.releaseTakeovers();
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

  @Test
  void onlyWhatChangedIsCommittedAndNothingThatIsStillNeeded() {
    mocked.start();
    mocked.assign();
    mocked.add(TestCalls.started(CALL));
    mocked.add(TestCalls.words(CALL, 1));
    mocked.awaitUnderstood(1);
    await()
        .atMost(10, TimeUnit.SECONDS)
        .untilAsserted(() -> {
          assertThat(mocked.committed(TRANSCRIPTS)).isEqualTo(1);
          assertThat(mocked.committed(CALLS)).isEqualTo(1);
        });
    int commits = mocked.commits().size();
    mocked.awaitRounds(30);
    assertThat(mocked.commits()).hasSize(commits);
    for (Map<TopicPartition, OffsetAndMetadata> commit : mocked.commits()) {
      commit.forEach((partition, offset) ->
          assertThat(offset.metadata().isEmpty()).isEqualTo(!partition.equals(CALLS)));
    }
  }

  @Test
  void aCommitThatFailsIsMadeAgain() {
    mocked.failCommits(1);
    mocked.start();
    mocked.assign();
    mocked.add(TestCalls.started(CALL));
    await()
        .atMost(10, TimeUnit.SECONDS)
        .untilAsserted(() -> assertThat(mocked.committed(CALLS)).isEqualTo(1));
  }

  @Test
  void whatAnEngineStillWorksOnIsNotCommittedWhenThePartitionGoes() {
    mocked.holdEngine();
    mocked.start();
    mocked.assign();
    mocked.add(TestCalls.started(CALL));
    mocked.add(TestCalls.words(CALL, 1));
    mocked.awaitAsked();
    mocked.revoke();
    mocked.awaitRounds(2);
    assertThat(mocked.committed(TRANSCRIPTS)).isEqualTo(0);
    mocked.releaseEngine();
    mocked.awaitRounds(2);
    assertThat(mocked.understood()).as("it would be void").isEmpty();
  }

  @Test
  void anAnswerThatComesSoonIsWrittenAndCommittedWhenTheStageStops() {
    mocked.holdEngine();
    mocked.start();
    mocked.assign();
    mocked.add(TestCalls.started(CALL));
    mocked.add(TestCalls.words(CALL, 1));
    mocked.awaitAsked();
    Thread.ofVirtual()
        .start(() -> {
          mocked.awaitStopping();
          mocked.releaseEngine();
        });
    mocked.stop();
    assertThat(mocked.understood()).hasSize(1);
    assertThat(mocked.committed(TRANSCRIPTS)).isEqualTo(1);
  }

  @Test
  void aKindOfANewerVersionIsSkippedAndCommitted() {
    mocked.start();
    mocked.assign();
    mocked.add(TestCalls.started(CALL));
    mocked.addNewerKind(Topic.TRANSCRIPTS);
    mocked.add(TestCalls.words(CALL, 1));
    mocked.awaitUnderstood(1);
    await()
        .atMost(10, TimeUnit.SECONDS)
        .untilAsserted(() -> assertThat(mocked.committed(TRANSCRIPTS)).isEqualTo(2));
    assertThat(mocked.counted("voice.unknown_kinds.total")).isEqualTo(1);
    assertThat(mocked.letters()).isEmpty();
  }

  @Test
  void aRecordWhoseSchemaTheRegistryCannotGiveYetWaitsAndOthersDoNot() {
    mocked.registryDown(true);
    mocked.start();
    mocked.assign();
    mocked.add(TestCalls.started(CALL));
    mocked.addOfUnknownSchema(TestCalls.words(CALL, 1));
    mocked.add(TestCalls.words(CALL, 2));
    await()
        .atMost(10, TimeUnit.SECONDS)
        .until(() -> mocked.paused().equals(java.util.Set.of(TRANSCRIPTS)));
    mocked.awaitRounds(5);
    assertThat(mocked.understood()).isEmpty();
    assertThat(mocked.letters()).isEmpty();
    mocked.registryDown(false);
    mocked.awaitUnderstood(2);
    assertThat(mocked.letters()).isEmpty();
  }

  @Test
  void theStagePausesWhileTheByteBudgetIsSpentAndSaysSo() {
    mocked.holdMailboxes();
    mocked.start();
    mocked.assign();
    mocked.add(TestCalls.started(CALL));
    for (int n = 1; n <= MockedStage.RECORDS_IN_BUDGET + 5; n++) {
      mocked.add(TestCalls.words(CALL, n));
    }
    await().atMost(10, TimeUnit.SECONDS).until(() -> mocked.paused().size() == 2);
    assertThat(mocked.counted("voice.pauses.total")).isEqualTo(1);
    mocked.releaseMailboxes();
    mocked.awaitUnderstood(MockedStage.RECORDS_IN_BUDGET + 5);
    assertThat(mocked.paused()).isEmpty();
  }

  @Test
  void aRecordThatCannotBeWrittenForLongBreaksTheLifeAndNothingIsCommittedOverIt() {
    mocked.failWrites(new TimeoutException("for a test"));
    mocked.start();
    mocked.assign();
    mocked.add(TestCalls.started(CALL));
    await().atMost(10, TimeUnit.SECONDS).until(() -> mocked.broken() != null);
    assertThat(mocked.broken()).hasMessageContaining("could not be written");
    assertThat(mocked.committed(CALLS)).isLessThan(1);
  }

  @Test
  void aRecordThatIsTooLargeCostsItselfAlone() {
    mocked.start();
    mocked.assign();
    mocked.add(TestCalls.started(CALL));
    mocked.add(TestCalls.words(CALL, 1));
    mocked.awaitUnderstood(1);
    mocked.refuseNextWrite();
    mocked.add(TestCalls.words(CALL, 2));
    mocked.add(TestCalls.words(CALL, 3));
    await()
        .atMost(10, TimeUnit.SECONDS)
        .untilAsserted(() ->
            assertThat(mocked.written())
                .extracting(VoxEvent::identity)
                .contains("F3", "errornlu.0")
                .doesNotContain("F2"));
    await()
        .atMost(10, TimeUnit.SECONDS)
        .untilAsserted(() -> assertThat(mocked.committed(TRANSCRIPTS)).isEqualTo(3));
    assertThat(mocked.broken()).isNull();
  }

  @Test
  void anEagerGroupsPartitionThatComesBackKeepsItsCalls() {
    mocked.eager();
    mocked.start();
    mocked.assign();
    mocked.add(TestCalls.started(CALL));
    mocked.add(TestCalls.words(CALL, 1));
    mocked.awaitUnderstood(1);
    mocked.rebalance();
    mocked.add(TestCalls.words(CALL, 2));
    mocked.awaitUnderstood(2);
    assertThat(mocked.takeovers()).as("it was never taken over again").isEqualTo(1);
    assertThat(mocked.understood()).isEqualTo(List.of(1, 2));
  }

  @Test
  void lagIsMeasuredFromWhereReadingIsAndNotFromTheCommit() {
    mocked.holdEngine();
    mocked.start();
    mocked.assign();
    mocked.add(TestCalls.started(CALL));
    mocked.add(TestCalls.words(CALL, 1));
    mocked.awaitAsked();
    await()
        .atMost(10, TimeUnit.SECONDS)
        .untilAsserted(() -> {
          assertThat(mocked.committed(TRANSCRIPTS)).as("the engine still works on it").isEqualTo(0);
          assertThat(mocked.gauge("kafka.consumer.lag")).containsOnly(0L).hasSize(2);
        });
    mocked.callsEndAt(8);
    await()
        .atMost(10, TimeUnit.SECONDS)
        .untilAsserted(
            () -> assertThat(mocked.gauge("kafka.consumer.lag")).containsExactlyInAnyOrder(0L, 7L));
  }

  @Test
  void aCallThatWaitsForStartedIsNotGivenUpWhileCallsAreBehind() {
    mocked.start();
    mocked.assign();
    mocked.callsEndAt(100);
    mocked.add(TestCalls.words(CALL, 1));
    mocked.awaitAdvance(Duration.ofSeconds(5));
    assertThat(mocked.letters()).isEmpty();
    mocked.callsEndAt(0);
    mocked.awaitAdvance(Duration.ofSeconds(5));
    await()
        .atMost(10, TimeUnit.SECONDS)
        .untilAsserted(() -> assertThat(mocked.letters()).containsExactly("call never started"));
  }
}
