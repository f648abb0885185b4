package dev.voxlog.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.runtime.StageWatch;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.StageName;
import dev.voxlog.testkit.VirtualClock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CapacityTest {
  private static final IngressConfig.Overload BOUNDS = IngressConfig.Overload.USUAL;
  private static final int MOST = IngressConfig.Limits.USUAL.streams();

  private final VirtualClock clock = new VirtualClock();
  private Map<StageName, StageWatch.Standing> standings = Map.of();
  private final Capacity capacity =
      new Capacity(IngressConfig.Limits.USUAL, () -> standings, clock);
  private int calls;

  private void stand(StageName stage, Duration lag, Duration engineWait) {
    standings =
        Map.of(
            stage,
            new StageWatch.Standing(lag, engineWait),
            StageName.LLM,
            new StageWatch.Standing(Duration.ZERO, Duration.ZERO));
  }

  private boolean admits() {
    return capacity.admits(new CallId("call-" + calls++), 0);
  }

  /// As the node does it, twice a second.
  private void pass(Duration time) {
    for (Duration gone = Duration.ZERO; gone.compareTo(time) < 0; gone = gone.plusMillis(500)) {
      clock.advance(Duration.ofMillis(500));
      capacity.look();
    }
  }

  @Test
  void nothingKnownOfTheStagesIsNoReasonToRefuse() {
    assertThat(admits()).isTrue();
  }

  @Test
  void callsAreRefusedWhileAStageReadsTooLate() {
    stand(StageName.STT, BOUNDS.stageLag().minusMillis(1), Duration.ZERO);
    assertThat(admits()).isTrue();
    stand(StageName.STT, BOUNDS.stageLag(), Duration.ZERO);
    assertThat(admits()).isFalse();
  }

  @Test
  void callsAreRefusedWhileAStagesEnginesAreTooBusy() {
    stand(StageName.TTS, Duration.ZERO, BOUNDS.engineWait());
    assertThat(admits()).isFalse();
  }

  @Test
  void callsAreTakenAgainOnceAllHasBeenWellForAWhile() {
    stand(StageName.STT, BOUNDS.stageLag(), Duration.ZERO);
    capacity.look();
    stand(StageName.STT, BOUNDS.stageLag().multipliedBy(3).dividedBy(4), Duration.ZERO);
    pass(Duration.ofMinutes(1));
    assertThat(admits()).as("still near the bound").isFalse();
    stand(StageName.STT, Duration.ZERO, Duration.ZERO);
    pass(Duration.ofSeconds(4));
    assertThat(admits()).as("well, but not for long").isFalse();
    pass(Duration.ofSeconds(2));
    assertThat(admits()).isTrue();
  }

  @Test
  void aRelapseBeginsTheWaitAnew() {
    stand(StageName.NLU, Duration.ZERO, BOUNDS.engineWait());
    capacity.look();
    stand(StageName.NLU, Duration.ZERO, Duration.ZERO);
    pass(Duration.ofSeconds(4));
    stand(StageName.NLU, Duration.ZERO, BOUNDS.engineWait().multipliedBy(2).dividedBy(3));
    pass(Duration.ofMillis(500));
    stand(StageName.NLU, Duration.ZERO, Duration.ZERO);
    pass(Duration.ofSeconds(4));
    assertThat(admits()).isFalse();
    pass(Duration.ofSeconds(2));
    assertThat(admits()).isTrue();
  }

  @Test
  void callsAreNotTakenAgainBecauseNothingIsKnownAnyMore() {
    stand(StageName.STT, BOUNDS.stageLag(), Duration.ZERO);
    capacity.look();
    standings = Map.of();
    pass(Duration.ofMinutes(1));
    assertThat(admits()).isFalse();
    stand(StageName.STT, Duration.ZERO, Duration.ZERO);
    pass(Duration.ofSeconds(6));
    assertThat(admits()).isTrue();
  }

  @Test
  void aFullNodeRefusesUntilAStreamIsGone() {
    CallId call = new CallId("one more");
    assertThat(capacity.admits(call, MOST)).isFalse();
    assertThat(capacity.admits(call, MOST - 1)).isTrue();
  }

  @Test
  void theStreamOfAnAdmittedCallIsWelcomeAndAnotherIsNot() {
    CallId admitted = new CallId("admitted");
    assertThat(capacity.admits(admitted, 0)).isTrue();
    stand(StageName.STT, BOUNDS.stageLag(), Duration.ZERO);
    assertThat(capacity.welcomes(admitted)).isTrue();
    assertThat(capacity.welcomes(new CallId("uninvited"))).isFalse();
    assertThat(capacity.welcomes(admitted)).as("once").isFalse();
  }

  @Test
  void anAdmittedCallThatNeverConnectsIsForgotten() {
    CallId late = new CallId("late");
    assertThat(capacity.admits(late, 0)).isTrue();
    pass(Duration.ofSeconds(61));
    assertThat(admits()).isTrue();
    stand(StageName.STT, BOUNDS.stageLag(), Duration.ZERO);
    assertThat(capacity.welcomes(late)).isFalse();
  }

  @Test
  void anAdmittedCallThatIsNotConnectedAfterAllIsNotWelcome() {
    CallId busy = new CallId("busy");
    assertThat(capacity.admits(busy, 0)).isTrue();
    capacity.forget(busy);
    stand(StageName.STT, BOUNDS.stageLag(), Duration.ZERO);
    assertThat(capacity.welcomes(busy)).isFalse();
  }
}
