package dev.voxlog.runtime;

import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.TopicCatalogue;
import dev.voxlog.schemas.VoxEvent;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.Consumer;
import org.jspecify.annotations.Nullable;

/// Real clients of a stage that stop as a killed or a paused process does: the poll thread stands
/// still in its next poll, and while `isKilled` nothing is written any more either. Paused ones go
/// on when woken.
final class SpoiltClients implements StageClients {
  private final StageClients real;
  private final Consumer<byte[], byte[]> consumer;
  final AtomicInteger failingPolls = new AtomicInteger();
  private volatile @Nullable CountDownLatch pause;
  private volatile boolean isKilled;

  SpoiltClients(StageClients real) {
    this.real = real;
    this.consumer =
        (Consumer<byte[], byte[]>)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Consumer.class},
                (_, method, arguments) -> {
                  if (method.getName().equals("poll")) {
                    beforePoll();
                  }
                  try {
                    return method.invoke(real.consumer(), arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
  }

  private void beforePoll() throws InterruptedException {
    CountDownLatch latch = pause;
    if (latch != null) {
      latch.await();
    }
    if (failingPolls.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new IllegalStateException("the poll fails for a test");
    }
  }

  /// As `kill -9`, but that the group notices by the poll interval.
  void kill() {
    isKilled = true;
    pause = new CountDownLatch(1);
  }

  void pause() {
    pause = new CountDownLatch(1);
  }

  void wake() {
    CountDownLatch latch = pause;
    pause = null;
    if (latch != null) {
      latch.countDown();
    }
  }

  @Override
  public Consumer<byte[], byte[]> consumer() {
    return consumer;
  }

  @Override
  public LogWriter writer() {
    LogWriter writer = real.writer();
    return new LogWriter() {
      @Override
      public CompletableFuture<Long> write(
          Topic topic, int partition, CallId call, VoxEvent event, Origin origin) {
        return isKilled
            ? new CompletableFuture<>()
            : writer.write(topic, partition, call, event, origin);
      }

      @Override
      public CompletableFuture<Long> mark(Topic topic, int partition, VoxEvent owner, long epoch) {
        return isKilled ? new CompletableFuture<>() : writer.mark(topic, partition, owner, epoch);
      }

      @Override
      public CompletableFuture<Void> deadLetter(DeadLetter letter) {
        return isKilled ? new CompletableFuture<>() : writer.deadLetter(letter);
      }

      @Override
      public void close() {
        writer.close();
      }
    };
  }

  @Override
  public OwnershipWatch ownership() {
    return real.ownership();
  }

  @Override
  public TopicCatalogue topics() {
    return real.topics();
  }

  @Override
  public Takeover takeover(StageContext context) {
    return real.takeover(context);
  }

  @Override
  public boolean isMisrouted(CallId call, int partition) {
    return real.isMisrouted(call, partition);
  }

  @Override
  public boolean isEager() {
    return real.isEager();
  }

  @Override
  public void close() {
    real.close();
  }
}
