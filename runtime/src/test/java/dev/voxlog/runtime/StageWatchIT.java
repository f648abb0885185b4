package dev.voxlog.runtime;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.voxlog.runtime.StageWatch.Standing;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.StageName;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.Understanding.Understood;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What can be seen of a stage from outside, through the broker alone.
@Timeout(180)
class StageWatchIT {

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(60));
  }

  private static Standing nlu(StageWatch watch) {
    Standing standing = watch.standings().get(StageName.NLU);
    assertThat(standing).as("the stage has told how far it is").isNotNull();
    return requireNonNull(standing);
  }

  @Test
  void aStageThatIsAwayIsBehindUntilAnotherHasReadWhatItLeft() throws Exception {
    try (Estate estate = new Estate(SharedCluster.get(), "away");
        StageWatch watch = StageWatch.open(estate.kafka);
        StageHost host = estate.host()) {
      StageRunner first = host.start(new EchoStage());
      CallId call = estate.begin(0, "call");
      estate.write(TestCalls.words(call, 1));
      soon().untilAsserted(() -> assertThat(nlu(watch).lag()).isLessThan(Duration.ofSeconds(3)));
      first.close();
      estate.write(TestCalls.words(call, 2));
      soon().untilAsserted(() -> assertThat(nlu(watch).lag()).isGreaterThan(Duration.ofSeconds(3)));
      try (StageRunner _ = host.start(new EchoStage())) {
        soon().untilAsserted(() -> assertThat(nlu(watch).lag()).isZero());
        assertThat(estate.read(Topic.INTENTS, call, Understood.class)).hasSize(2);
      }
    }
  }

  @Test
  void anEngineThatKeepsWorkWaitingIsToldAndThenThatItDoesNot() throws Exception {
    CountDownLatch busy = new CountDownLatch(1);
    try (Estate estate = new Estate(SharedCluster.get(), "slow");
        StageWatch watch = StageWatch.open(estate.kafka)) {
      estate.run(new EchoStage(text -> EchoStage.after(busy, text)));
      for (String name : new String[] {"one", "two", "three"}) {
        estate.write(TestCalls.words(estate.begin(0, name), 1));
      }
      soon()
          .untilAsserted(
              () -> assertThat(nlu(watch).engineWait()).isGreaterThan(Duration.ofSeconds(2)));
      assertThat(nlu(watch).lag()).as("it reads all the same").isLessThan(Duration.ofSeconds(3));
      busy.countDown();
      soon().untilAsserted(() -> assertThat(nlu(watch).engineWait()).isZero());
    }
  }
}
