package dev.voxlog.analytics;

import dev.voxlog.schemas.AgentAudio;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.StageName;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.TranscriptEvent;
import dev.voxlog.schemas.TurnEvent;
import dev.voxlog.schemas.Understanding;
import dev.voxlog.schemas.VoxEvent;
import java.util.HashMap;
import java.util.Map;

/// Tells void records of one partition: those that a stage's former owner wrote after its
/// successor's marker.
///
/// Shown every record of the partition in log order per topic. Confined to one thread.
public final class Fence {
  private final Map<Writer, Long> epochs = new HashMap<>();

  private record Writer(Topic topic, StageName stage) {}

  /// Whether the record counts. Markers themselves carry no call and never count.
  public boolean admits(VoxEvent event, long offset, long epoch) {
    Long marked =
        switch (event) {
          case CallEvent.Owner _ -> Long.valueOf(offset);
          case TranscriptEvent.Owner owner -> Long.valueOf(owner.epoch());
          case Understanding.Owner owner -> Long.valueOf(owner.epoch());
          case TurnEvent.Owner owner -> Long.valueOf(owner.epoch());
          case AgentAudio.Owner owner -> Long.valueOf(owner.epoch());
          default -> null;
        };
    if (event.writer() == StageName.INGRESS) {
      return true;
    }
    Writer writer = new Writer(Topic.of(event), event.writer());
    long highest = epochs.merge(writer, marked == null ? epoch : marked, Math::max);
    return marked == null && epoch >= highest;
  }
}
