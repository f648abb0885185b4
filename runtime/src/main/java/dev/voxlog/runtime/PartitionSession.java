package dev.voxlog.runtime;

import dev.voxlog.schemas.AgentAudio;
import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.StageName;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.TranscriptEvent;
import dev.voxlog.schemas.TurnEvent;
import dev.voxlog.schemas.Understanding;
import dev.voxlog.schemas.VoxEvent;
import dev.voxlog.schemas.WireHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// One partition while this process owns it: its epoch, its fences, its live calls and how far it may commit.
///
/// Threads: [#dispatch], [#commitBounds] and [#close] belong to the poll thread, so `fences` and `readTo` need no guard.
/// The write methods are called from mailboxes; `ownEnd` and `actors` are concurrent.
final class PartitionSession {
  private static final Duration FORGET_AFTER = Duration.ofMinutes(30);
  private static final int REMEMBERED_ENDS = 4096;

  private final int partition;
  private final long epoch;
  private final StageContext context;
  private final Fences fences = new Fences();
  private final Map<CallId, CallActor> actors = new ConcurrentHashMap<>();
  private final Map<CallId, Restoration> restorable;
  private final Set<CallId> ended = new LinkedHashSet<>();
  private final Map<Topic, Long> readTo = new EnumMap<>(Topic.class);
  private final Map<Topic, AtomicLong> ownEnd = new EnumMap<>(Topic.class);
  private volatile boolean isClosed;

  PartitionSession(int partition, Takeover.Result taken, StageContext context) {
    this.partition = partition;
    this.epoch = taken.epoch();
    this.context = context;
    this.restorable = taken.calls();
    this.fences.raiseAll(taken.fences());
    context.stage().outputs().forEach(t -> ownEnd.put(t, new AtomicLong(-1)));
    taken.markers().forEach((topic, offset) -> ownEnd.put(topic, new AtomicLong(offset + 1)));
    ended.addAll(taken.ended());
    for (CallId call : Set.copyOf(restorable.keySet())) {
      CallActor actor = actor(call);
      taken.tails().forEach(actor.safePoints::startTail);
      actor.revive();
    }
  }

  // Poll thread.

  /// Hands a record to its call, unless it is void, bookkeeping, or of a call that is over.
  void dispatch(CallActor.Arrival arrival) {
    readTo.put(arrival.topic(), arrival.offset() + 1);
    VoxEvent event = arrival.event();
    if (ownerEpoch(arrival) instanceof Long marker) {
      fences.raise(arrival.topic(), event.writer(), marker);
      if (event.writer() == context.stage().name() && marker > epoch) {
        isClosed = true;
      }
      return;
    }
    boolean isFenced = event.writer() != StageName.INGRESS;
    if (isFenced && !fences.admits(arrival.topic(), event.writer(), arrival.epoch())) {
      context.telemetry().voided(arrival.topic());
      return;
    }
    CallId call = event.callId();
    if (call != null && !isBookkeeping(event) && !ended.contains(call)) {
      actor(call).receive(arrival);
    }
  }

  /// A record that carries nothing for a step: read past it.
  void skip(Topic topic, long offset) {
    readTo.put(topic, offset + 1);
  }

  private static @Nullable Long ownerEpoch(CallActor.Arrival arrival) {
    return switch (arrival.event()) {
      case CallEvent.Owner _ -> (Long) arrival.offset();
      case TranscriptEvent.Owner o -> (Long) o.epoch();
      case Understanding.Owner o -> (Long) o.epoch();
      case TurnEvent.Owner o -> (Long) o.epoch();
      case AgentAudio.Owner o -> (Long) o.epoch();
      default -> null;
    };
  }

  private static boolean isBookkeeping(VoxEvent event) {
    return switch (event) {
      case CallEvent.Checkpoint _ -> true;
      case TranscriptEvent.Checkpoint _ -> true;
      case Understanding.Checkpoint _ -> true;
      case TurnEvent.Checkpoint _ -> true;
      case AgentAudio.Checkpoint _ -> true;
      default -> false;
    };
  }

  private CallActor actor(CallId call) {
    return actors.computeIfAbsent(
        call,
        id -> {
          Restoration restoration = restorable.remove(id);
          CallActor actor =
              new CallActor(
                  id, this, restoration == null ? Restoration.none(context.codec()) : restoration);
          ownEnd.forEach((topic, end) -> actor.safePoints.startTail(topic, Math.max(0, end.get())));
          context.telemetry().active(1);
          return actor;
        });
  }

  /// A message from the stage's own sockets; dropped when the call is not at home here.
  boolean external(CallId call, Object message) {
    CallActor actor = actors.get(call);
    if (actor != null) {
      actor.external(message);
    }
    return actor != null;
  }

  /// The offset to commit for each input read so far: nothing a live call still needs is passed over.
  Map<Topic, Long> commitBounds() {
    forgetFinished();
    Map<Topic, Long> bounds = new EnumMap<>(Topic.class);
    readTo.forEach(
        (topic, next) -> {
          long bound = next;
          for (CallActor actor : actors.values()) {
            bound = actor.safePoints.neededFrom(topic, bound);
          }
          bounds.put(topic, bound);
        });
    return bounds;
  }

  CommitNote commitNote() {
    Map<Topic, Long> tails = new EnumMap<>(Topic.class);
    ownEnd.forEach(
        (topic, end) -> {
          long tail = end.get();
          for (CallActor actor : actors.values()) {
            tail = actor.safePoints.tailFrom(topic, tail);
          }
          if (tail >= 0) {
            tails.put(topic, tail);
          }
        });
    return new CommitNote(fences, tails);
  }

  private void forgetFinished() {
    actors.forEach(
        (call, actor) -> {
          boolean isForgotten = actor.isIdleFor(FORGET_AFTER);
          if (actor.isFinished() || isForgotten) {
            actors.remove(call);
            ended.add(call);
            context.telemetry().active(-1);
          }
        });
    while (ended.size() > REMEMBERED_ENDS) {
      ended.remove(ended.iterator().next());
    }
  }

  int liveCalls() {
    return actors.size();
  }

  void close() {
    isClosed = true;
    context.telemetry().active(-actors.size());
  }

  // Mailboxes.

  void write(
      CallActor actor, CallId call, VoxEvent event, CallActor.@Nullable Arrival cause, long @Nullable [] seen) {
    if (isClosed) {
      return;
    }
    Topic topic = Topic.of(event);
    long ticket = actor.safePoints.sent();
    context
        .writer()
        .write(topic, partition, call, event, origin(cause, seen))
        .whenComplete(
            (offset, failure) -> {
              if (failure == null) {
                advance(topic, offset + 1);
                actor.safePoints.acknowledged(ticket);
              } else {
                // The ticket stays open: the safe point stands still and the inputs are read again after a restart.
                context.telemetry().error(context.stage().name(), "record not written");
              }
            });
  }

  private LogWriter.Origin origin(CallActor.@Nullable Arrival cause, long @Nullable [] seen) {
    Map<Topic, Long> others = new EnumMap<>(Topic.class);
    for (Topic topic : stage().inputs()) {
      if (seen != null && seen[topic.ordinal()] >= 0 && (cause == null || cause.topic() != topic)) {
        others.put(topic, seen[topic.ordinal()]);
      }
    }
    return new LogWriter.Origin(
        epoch,
        cause == null ? null : new WireHeaders.Cause(cause.topic(), partition, cause.offset()),
        others,
        null);
  }

  void writeCheckpoint(CallActor actor, CallId call, Topic topic, AudioBytes state) {
    Instant at = clock().now();
    VoxEvent checkpoint =
        switch (topic) {
          case TRANSCRIPTS -> new TranscriptEvent.Checkpoint(call, at, state);
          case INTENTS -> new Understanding.Checkpoint(call, at, state);
          case SENTENCES -> new TurnEvent.Checkpoint(call, at, state);
          case AUDIO_OUT -> new AgentAudio.Checkpoint(call, at, state);
          case CALLS -> new CallEvent.Checkpoint(call, at, stage().name(), state);
          case AUDIO_IN -> throw new IllegalStateException("no stage writes checkpoints to audio.in");
        };
    write(actor, call, checkpoint, null, null);
  }

  /// Where each output topic's own records end as far as acknowledged, by topic ordinal, −1 where unknown.
  long[] ownEnds() {
    long[] ends = new long[Topic.values().length];
    Arrays.fill(ends, -1);
    ownEnd.forEach((output, end) -> ends[output.ordinal()] = end.get());
    return ends;
  }

  private void advance(Topic topic, long end) {
    AtomicLong known = ownEnd.get(topic);
    if (known != null) {
      known.accumulateAndGet(end, Math::max);
    }
  }

  void deadLetter(CallId call, CallActor.Arrival arrival, String reason) {
    context
        .writer()
        .deadLetter(
            new LogWriter.DeadLetter(
                new WireHeaders.Cause(arrival.topic(), partition, arrival.offset()),
                call,
                call.value().getBytes(java.nio.charset.StandardCharsets.UTF_8),
                arrival.raw(),
                reason,
                ""));
    context.telemetry().deadLetter(stage().name(), reason);
  }

  // What an actor asks of its surroundings.

  Stage stage() {
    return context.stage();
  }

  VoxClock clock() {
    return context.clock();
  }

  EnginePool engines() {
    return context.engines();
  }

  AgentBundles agents() {
    return context.agents();
  }

  Telemetry telemetry() {
    return context.telemetry();
  }

  Executor executor() {
    return context.mailboxes();
  }

  boolean isOwnershipConfirmed() {
    return !isClosed && context.ownership().isConfirmed();
  }

  long epoch() {
    return epoch;
  }

  boolean isClosed() {
    return isClosed;
  }
}
