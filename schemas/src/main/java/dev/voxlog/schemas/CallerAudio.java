package dev.voxlog.schemas;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What the caller's line carried, by media time; topic `audio.in`, written by ingress.
///
/// `attach` numbers the call's streams from 1 and fences: audio of a lower attach than the highest
/// seen is void. `sequence` counts the records of one attach from 0. `mediaMs` is the start of the
/// audio on the call's media clock.
public sealed interface CallerAudio extends VoxEvent {
  @Override
  CallId callId();

  int attach();

  long sequence();

  long mediaMs();

  @Override
  default StageName writer() {
    return StageName.INGRESS;
  }

  @Override
  default @Nullable String identity() {
    return null;
  }

  /// Audio as received.
  record Frame(
      CallId callId,
      Instant at,
      int attach,
      long sequence,
      long mediaMs,
      Codec codec,
      AudioBytes audio)
      implements CallerAudio {}

  /// Audio that is missing: `durationMs` of it, or an unknown length (after a reconnect) when null.
  record Gap(
      CallId callId,
      Instant at,
      int attach,
      long sequence,
      long mediaMs,
      @Nullable Long durationMs,
      String reason)
      implements CallerAudio {}

  /// The caller's program, which talks by pushing, says that the audio since the last of its kind,
  /// or since what was cleared, is an utterance.
  record Committed(CallId callId, Instant at, int attach, long sequence, long mediaMs)
      implements CallerAudio {}

  /// The audio that has not been committed is not to be heard.
  record Cleared(CallId callId, Instant at, int attach, long sequence, long mediaMs)
      implements CallerAudio {}

  /// The attach's last record.
  record End(CallId callId, Instant at, int attach, long sequence, long mediaMs)
      implements CallerAudio {}
}
