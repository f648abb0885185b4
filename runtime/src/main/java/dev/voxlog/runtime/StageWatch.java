package dev.voxlog.runtime;

import dev.voxlog.schemas.StageName;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsResult;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How far every stage of the estate is, whichever processes run them, as the log itself tells:
/// once a second the ends of the topics are compared with what the stages' commits say they have
/// read.
///
/// Works on a thread of its own; [#standings] is safe from any.
public final class StageWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(StageWatch.class);
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final List<StageName> STAGES =
      List.of(StageName.STT, StageName.NLU, StageName.LLM, StageName.TTS, StageName.EGRESS);

  private final KafkaSettings settings;
  private final Admin admin;
  private final StageStandings standings = new StageStandings();
  private final ScheduledExecutorService eye =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("stage-watch").factory());
  private boolean isBlind;
  private volatile Map<StageName, Standing> latest = Map.of();

  /// A stage as others see it: `lag` is how long the oldest record waits that it has not read,
  /// `engineWait` how long its work waits for an engine; both of its worst partition.
  public record Standing(Duration lag, Duration engineWait) {}

  private StageWatch(KafkaSettings settings) {
    this.settings = settings;
    this.admin = Admin.create(settings.admin());
  }

  /// Begins to watch; returns at once.
  public static StageWatch open(KafkaSettings settings) {
    StageWatch watch = new StageWatch(settings);
    watch.eye.scheduleWithFixedDelay(watch::lookAgain, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    return watch;
  }

  /// The stages that have told how far they are. A stage that nothing is known of is not among
  /// them, and none is while the log cannot be asked.
  public Map<StageName, Standing> standings() {
    return latest;
  }

  private void lookAgain() {
    try {
      look();
      latest = Map.copyOf(standings.now(System.nanoTime()));
      isBlind = false;
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      latest = Map.of();
      if (!isBlind) {
        log.warn(
            "how far the stages are cannot be seen, so no call is refused for load that comes up "
                + "now; a node needs to describe and read the stages' groups and describe the "
                + "topics: {}",
            e.toString());
      }
      isBlind = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() throws InterruptedException, ExecutionException, TimeoutException {
    Set<TopicPartition> partitions = new HashSet<>();
    Map<String, ListConsumerGroupOffsetsSpec> groups =
        STAGES.stream()
            .collect(Collectors.toMap(this::group, _ -> new ListConsumerGroupOffsetsSpec()));
    ListConsumerGroupOffsetsResult commits = admin.listConsumerGroupOffsets(groups);
    for (StageName stage : STAGES) {
      Map<TopicPartition, ReadNote> notes = notes(commits, stage);
      standings.says(stage, notes, System.nanoTime());
      partitions.addAll(notes.keySet());
    }
    admin
        .listOffsets(
            partitions.stream()
                .collect(Collectors.toMap(Function.identity(), _ -> OffsetSpec.latest())))
        .all()
        .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .forEach((partition, end) -> standings.ends(partition, end.offset(), System.nanoTime()));
  }

  private String group(StageName stage) {
    return settings.group(stage.id());
  }

  /// A group that does not exist yet has committed nothing.
  private Map<TopicPartition, ReadNote> notes(
      ListConsumerGroupOffsetsResult result, StageName stage)
      throws InterruptedException, ExecutionException, TimeoutException {
    Map<TopicPartition, ReadNote> notes = new HashMap<>();
    try {
      result
          .partitionsToOffsetAndMetadata(group(stage))
          .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
          .forEach((partition, commit) -> {
            if (commit != null) {
              ReadNote.decode(commit.metadata()).ifPresent(note -> notes.put(partition, note));
            }
          });
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof GroupIdNotFoundException)) {
        throw e;
      }
    }
    return notes;
  }

  @Override
  public void close() {
    eye.shutdownNow();
    admin.close(Duration.ofSeconds(1));
  }
}
