package dev.voxlog.schemas;

import dev.voxlog.schemas.CallEvent.Started;
import java.util.Map;

/// STARTED as a flat record.
final class StartedKind {
  private final CallEventColumns c;

  StartedKind(CallEventColumns columns) {
    c = columns;
  }

  void fill(Started event, Row row) {
    c.kind.put(row, CallEventCodec.Kind.STARTED);
    c.carrier.put(row, event.carrier());
    c.carrierCallId.put(row, event.carrierCallId());
    c.direction.put(row, event.direction());
    c.fromAddress.put(row, event.from());
    c.toAddress.put(row, event.to());
    c.agent.put(row, event.agent());
    c.parameters.put(row, event.parameters());
    c.instructions.put(row, event.settings().instructions());
    c.voice.put(row, event.settings().voice());
    fill(event.settings().turnDetection(), row);
  }

  private void fill(TurnDetection turns, Row row) {
    c.speechThreshold.putIfSet(row, turns.speechThreshold());
    c.preRollMs.putIfSet(row, turns.preRollMs());
    c.minSilenceMs.putIfSet(row, turns.minSilenceMs());
    c.maxSilenceMs.putIfSet(row, turns.maxSilenceMs());
    c.isUninterruptible.put(row, turns.isUninterruptible());
    c.isAnsweredOnRequest.put(row, turns.isAnsweredOnRequest());
    c.isPushToTalk.put(row, turns.isPushToTalk());
  }

  Started build(CallId call, Row row) {
    return new Started(
        call,
        c.at.of(row),
        c.carrier.of(row),
        c.carrierCallId.of(row),
        c.direction.of(row),
        c.fromAddress.orNull(row),
        c.toAddress.orNull(row),
        c.agent.of(row),
        c.parameters.orElse(row, Map.of()),
        new CallSettings(c.instructions.orNull(row), c.voice.orNull(row), turns(row)));
  }

  private TurnDetection turns(Row row) {
    return new TurnDetection(
        c.speechThreshold.orNull(row),
        c.preRollMs.orNull(row),
        c.minSilenceMs.orNull(row),
        c.maxSilenceMs.orNull(row),
        c.isUninterruptible.orElse(row, false),
        c.isAnsweredOnRequest.orElse(row, false),
        c.isPushToTalk.orElse(row, false));
  }
}
