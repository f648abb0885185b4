package dev.voxlog.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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

  @Test
  void whatFailsKeepsNothingBehindItWaiting() {
    order.hold(() -> {
      throw new IllegalStateException("for a test");
    });
    hold("b");
    alarms.getFirst().run();
    assertThat(done).containsExactly("b");
    hold("c");
    assertThat(alarms).as("the next has an alarm of its own").hasSize(2);
  }

  @Test
  void onceClosedNothingWaits() {
    hold("a");
    order.close();
    hold("b");
    assertThat(done).containsExactly("a", "b");
    assertThat(alarms).hasSize(1);
  }

  @Test
  void whatEachThreadGivesGoesOnceAndInItsOrder() throws Exception {
    int threads = 4;
    int each = 2_000;
    Map<Integer, List<Integer>> seen = new HashMap<>();
    List<Callable<Void>> givers = new ArrayList<>();
    try (ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      HeldBack shared =
          new HeldBack(
              Duration.ofNanos(1),
              (delay, task) -> {
                var _ = timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
              });
      for (int thread = 0; thread < threads; thread++) {
        List<Integer> own = new ArrayList<>();
        seen.put(thread, own);
        givers.add(() -> {
          for (int number = 0; number < each; number++) {
            int one = number;
            if (number % 3 == 0) {
              shared.pass(() -> own.add(one));
            } else {
              shared.hold(() -> own.add(one));
            }
          }
          return null;
        });
      }
      for (Future<Void> giver : pool.invokeAll(givers)) {
        giver.get();
      }
      shared.close();
    }
    List<Integer> all = IntStream.range(0, each).boxed().toList();
    assertThat(seen.values()).hasSize(threads).allSatisfy(own -> assertThat(own).isEqualTo(all));
  }
}
