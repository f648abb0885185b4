package dev.voxlog.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class MailboxTest {
  static List<Long> seeds() {
    return Seeds.all();
  }

  @Test
  void aMessagePostedWhileOneIsHandledComesAfterIt() {
    Mailbox mailbox = new Mailbox(Runnable::run);
    List<String> handled = new ArrayList<>();
    mailbox.post(() -> {
      mailbox.post(() -> handled.add("second"));
      handled.add("first");
    });
    assertThat(handled).containsExactly("first", "second");
    assertThat(mailbox.depth()).isZero();
  }

  @Test
  void aMessageThatBreaksDoesNotSilenceTheCall() {
    Mailbox mailbox = new Mailbox(Runnable::run);
    List<String> handled = new ArrayList<>();
    mailbox.post(() -> {
      throw new AssertionError("on purpose");
    });
    mailbox.post(() -> handled.add("next"));
    assertThat(handled).containsExactly("next");
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everyMessageIsHandledOnceInItsPostersOrderAndNeverTwoAtOnce(long seed) throws Exception {
    Random random = new Random(seed);
    int posters = 1 + random.nextInt(4);
    int each = 1 + random.nextInt(200);
    List<List<Integer>> handled = new ArrayList<>();
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger overlaps = new AtomicInteger();
    CountDownLatch all = new CountDownLatch(posters * each);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Mailbox mailbox = new Mailbox(threads);
      for (int poster = 0; poster < posters; poster++) {
        List<Integer> mine = new ArrayList<>();
        handled.add(mine);
        threads.execute(() -> {
          for (int n = 0; n < each; n++) {
            int number = n;
            mailbox.post(() -> {
              if (inside.incrementAndGet() != 1) {
                overlaps.incrementAndGet();
              }
              mine.add(number);
              inside.decrementAndGet();
              all.countDown();
            });
          }
        });
      }
      assertThat(all.await(20, TimeUnit.SECONDS)).as("no wake-up is lost").isTrue();
    }
    assertThat(overlaps).hasValue(0);
    for (List<Integer> mine : handled) {
      assertThat(mine).hasSize(each).isSorted();
    }
  }
}
