package dev.voxlog.schemas;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One record of the log: something that happened in a call, or a bookkeeping mark of a stage.
public sealed interface VoxEvent
    permits CallerAudio, TranscriptEvent, Understanding, TurnEvent, AgentAudio, CallEvent {

  /// The call; absent only on owner markers, which concern a whole partition.
  @Nullable CallId callId();

  /// The writing step's clock. Instants of two machines are never subtracted for a decision.
  Instant at();

  /// The stage that writes this kind.
  StageName writer();

  /// What makes this record the same record when it is written again: unique within its call and
  /// topic. Null where repeats are recognised otherwise (caller audio by attach and sequence,
  /// bookkeeping not at all).
  @Nullable String identity();
}
