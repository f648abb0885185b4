package dev.voxlog.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeldBackTest {
  private final List<Runnable> alarms = new ArrayList<>();
  private final List<Duration> delays = new ArrayList<>();
  private final List<String> done = new ArrayList<>();
  private final HeldBack order =
      new HeldBack(
          Duration.ofMillis(30),
          (delay, task) -> {
            delays.add(delay);
            alarms.add(task);
          });

  private void hold(String name) {
    order.hold(() -> done.add(name));
  }

  @Test
  void whatCanWaitGoesTogetherOneAlarmForAll() {
    hold("a");
    hold("b");
    assertThat(done).isEmpty();
    assertThat(delays).containsExactly(Duration.ofMillis(30));
    alarms.getFirst().run();
    assertThat(done).containsExactly("a", "b");
    hold("c");
    assertThat(alarms).hasSize(2);
  }

  @Test
  void whatCannotWaitGoesAtOnceAndOvertakesNothing() {
    hold("a");
    order.pass(() -> done.add("now"));
    assertThat(done).containsExactly("a", "now");
    alarms.getFirst().run();
    assertThat(done).as("nothing goes twice").hasSize(2);
  }
}
