package dev.voxlog.llm;

import dev.voxlog.runtime.Effects;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.VoxEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// Effects that only remember what was emitted and reported; nothing is ever answered.
final class RecordingEffects implements Effects {
  final List<VoxEvent> emitted = new ArrayList<>();
  final List<String> errors = new ArrayList<>();

  @Override
  public Instant now() {
    return Instant.EPOCH;
  }

  @Override
  public void emit(VoxEvent event) {
    emitted.add(event);
  }

  @Override
  public void ask(String key, Urgency urgency, Duration within, Work<?> work) {}

  @Override
  public void await(String key, CompletionStage<?> answer) {}

  @Override
  public void await(String key, Duration within, CompletionStage<?> answer) {}

  @Override
  public void written(String key) {}

  @Override
  public void cancel(String key) {}

  @Override
  public void timer(String key, Duration after) {}

  @Override
  public void cancelTimer(String key) {}

  @Override
  public void safePoint(Topic topic, long offset) {}

  @Override
  public boolean leavesOut(String work) {
    return false;
  }

  @Override
  public long epoch() {
    return 1;
  }

  @Override
  public boolean isOwnershipConfirmed() {
    return true;
  }

  @Override
  public void error(String reason, String detail) {
    errors.add(reason + ": " + detail);
  }

  @Override
  public void end() {}
}
