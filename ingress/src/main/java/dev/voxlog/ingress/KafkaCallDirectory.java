package dev.voxlog.ingress;

import dev.voxlog.runtime.KafkaSettings;
import dev.voxlog.runtime.LogCodec;
import dev.voxlog.runtime.StageHost;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.Topic;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows the topic `calls` of every partition. Safe from any thread: the map is guarded by its
/// own lock, waiting requests are answered by the following thread.
final class KafkaCallDirectory implements CallDirectory {
  private static final Logger log = LoggerFactory.getLogger(KafkaCallDirectory.class);
  private static final int MOST_CALLS = 50_000;
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Map<CallId, KnownCall> calls = new LinkedHashMap<>(1024, 0.75f, true);
  private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
  private final KafkaSettings settings;
  private final LogCodec codec;
  private final Admin admin;
  private final CallsTail tail;

  /// Somebody waits until the call's state fits and the partition has been read up to `offset`.
  private record Waiting(
      CallId call,
      int partition,
      long offset,
      Predicate<KnownCall> fits,
      CompletableFuture<KnownCall> answer) {}

  private KafkaCallDirectory(KafkaSettings settings, LogCodec codec) {
    this.settings = settings;
    this.codec = codec;
    admin = Admin.create(settings.admin());
    tail =
        new CallsTail(
            () -> new KafkaConsumer<>(settings.reader()),
            settings.topic(Topic.CALLS),
            codec,
            this::note,
            this::answer);
  }

  /// Waits until the last hour's calls have been read.
  static KafkaCallDirectory open(KafkaSettings settings, LogCodec codec) {
    KafkaCallDirectory directory = new KafkaCallDirectory(settings, codec);
    try {
      directory.tail.start();
      return directory;
    } catch (RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  @Override
  public void note(CallId call, CallEvent event) {
    synchronized (calls) {
      KnownCall before = calls.getOrDefault(call, KnownCall.UNKNOWN);
      KnownCall after = before.after(event);
      if (!after.equals(before)) {
        calls.put(call, after);
      }
      if (calls.size() > MOST_CALLS) {
        calls.remove(calls.keySet().iterator().next());
      }
    }
  }

  @Override
  public void unwritten(CallId call, CallEvent event) {
    synchronized (calls) {
      calls.computeIfPresent(call, (_, known) -> known.without(event));
    }
  }

  @Override
  public KnownCall known(CallId call) {
    synchronized (calls) {
      return calls.getOrDefault(call, KnownCall.UNKNOWN);
    }
  }

  @Override
  public CompletableFuture<KnownCall> now(CallId call) {
    return upToDate(call, _ -> true, PATIENCE);
  }

  @Override
  public CompletableFuture<KnownCall> decided(CallId call, Duration patience) {
    return upToDate(call, KnownCall::isDecided, patience);
  }

  private CompletableFuture<KnownCall> upToDate(
      CallId call, Predicate<KnownCall> fits, Duration patience) {
    int partition = partition(call);
    TopicPartition of = new TopicPartition(settings.topic(Topic.CALLS), partition);
    // A future of the client's own refuses to be timed out, and so does everything derived from it.
    return CompletableFuture.completedFuture(of)
        .thenCompose(_ ->
            admin
                .listOffsets(Map.of(of, OffsetSpec.latest()))
                .partitionResult(of)
                .toCompletionStage())
        .thenCompose(latest ->
            until(new Waiting(call, partition, latest.offset(), fits, new CompletableFuture<>())))
        .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionally(failure -> {
          log.debug("the state of {} is what was known: {}", call, failure.toString());
          return known(call);
        });
  }

  private CompletableFuture<KnownCall> until(Waiting wanted) {
    waiting.add(wanted);
    answer();
    return wanted.answer();
  }

  private void answer() {
    waiting.removeIf(wanted -> {
      if (wanted.answer().isDone()) {
        return true;
      }
      KnownCall known = known(wanted.call());
      boolean isMet =
          tail.position(wanted.partition()) >= wanted.offset() && wanted.fits().test(known);
      return isMet && wanted.answer().complete(known);
    });
  }

  private int partition(CallId call) {
    return StageHost.partitionOf(call, tail.partitions());
  }

  @Override
  public CompletableFuture<Long> recordedEndMs(CallId call, KnownCall known) {
    if (known.detached() != null) {
      return CompletableFuture.completedFuture(known.detached().mediaMs());
    }
    CompletableFuture<Long> end = new CompletableFuture<>();
    TopicPartition audio = new TopicPartition(settings.topic(Topic.AUDIO_IN), partition(call));
    RecordedAudio recorded =
        new RecordedAudio(() -> new KafkaConsumer<>(settings.reader()), codec, () -> !end.isDone());
    Thread.ofVirtual()
        .name("audio-end-" + call)
        .start(() -> end.complete(recorded.endMs(call, audio)));
    return end.orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionally(failure -> {
          log.warn("the end of {}'s audio was not found: {}", call, failure.toString());
          return known.baseMs();
        })
        .thenApply(found -> Math.max(found, known.baseMs()));
  }

  @Override
  public boolean isLive() {
    return tail.isAlive();
  }

  @Override
  public boolean isHealthy() {
    return tail.isFollowing();
  }

  @Override
  public void close() {
    tail.close();
    admin.close(Duration.ofSeconds(1));
  }
}
