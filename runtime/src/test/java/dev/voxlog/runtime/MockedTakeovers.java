package dev.voxlog.runtime;

import dev.voxlog.schemas.Topic;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.errors.InterruptException;

/// Takeovers that find nothing, and can be held back or made to fail.
final class MockedTakeovers {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final AtomicInteger taken = new AtomicInteger();
  private final AtomicInteger failing = new AtomicInteger();
  private volatile CountDownLatch held = new CountDownLatch(0);
  private volatile CountDownLatch ends = new CountDownLatch(0);

  void hold() {
    held = new CountDownLatch(1);
  }

  /// They hand over what they took, and do not come to their end: as a consumer that closes while
  /// the broker keeps a fetch of it waiting.
  void holdEnds() {
    ends = new CountDownLatch(1);
  }

  void release() {
    held.countDown();
    ends.countDown();
  }

  void fail(int times) {
    failing.set(times);
  }

  int taken() {
    return taken.get();
  }

  Takeover begin() {
    return new Takeover() {
      @Override
      public Map<Integer, Result> take(Collection<Integer> partitions) throws InterruptedException {
        held.await(SOON.toSeconds(), TimeUnit.SECONDS);
        if (failing.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
          throw new IllegalStateException("the takeover fails for a test");
        }
        long epoch = taken.incrementAndGet();
        Map<Integer, Result> results = new HashMap<>();
        partitions.forEach(partition -> results.put(partition, nothing(epoch)));
        return results;
      }

      @Override
      public void close() {
        try {
          ends.await(SOON.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
          throw new InterruptException(e);
        }
      }
    };
  }

  private static Takeover.Result nothing(long epoch) {
    Map<Topic, Long> markers = Map.of(Topic.CALLS, 0L, Topic.INTENTS, 0L);
    return new Takeover.Result(
        epoch,
        CommitNote.none(),
        new Fences(),
        markers,
        markers,
        new HashMap<>(),
        Set.of(),
        Map.of());
  }
}
