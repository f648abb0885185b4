package dev.voxlog.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.voxlog.schemas.CallId;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Calls that are not known yet, and calls that lie still for long, in the poll loop on a mocked
/// cluster.
@Timeout(60)
class WaitingCallsTest {
  private static final CallId CALL = new CallId("call");
  private static final TopicPartition TRANSCRIPTS = new TopicPartition("transcripts", 0);

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

  @Test
  void aCallWhoseStartedComesLateIsOpenedThen() {
    mocked.start();
    mocked.assign();
    hear(1);
    mocked.awaitAdvance(Duration.ofSeconds(5));
    soon().untilAsserted(() -> assertThat(mocked.letters()).containsExactly("call never started"));
    awaitCommitted(TRANSCRIPTS, 1);
    mocked.add(TestCalls.started(CALL));
    hear(2);
    mocked.awaitUnderstood(2);
    assertThat(mocked.letters()).hasSize(1);
  }

  @Test
  void whatWaitsForStartedSpendsTheBudgetAndCallsAreReadAllTheSame() {
    mocked.start();
    mocked.assign();
    mocked.callsEndAt(100);
    for (int n = 1; n <= MockedStage.RECORDS_IN_BUDGET + 5; n++) {
      hear(n);
    }
    soon().until(() -> mocked.paused().equals(Set.of(TRANSCRIPTS)));
    mocked.add(TestCalls.started(CALL));
    mocked.awaitUnderstood(MockedStage.RECORDS_IN_BUDGET + 5);
    assertThat(mocked.paused()).isEmpty();
    assertThat(mocked.letters()).isEmpty();
  }

  @Test
  void whatIsPutAsideGivesItsBudgetBack() {
    mocked.start();
    mocked.assign();
    for (int n = 1; n <= MockedStage.RECORDS_IN_BUDGET + 5; n++) {
      hear(n);
    }
    soon().until(() -> mocked.paused().equals(Set.of(TRANSCRIPTS)));
    mocked.awaitAdvance(Duration.ofSeconds(5));
    soon().until(() -> mocked.letters().size() == MockedStage.RECORDS_IN_BUDGET + 5);
    soon().until(() -> mocked.paused().isEmpty());
  }

  @Test
  void aForgottenCallIsClosedAndGoesOnWhenItComesBack() {
    mocked.begin(CALL);
    hear(1);
    mocked.awaitUnderstood(1);
    mocked.advance(Duration.ofHours(5));
    mocked.awaitRounds(15);
    assertThat(mocked.closed()).isEmpty();
    mocked.advance(Duration.ofHours(2));
    soon().until(() -> mocked.closed().contains(CALL));
    hear(2);
    mocked.awaitUnderstood(2);
    assertThat(mocked.letters()).isEmpty();
    assertThat(mocked.numbers()).as("it goes on from its checkpoint").containsExactly(1, 2);
  }

  @Test
  void aCallThatGoesGivesBackWhatWaitsForIt() {
    mocked.start();
    mocked.assign();
    mocked.callsEndAt(100);
    hear(1);
    mocked.awaitRounds(3);
    assertThat(mocked.budgetTaken()).isPositive();
    mocked.revoke();
    soon().until(() -> mocked.budgetTaken() == 0);
  }
}
