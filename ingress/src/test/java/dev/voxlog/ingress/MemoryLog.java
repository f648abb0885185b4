package dev.voxlog.ingress;

import dev.voxlog.runtime.StageWatch;
import dev.voxlog.runtime.VoxClock;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.CallerAudio;
import dev.voxlog.schemas.StageName;
import dev.voxlog.schemas.VoxEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A log in memory, written and known at once; it can be told to refuse, to lose some records, and
/// to answer late.
final class MemoryLog implements RecordWriter, CallDirectory {
  final List<VoxEvent> records = new CopyOnWriteArrayList<>();
  volatile boolean isRefusing;
  volatile boolean isFollowed = true;
  volatile Duration silence = Duration.ZERO;
  volatile Predicate<VoxEvent> loses = _ -> false;

  /// Of the rest, written all the same, nothing is remembered.
  volatile Predicate<VoxEvent> keeps = _ -> true;

  /// How far the stages are said to be.
  volatile Map<StageName, StageWatch.Standing> standings = Map.of();

  /// Losses are told here instead of at once.
  volatile @Nullable List<Runnable> later;

  /// What is written is acknowledged here instead of at once.
  volatile @Nullable List<Runnable> acknowledgements;

  volatile CompletableFuture<Boolean> gate = CompletableFuture.completedFuture(true);
  final Queue<CallId> searchedFor = new ConcurrentLinkedQueue<>();
  private final Map<CallId, KnownCall> calls = new ConcurrentHashMap<>();

  Node.Log asLog() {
    return asLog(VoxClock.system());
  }

  Node.Log asLog(VoxClock clock) {
    return new Node.Log(this, this, () -> standings, clock);
  }

  @Override
  public void write(VoxEvent event, int attach, Outcome outcome) {
    boolean isWritten = !isRefusing && !loses.test(event);
    if (isWritten && keeps.test(event)) {
      records.add(event);
    }
    List<Runnable> waiting = isWritten ? acknowledgements : later;
    if (waiting == null) {
      outcome.known(isWritten);
    } else {
      waiting.add(() -> outcome.known(isWritten));
    }
  }

  /// As if nothing had ever been written.
  void forgetAll() {
    records.clear();
    calls.clear();
  }

  /// What another stage wrote.
  void append(CallEvent event) {
    records.add(event);
    note(Objects.requireNonNull(event.callId()), event);
  }

  List<CallEvent> facts(CallId call) {
    return of(call).stream()
        .filter(CallEvent.class::isInstance)
        .map(CallEvent.class::cast)
        .toList();
  }

  List<CallerAudio> audio(CallId call) {
    return of(call).stream()
        .filter(CallerAudio.class::isInstance)
        .map(CallerAudio.class::cast)
        .toList();
  }

  <E extends VoxEvent> List<E> of(CallId call, Class<E> type) {
    return of(call).stream().filter(type::isInstance).map(type::cast).toList();
  }

  private List<VoxEvent> of(CallId call) {
    return records.stream().filter(record -> call.equals(record.callId())).toList();
  }

  @Override
  public KnownCall known(CallId call) {
    return calls.getOrDefault(call, KnownCall.UNKNOWN);
  }

  @Override
  public CompletableFuture<KnownCall> now(CallId call) {
    return gate.thenApply(_ -> known(call));
  }

  @Override
  public CompletableFuture<KnownCall> decided(CallId call, Duration patience) {
    return now(call);
  }

  @Override
  public CompletableFuture<Long> recordedEndMs(CallId call, KnownCall known) {
    searchedFor.add(call);
    return CompletableFuture.completedFuture(
        known.detached() == null ? 4_000L : known.detached().mediaMs());
  }

  @Override
  public void note(CallId call, CallEvent event) {
    calls.merge(call, KnownCall.UNKNOWN.after(event), (known, _) -> known.after(event));
  }

  @Override
  public void unwritten(CallId call, CallEvent event) {
    calls.computeIfPresent(call, (_, known) -> known.without(event));
  }

  @Override
  public boolean isLive() {
    return isFollowed;
  }

  @Override
  public Duration silence() {
    return silence;
  }

  @Override
  public boolean isHealthy() {
    return !isRefusing;
  }

  @Override
  public void close() {}
}
