package dev.voxlog.schemas;

import dev.voxlog.schemas.CallEvent.Asked;
import dev.voxlog.schemas.CallEvent.Attached;
import dev.voxlog.schemas.CallEvent.Cancel;
import dev.voxlog.schemas.CallEvent.Cancelled;
import dev.voxlog.schemas.CallEvent.Checkpoint;
import dev.voxlog.schemas.CallEvent.Detached;
import dev.voxlog.schemas.CallEvent.Dtmf;
import dev.voxlog.schemas.CallEvent.Ended;
import dev.voxlog.schemas.CallEvent.FromEgress;
import dev.voxlog.schemas.CallEvent.FromIngress;
import dev.voxlog.schemas.CallEvent.FromLlm;
import dev.voxlog.schemas.CallEvent.Heard;
import dev.voxlog.schemas.CallEvent.Mark;
import dev.voxlog.schemas.CallEvent.Owner;
import dev.voxlog.schemas.CallEvent.Playing;
import dev.voxlog.schemas.CallEvent.Silence;
import dev.voxlog.schemas.CallEvent.Started;
import dev.voxlog.schemas.CallEvent.Typed;
import dev.voxlog.schemas.CallEvent.Verdict;

/// [CallEvent] as flat records.
final class CallEventCodec extends TopicCodec<CallEvent> {
  enum Kind {
    UNKNOWN,
    STARTED,
    ATTACHED,
    DETACHED,
    DTMF,
    MARK,
    VERDICT,
    HEARD,
    SILENCE,
    PLAYING,
    ENDED,
    EXPECTS,
    TOOL_REQUESTED,
    TOOL_DONE,
    TRANSFER,
    CONSENT,
    ERROR,
    CHECKPOINT,
    OWNER,
    DECIDED,
    TYPED,
    CANCEL,
    CANCELLED,
    ASKED
  }

  private final CallEventColumns c;
  private final StartedKind started;
  private final LlmKinds llm;

  CallEventCodec() {
    this(new CallEventColumns());
  }

  private CallEventCodec(CallEventColumns columns) {
    c = columns;
    started = new StartedKind(columns);
    llm = new LlmKinds(columns);
    super(CallEvent.class, columns.all);
  }

  @Override
  void fill(CallEvent event, Row row) {
    if (event.callId() != null) {
      c.callId.put(row, event.callId().value());
    }
    c.at.put(row, event.at());
    switch (event) {
      case FromIngress e -> fillIngress(e, row);
      case FromEgress e -> fillEgress(e, row);
      case FromLlm e -> llm.fill(e, row);
      case CallEvent.Error e -> {
        c.kind.put(row, Kind.ERROR);
        c.writer.put(row, e.writer());
        c.n.put(row, e.n());
        c.reason.put(row, e.reason());
        c.detail.put(row, e.detail());
      }
      case Checkpoint e -> {
        c.kind.put(row, Kind.CHECKPOINT);
        c.writer.put(row, e.writer());
        c.state.put(row, e.state());
      }
      case Owner e -> {
        c.kind.put(row, Kind.OWNER);
        c.writer.put(row, e.writer());
      }
    }
  }

  private void fillIngress(FromIngress event, Row row) {
    switch (event) {
      case Started e -> started.fill(e, row);
      case Attached e -> {
        c.kind.put(row, Kind.ATTACHED);
        c.attach.put(row, e.attach());
        c.streamId.put(row, e.streamId());
        c.codec.put(row, e.codec());
        c.mediaPort.put(row, e.mediaPort());
        c.baseMs.put(row, e.baseMs());
        c.takesEvents.put(row, e.takesEvents());
      }
      case Detached e -> {
        c.kind.put(row, Kind.DETACHED);
        c.attach.put(row, e.attach());
        c.isHangUp.put(row, e.isHangUp());
        c.reason.put(row, e.reason());
        c.mediaMs.put(row, e.mediaMs());
      }
      case Dtmf e -> {
        c.kind.put(row, Kind.DTMF);
        c.attach.put(row, e.attach());
        c.n.put(row, e.n());
        c.digit.put(row, e.digit());
        c.mediaMs.put(row, e.mediaMs());
      }
      case Mark e -> {
        c.kind.put(row, Kind.MARK);
        c.attach.put(row, e.attach());
        c.n.put(row, e.n());
        c.markName.put(row, e.name());
        c.mediaMs.put(row, e.mediaMs());
      }
      case Typed e -> {
        c.kind.put(row, Kind.TYPED);
        c.attach.put(row, e.attach());
        c.n.put(row, e.n());
        c.text.put(row, e.text());
        c.mediaMs.put(row, e.mediaMs());
      }
      case Cancel e -> {
        c.kind.put(row, Kind.CANCEL);
        c.attach.put(row, e.attach());
        c.n.put(row, e.n());
        c.mediaMs.put(row, e.mediaMs());
      }
      case Asked e -> {
        c.kind.put(row, Kind.ASKED);
        c.attach.put(row, e.attach());
        c.n.put(row, e.n());
        c.mediaMs.put(row, e.mediaMs());
      }
    }
  }

  private void fillEgress(FromEgress event, Row row) {
    switch (event) {
      case Verdict e -> {
        c.kind.put(row, Kind.VERDICT);
        c.utterance.put(row, e.utterance());
        c.n.put(row, e.n());
        c.ruling.put(row, e.ruling());
        c.turn.put(row, e.turn());
        c.mediaMs.put(row, e.mediaMs());
      }
      case Cancelled e -> {
        c.kind.put(row, Kind.CANCELLED);
        c.attach.put(row, e.attach());
        c.n.put(row, e.n());
        c.turn.put(row, e.turn());
      }
      case Heard e -> fillHeard(e, row);
      case Silence e -> {
        c.kind.put(row, Kind.SILENCE);
        c.turn.put(row, e.turn());
        c.n.put(row, e.n());
        c.silentMs.put(row, e.silentMs());
      }
      case Playing e -> {
        c.kind.put(row, Kind.PLAYING);
        c.turn.put(row, e.turn());
        c.sentence.put(row, e.sentence());
      }
      case Ended e -> {
        c.kind.put(row, Kind.ENDED);
        c.reason.put(row, e.reason());
      }
    }
  }

  private void fillHeard(Heard e, Row row) {
    c.kind.put(row, Kind.HEARD);
    c.turn.put(row, e.turn());
    c.sentence.put(row, e.sentence());
    c.n.put(row, e.n());
    c.text.put(row, e.text());
    c.heardMs.put(row, e.heardMs());
    c.isWhole.put(row, e.isWhole());
    c.evidence.put(row, e.evidence());
  }

  @Override
  Decoded<CallEvent> build(Row row) {
    Kind kind = c.kind.of(row);
    row.kind(kind.name());
    return switch (kind) {
      case STARTED -> known(started.build(call(row), row));
      case ATTACHED -> known(attached(row));
      case DETACHED -> known(detached(row));
      case DTMF -> known(dtmf(row));
      case MARK -> known(mark(row));
      case TYPED -> known(typed(row));
      case CANCEL ->
          known(
              new Cancel(
                  call(row), c.at.of(row), c.attach.of(row), c.n.of(row), c.mediaMs.of(row)));
      case ASKED ->
          known(
              new Asked(call(row), c.at.of(row), c.attach.of(row), c.n.of(row), c.mediaMs.of(row)));
      case VERDICT -> known(verdict(row));
      case CANCELLED ->
          known(
              new Cancelled(
                  call(row), c.at.of(row), c.attach.of(row), c.n.of(row), c.turn.of(row)));
      case HEARD -> known(heard(row));
      case SILENCE ->
          known(
              new Silence(
                  call(row), c.at.of(row), c.turn.of(row), c.n.of(row), c.silentMs.of(row)));
      case PLAYING ->
          known(new Playing(call(row), c.at.of(row), c.turn.of(row), c.sentence.of(row)));
      case ENDED -> known(new Ended(call(row), c.at.of(row), c.reason.of(row)));
      case EXPECTS, TOOL_REQUESTED, TOOL_DONE, DECIDED, TRANSFER, CONSENT ->
          known(llm.build(kind, call(row), row));
      case ERROR -> known(error(row));
      case CHECKPOINT -> known(checkpoint(row));
      case OWNER -> known(new Owner(c.at.of(row), c.writer.of(row)));
      case UNKNOWN -> unknown();
    };
  }

  private CallId call(Row row) {
    return new CallId(c.callId.of(row));
  }

  private Attached attached(Row row) {
    return new Attached(
        call(row),
        c.at.of(row),
        c.attach.of(row),
        c.streamId.of(row),
        c.codec.of(row),
        c.mediaPort.of(row),
        c.baseMs.of(row),
        c.takesEvents.orElse(row, false));
  }

  private Detached detached(Row row) {
    return new Detached(
        call(row),
        c.at.of(row),
        c.attach.of(row),
        c.isHangUp.of(row),
        c.reason.of(row),
        c.mediaMs.of(row));
  }

  private Dtmf dtmf(Row row) {
    return new Dtmf(
        call(row), c.at.of(row), c.attach.of(row), c.n.of(row), c.digit.of(row), c.mediaMs.of(row));
  }

  private Mark mark(Row row) {
    return new Mark(
        call(row),
        c.at.of(row),
        c.attach.of(row),
        c.n.of(row),
        c.markName.of(row),
        c.mediaMs.of(row));
  }

  private Typed typed(Row row) {
    return new Typed(
        call(row), c.at.of(row), c.attach.of(row), c.n.of(row), c.text.of(row), c.mediaMs.of(row));
  }

  private Verdict verdict(Row row) {
    return new Verdict(
        call(row),
        c.at.of(row),
        c.utterance.of(row),
        c.n.of(row),
        c.ruling.of(row),
        c.turn.of(row),
        c.mediaMs.of(row));
  }

  private Heard heard(Row row) {
    return new Heard(
        call(row),
        c.at.of(row),
        c.turn.of(row),
        c.sentence.of(row),
        c.n.of(row),
        c.text.of(row),
        c.heardMs.of(row),
        c.isWhole.of(row),
        c.evidence.of(row));
  }

  private CallEvent.Error error(Row row) {
    return new CallEvent.Error(
        call(row), c.at.of(row), c.writer.of(row), c.n.of(row), c.reason.of(row), c.detail.of(row));
  }

  private Checkpoint checkpoint(Row row) {
    return new Checkpoint(call(row), c.at.of(row), c.writer.of(row), c.state.of(row));
  }
}
