package dev.voxlog.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.VoxEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The poll loop on a mocked cluster.
@Timeout(60)
class StageLifeTest {
  private static final CallId CALL = new CallId("call");
  private static final TopicPartition CALLS = new TopicPartition("calls", 0);
  private static final TopicPartition TRANSCRIPTS = new TopicPartition("transcripts", 0);

  private static final byte[] UNREADABLE = {'k', 1};

  private final MockedStage mocked = new MockedStage();

  @AfterEach
  void stop() {
    mocked.close();
  }

  private void hear(int utterance) {
    mocked.add(TestCalls.words(CALL, utterance));
  }

  private static ConditionFactory soon() {
    return await().atMost(10, TimeUnit.SECONDS);
  }

  private void awaitCommitted(TopicPartition partition, long offset) {
    soon().untilAsserted(() -> assertThat(mocked.committed(partition)).isEqualTo(offset));
  }

  private void awaitBroken() {
    soon().until(() -> mocked.broken() != null);
    assertThat(mocked.broken()).hasMessageContaining("could not be written");
  }

  @Test
  void onlyWhatChangedIsCommittedAndNothingThatIsStillNeeded() {
    mocked.begin(CALL);
    hear(1);
    mocked.awaitUnderstood(1);
    awaitCommitted(TRANSCRIPTS, 1);
    awaitCommitted(CALLS, 1);
    int commits = mocked.commits().size();
    mocked.awaitRounds(30);
    assertThat(mocked.commits()).hasSize(commits);
    for (Map<TopicPartition, OffsetAndMetadata> commit : mocked.commits()) {
      commit.forEach((partition, offset) ->
          assertThat(ReadNote.decode(offset.metadata()).isEmpty())
              .isEqualTo(partition.equals(CALLS)));
    }
  }

  @Test
  void aCommitThatFailsIsMadeAgain() {
    mocked.failCommits(1);
    mocked.begin(CALL);
    awaitCommitted(CALLS, 1);
  }

  @Test
  void whatAnEngineStillWorksOnIsNotCommittedWhenThePartitionGoes() {
    mocked.holdEngine();
    mocked.begin(CALL);
    hear(1);
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
    mocked.begin(CALL);
    hear(1);
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
    mocked.begin(CALL);
    mocked.add(Topic.TRANSCRIPTS, MarkedCodec.NEWER);
    hear(1);
    mocked.awaitUnderstood(1);
    awaitCommitted(TRANSCRIPTS, 2);
    assertThat(mocked.meters().counted("voice.unknown_kinds.total")).isEqualTo(1);
    assertThat(mocked.letters()).isEmpty();
  }

  @Test
  void aRecordWhoseSchemaTheRegistryCannotGiveYetWaitsAndOthersDoNot() {
    mocked.registryDown(true);
    mocked.begin(CALL);
    mocked.addOfUnknownSchema(TestCalls.words(CALL, 1));
    hear(2);
    soon().until(() -> mocked.paused().equals(Set.of(TRANSCRIPTS)));
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
    mocked.begin(CALL);
    for (int n = 1; n <= MockedStage.RECORDS_IN_BUDGET + 5; n++) {
      hear(n);
    }
    soon().until(() -> mocked.paused().size() == 2);
    assertThat(mocked.meters().counted("voice.pauses.total")).isEqualTo(1);
    mocked.releaseMailboxes();
    mocked.awaitUnderstood(MockedStage.RECORDS_IN_BUDGET + 5);
    assertThat(mocked.paused()).isEmpty();
  }

  @Test
  void aRecordThatCannotBeWrittenForLongBreaksTheLifeAndNothingIsCommittedOverIt() {
    mocked.writer().failure = new TimeoutException("for a test");
    mocked.begin(CALL);
    awaitBroken();
    assertThat(mocked.committed(CALLS)).isLessThan(1);
  }

  @Test
  void aRecordThatIsTooLargeCostsItselfAlone() {
    mocked.begin(CALL);
    hear(1);
    mocked.awaitUnderstood(1);
    mocked.writer().isRefusingNext = true;
    hear(2);
    hear(3);
    soon()
        .untilAsserted(() ->
            assertThat(mocked.written())
                .extracting(VoxEvent::identity)
                .contains("F3", "errornlu.0")
                .doesNotContain("F2"));
    awaitCommitted(TRANSCRIPTS, 3);
    assertThat(mocked.broken()).isNull();
  }

  @Test
  void anUnreadableRecordIsNotCommittedOverBeforeItsDeadLetterIsWritten() {
    CompletableFuture<Void> written = new CompletableFuture<>();
    mocked.writer().letterWritten = written;
    mocked.begin(CALL);
    mocked.add(Topic.TRANSCRIPTS, UNREADABLE);
    hear(1);
    mocked.awaitUnderstood(1);
    awaitCommitted(CALLS, 1);
    assertThat(mocked.committed(TRANSCRIPTS)).isEqualTo(0);
    written.complete(null);
    awaitCommitted(TRANSCRIPTS, 2);
  }

  @Test
  void aRecordThatBreaksItsStepIsNotCommittedOverBeforeItsDeadLetterIsWritten() {
    CompletableFuture<Void> written = new CompletableFuture<>();
    mocked.writer().letterWritten = written;
    mocked.begin(CALL);
    mocked.add(TestCalls.breaking(CALL, 1));
    hear(2);
    mocked.awaitUnderstood(2);
    awaitCommitted(CALLS, 1);
    assertThat(mocked.committed(TRANSCRIPTS)).isEqualTo(0);
    written.complete(null);
    awaitCommitted(TRANSCRIPTS, 2);
  }

  @Test
  void aCallThatIsGivenUpIsNotCommittedOverBeforeItsDeadLettersAreWritten() {
    CompletableFuture<Void> written = new CompletableFuture<>();
    mocked.writer().letterWritten = written;
    mocked.start();
    mocked.assign();
    hear(1);
    mocked.awaitAdvance(Duration.ofSeconds(5));
    soon().until(() -> !mocked.letters().isEmpty());
    assertThat(mocked.committed(TRANSCRIPTS)).isLessThan(1);
    written.complete(null);
    awaitCommitted(TRANSCRIPTS, 1);
  }

  @Test
  void aDeadLetterThatCannotBeWrittenIsNotCommittedOver() {
    mocked.writer().letterWritten =
        CompletableFuture.failedFuture(new TimeoutException("for a test"));
    mocked.begin(CALL);
    mocked.add(Topic.TRANSCRIPTS, UNREADABLE);
    awaitBroken();
    assertThat(mocked.committed(TRANSCRIPTS)).isLessThan(1);
  }

  @Test
  void aDeadLetterThatIsTooLargeCostsItselfAlone() {
    mocked.writer().letterWritten =
        CompletableFuture.failedFuture(new RecordTooLargeException("for a test"));
    mocked.begin(CALL);
    mocked.add(Topic.TRANSCRIPTS, UNREADABLE);
    hear(1);
    mocked.awaitUnderstood(1);
    awaitCommitted(TRANSCRIPTS, 2);
    assertThat(mocked.broken()).isNull();
  }

  @Test
  void anEagerGroupsPartitionThatComesBackKeepsItsCalls() {
    mocked.eager();
    mocked.begin(CALL);
    hear(1);
    mocked.awaitUnderstood(1);
    mocked.rebalance();
    hear(2);
    mocked.awaitUnderstood(2);
    assertThat(mocked.takeovers.taken()).as("it was never taken over again").isEqualTo(1);
    assertThat(mocked.understood()).isEqualTo(List.of(1, 2));
  }

  @Test
  void lagIsMeasuredFromWhereReadingIsAndNotFromTheCommit() {
    mocked.holdEngine();
    mocked.begin(CALL);
    hear(1);
    mocked.awaitAsked();
    soon()
        .untilAsserted(() -> {
          assertThat(mocked.committed(TRANSCRIPTS)).as("the engine still works on it").isEqualTo(0);
          assertThat(mocked.meters().gauge("kafka.consumer.lag")).containsOnly(0L).hasSize(2);
        });
    mocked.callsEndAt(8);
    soon()
        .untilAsserted(() ->
            assertThat(mocked.meters().gauge("kafka.consumer.lag"))
                .containsExactlyInAnyOrder(0L, 7L));
  }

  @Test
  void theCommitSaysHowFarReadingIsAndHowLongEnginesAreWaitedFor() {
    mocked.holdEngine();
    mocked.begin(CALL);
    hear(1);
    mocked.awaitAsked();
    hear(2);
    soon()
        .untilAsserted(() -> {
          assertThat(mocked.committed(TRANSCRIPTS)).as("the engine still works on it").isEqualTo(0);
          assertThat(told().position()).isEqualTo(2);
        });
    assertThat(told().engineWait()).as("nothing waits for a thread").isZero();
    CallId other = new CallId("other");
    mocked.add(TestCalls.started(other));
    mocked.add(TestCalls.words(other, 1));
    soon().untilAsserted(() -> assertThat(told().engineWait()).isPositive());
    mocked.releaseEngine();
    soon().untilAsserted(() -> assertThat(told()).isEqualTo(new ReadNote(3, Duration.ZERO, 0)));
  }

  @Test
  void aStageWhoseEnginesKeepWorkWaitingIsBehindUntilTheyDoNot() {
    mocked.holdEngine();
    mocked.begin(CALL);
    hear(1);
    mocked.awaitAsked();
    assertThat(mocked.isBehind()).as("one thread, and it is at work").isFalse();
    CallId other = new CallId("other");
    mocked.add(TestCalls.started(other));
    mocked.add(TestCalls.words(other, 1));
    soon().until(mocked::isBehind);
    mocked.releaseEngine();
    soon().until(() -> !mocked.isBehind());
  }

  private ReadNote told() {
    return ReadNote.decode(mocked.metadata(TRANSCRIPTS)).orElseThrow();
  }

  @Test
  void lagInTimeGrowsWhileSomethingIsUnreadAndGoesWhenItIsRead() {
    mocked.begin(CALL);
    soon().untilAsserted(() -> assertThat(lagMs()).containsOnly(0L).hasSize(2));
    mocked.callsEndAt(8);
    soon().untilAsserted(() -> assertThat(lagMs()).anyMatch(ms -> ms > 1_000));
    mocked.callsEndAt(1);
    soon().untilAsserted(() -> assertThat(lagMs()).containsOnly(0L).hasSize(2));
    mocked.revoke();
    soon().untilAsserted(() -> assertThat(lagMs()).isEmpty());
  }

  private List<Long> lagMs() {
    return mocked.meters().gauge("kafka.consumer.lag_ms");
  }

  @Test
  void aCallThatWaitsForStartedIsNotGivenUpWhileCallsAreBehind() {
    mocked.start();
    mocked.assign();
    mocked.callsEndAt(100);
    hear(1);
    mocked.awaitAdvance(Duration.ofSeconds(5));
    assertThat(mocked.letters()).isEmpty();
    mocked.callsEndAt(0);
    mocked.awaitAdvance(Duration.ofSeconds(5));
    soon().untilAsserted(() -> assertThat(mocked.letters()).containsExactly("call never started"));
  }
}
