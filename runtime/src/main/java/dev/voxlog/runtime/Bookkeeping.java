package dev.voxlog.runtime;

import dev.voxlog.schemas.AgentAudio;
import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.TranscriptEvent;
import dev.voxlog.schemas.TurnEvent;
import dev.voxlog.schemas.Understanding;
import dev.voxlog.schemas.VoxEvent;
import java.time.Instant;
import java.util.OptionalLong;

/// The records that stages write for themselves: owner markers and checkpoints.
final class Bookkeeping {
  private Bookkeeping() {}

  static VoxEvent checkpoint(Stage stage, CallId call, Instant at, AudioBytes state) {
    return switch (stage.checkpointTopic()) {
      case TRANSCRIPTS -> new TranscriptEvent.Checkpoint(call, at, state);
      case INTENTS -> new Understanding.Checkpoint(call, at, state);
      case SENTENCES -> new TurnEvent.Checkpoint(call, at, state);
      case AUDIO_OUT -> new AgentAudio.Checkpoint(call, at, state);
      case CALLS -> new CallEvent.Checkpoint(call, at, stage.name(), state);
      case AUDIO_IN -> throw new IllegalStateException("no stage writes checkpoints to audio.in");
    };
  }

  /// The marker of an epoch in an output other than `calls`.
  static VoxEvent owner(Topic topic, Instant at, long epoch) {
    return switch (topic) {
      case TRANSCRIPTS -> new TranscriptEvent.Owner(at, epoch);
      case INTENTS -> new Understanding.Owner(at, epoch);
      case SENTENCES -> new TurnEvent.Owner(at, epoch);
      case AUDIO_OUT -> new AgentAudio.Owner(at, epoch);
      case CALLS, AUDIO_IN ->
          throw new IllegalStateException("no owner marker of this kind in " + topic.id());
    };
  }

  /// The epoch that an owner marker at `offset` begins; empty for all other records.
  static OptionalLong ownerEpoch(VoxEvent event, long offset) {
    return switch (event) {
      case CallEvent.Owner _ -> OptionalLong.of(offset);
      case TranscriptEvent.Owner owner -> OptionalLong.of(owner.epoch());
      case Understanding.Owner owner -> OptionalLong.of(owner.epoch());
      case TurnEvent.Owner owner -> OptionalLong.of(owner.epoch());
      case AgentAudio.Owner owner -> OptionalLong.of(owner.epoch());
      default -> OptionalLong.empty();
    };
  }
}
