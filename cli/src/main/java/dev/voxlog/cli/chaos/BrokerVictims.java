package dev.voxlog.cli.chaos;

import dev.voxlog.cli.fleet.LocalGround;
import dev.voxlog.cli.fleet.Signals;
import dev.voxlog.cli.settings.Cluster;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/// The brokers of the ground, which starts those again that have ended.
record BrokerVictims(LocalGround ground, Cluster cluster, int count) implements Victims {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration EVERY = Duration.ofMillis(200);

  /// No replica may be behind: two deaths in a row of what holds a record are more than is
  /// promised.
  @Override
  public void awaitWhole() throws InterruptedException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    try (Admin admin = Admin.create(cluster.kafka().admin())) {
      while (!isInSync(admin)) {
        if (System.nanoTime() > until) {
          throw new IllegalStateException("the brokers do not get into step again");
        }
        Thread.sleep(EVERY);
      }
    }
  }

  private static boolean isInSync(Admin admin) throws InterruptedException {
    try {
      Set<String> topics = admin.listTopics().names().get();
      return admin.describeTopics(topics).allTopicNames().get().values().stream()
          .flatMap(topic -> topic.partitions().stream())
          .allMatch(partition -> partition.isr().size() == partition.replicas().size());
    } catch (ExecutionException | KafkaException e) {
      // Asked of one that is just dying: again.
      return false;
    }
  }

  @Override
  public void kill(int instance) throws InterruptedException {
    after(instance, ProcessHandle::destroyForcibly);
  }

  @Override
  public void term(int instance) throws InterruptedException {
    after(instance, ProcessHandle::destroy);
  }

  private void after(int instance, java.util.function.Consumer<ProcessHandle> end)
      throws InterruptedException {
    long before = ground.brokerPid(instance);
    end.accept(
        ProcessHandle.of(before)
            .orElseThrow(
                () -> new IllegalStateException("broker %d is not there".formatted(instance))));
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (ground.brokerPid(instance) == before) {
      if (System.nanoTime() > until) {
        throw new IllegalStateException("broker %d does not come back".formatted(instance));
      }
      Thread.sleep(EVERY);
    }
    awaitWhole();
  }

  @Override
  public void pause(int instance, Duration pause) throws InterruptedException {
    long pid = ground.brokerPid(instance);
    Signals.send("STOP", pid);
    Thread.sleep(pause);
    Signals.send("CONT", pid);
    awaitWhole();
  }
}
