package dev.voxlog.runtime;

import dev.voxlog.benchmarks.MedianTime;
import java.util.concurrent.CountDownLatch;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/// From the poll thread into a call: the mailbox against other ways to keep a call's messages one
/// at a time and in order.
@State(Scope.Thread)
public class HandOffBenchmark extends MedianTime {
  private static final int CALLS = 100;
  private static final int MESSAGES = 50;

  /// About a hundred nanoseconds of a call's own work.
  private static final int WORK = 40;

  @Param({"mailbox", "threadPerCall", "threadPerMessage", "executorPerCall", "oneExecutor"})
  private String way = "";

  private HandOff calls = HandOff.of("mailbox", 0);
  private int next;

  /// How far a call is; plain, as a step's state is.
  private static final class Call {
    private int handled;
  }

  @Setup
  public void connect() {
    calls = HandOff.of(way, CALLS);
  }

  @TearDown
  public void hangUp() throws Exception {
    calls.close();
  }

  /// A second of 100 calls at once, as after a poll: 50 messages to each, all handled. The unit is
  /// one call's second.
  @Benchmark
  @OperationsPerInvocation(CALLS)
  public void burst() throws InterruptedException {
    CountDownLatch isDone = new CountDownLatch(CALLS);
    Call[] states = new Call[CALLS];
    for (int message = 0; message < MESSAGES; message++) {
      for (int i = 0; i < CALLS; i++) {
        Call call = message == 0 ? new Call() : states[i];
        states[i] = call;
        calls.post(
            i,
            () -> {
              Blackhole.consumeCPU(WORK);
              call.handled++;
              if (call.handled == MESSAGES) {
                isDone.countDown();
              }
            });
      }
    }
    isDone.await();
  }

  /// One message to a call that has nothing to do, until it is handled and whoever waits for that
  /// is awake. Waiting by spinning would hold a core that the call may need.
  @Benchmark
  public void single() throws InterruptedException {
    next = (next + 1) % CALLS;
    CountDownLatch isDone = new CountDownLatch(1);
    calls.post(next, isDone::countDown);
    isDone.await();
  }
}
