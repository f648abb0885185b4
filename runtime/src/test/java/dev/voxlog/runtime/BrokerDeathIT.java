package dev.voxlog.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.voxlog.local.LocalStack;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.TopicCatalogue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Three brokers, each killed with -9 in turn while a stage's usual clients write and read.
@Timeout(240)
@Tag("long")
class BrokerDeathIT {
  private static final int BROKERS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  /// Well below what makes a producer give up; what a caller notices of it is another test's.
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(15);

  @TempDir private Path directory;

  @Test
  void whateverBrokerDiesNothingAcknowledgedIsLostAndEveryKeysOrderIsKept() throws Exception {
    LocalStack.Config config =
        new LocalStack.Config(directory, BROKERS, 0, 0, TopicCatalogue.standard());
    try (LocalStack stack = LocalStack.start(config, _ -> {})) {
      KafkaSettings kafka = KafkaSettings.local(stack.bootstrapServers());
      try (Admin admin = Admin.create(kafka.admin());
          SteadyTraffic traffic = SteadyTraffic.start(kafka, Topic.AUDIO_IN)) {
        for (int broker = 1; broker <= BROKERS; broker++) {
          traffic.awaitMore(PATIENCE);
          assertThat(partitions(admin))
              .as("partitions led by broker %d", broker)
              .anyMatch(leaderIs(broker));
          traffic.longestSilence();
          traffic.longestReadSilence();

          stack.broker(broker).kill();
          traffic.awaitMore(PATIENCE);
          assertThat(stack.broker(broker).isAlive()).isFalse();
          assertThat(traffic.longestSilence()).isLessThan(LONGEST_SILENCE);
          assertThat(traffic.longestReadSilence()).isLessThan(LONGEST_SILENCE);

          stack.broker(broker).startAgain();
          await()
              .atMost(PATIENCE)
              .ignoreExceptions()
              .untilAsserted(() ->
                  assertThat(partitions(admin)).allMatch(each -> each.isr().size() == BROKERS));
        }
        traffic.stopWriting();

        assertThat(traffic.refused()).isEmpty();
        traffic.assertAllWasRead(PATIENCE);
        traffic.assertLogHoldsEachKeyInOrder();
      }
    }
  }

  private static Predicate<TopicPartitionInfo> leaderIs(int broker) {
    return each -> each.leader() != null && each.leader().id() == broker;
  }

  private static List<TopicPartitionInfo> partitions(Admin admin) throws Exception {
    return admin
        .describeTopics(List.of(Topic.AUDIO_IN.id(), "__consumer_offsets"))
        .allTopicNames()
        .get()
        .values()
        .stream()
        .map(TopicDescription::partitions)
        .flatMap(List::stream)
        .toList();
  }
}
