package dev.voxlog.schemas;

import dev.voxlog.schemas.TurnEvent.Checkpoint;
import dev.voxlog.schemas.TurnEvent.Next;
import dev.voxlog.schemas.TurnEvent.Owner;
import dev.voxlog.schemas.TurnEvent.Purpose;
import dev.voxlog.schemas.TurnEvent.Sentence;
import dev.voxlog.schemas.TurnEvent.TurnEnded;
import java.util.List;

/// [TurnEvent] as flat records.
final class TurnCodec extends TopicCodec<TurnEvent> {
  enum Kind {
    UNKNOWN,
    SENTENCE,
    TURN_ENDED,
    CHECKPOINT,
    OWNER
  }

  private final Column.Symbol<Kind> kind;
  private final Column.Text callId;
  private final Column.Moment at;
  private final Column.Int turn;
  private final Column.Int sentence;
  private final Column.Text text;
  private final Column.Symbol<Purpose> purpose;
  private final Column.Items<Integer> utterances;
  private final Column.Int sentences;
  private final Column.Symbol<Next> nextAction;
  private final Column.Text route;
  private final Column.Text intent;
  private final Column.Bytes state;
  private final Column.Count epoch;

  TurnCodec() {
    this(Columns.of("TurnEvent"));
  }

  private TurnCodec(Columns columns) {
    kind = columns.symbol("kind", Kind.class);
    callId = columns.text("callId");
    at = columns.moment("at");
    turn = columns.integer("turn");
    sentence = columns.integer("sentence");
    text = columns.text("text");
    purpose = columns.symbol("purpose", Purpose.class);
    utterances = columns.items("utterances", Element.NUMBER);
    sentences = columns.integer("sentences");
    nextAction = columns.symbol("nextAction", Next.class);
    route = columns.text("route");
    intent = columns.text("intent");
    state = columns.bytes("state");
    epoch = columns.number("epoch");
    super(TurnEvent.class, columns);
  }

  @Override
  void fill(TurnEvent event, Row row) {
    if (event.callId() != null) {
      callId.put(row, event.callId().value());
    }
    at.put(row, event.at());
    switch (event) {
      case Sentence one -> {
        kind.put(row, Kind.SENTENCE);
        turn.put(row, one.turn());
        sentence.put(row, one.sentence());
        text.put(row, one.text());
        purpose.put(row, one.purpose());
        utterances.put(row, one.utterances());
      }
      case TurnEnded ended -> {
        kind.put(row, Kind.TURN_ENDED);
        turn.put(row, ended.turn());
        sentences.put(row, ended.sentences());
        nextAction.put(row, ended.next());
        route.put(row, ended.route());
        intent.put(row, ended.intent());
        utterances.put(row, ended.utterances());
      }
      case Checkpoint checkpoint -> {
        kind.put(row, Kind.CHECKPOINT);
        state.put(row, checkpoint.state());
      }
      case Owner owner -> {
        kind.put(row, Kind.OWNER);
        epoch.put(row, owner.epoch());
      }
    }
  }

  @Override
  Decoded<TurnEvent> build(Row row) {
    Kind which = kind.of(row);
    row.kind(which.name());
    return switch (which) {
      case SENTENCE ->
          known(
              new Sentence(
                  call(row),
                  at.of(row),
                  turn.of(row),
                  sentence.of(row),
                  text.of(row),
                  purpose.of(row),
                  utterances.orElse(row, List.of())));
      case TURN_ENDED ->
          known(
              new TurnEnded(
                  call(row),
                  at.of(row),
                  turn.of(row),
                  sentences.of(row),
                  nextAction.of(row),
                  route.of(row),
                  intent.orNull(row),
                  utterances.orElse(row, List.of())));
      case CHECKPOINT -> known(new Checkpoint(call(row), at.of(row), state.of(row)));
      case OWNER -> known(new Owner(at.of(row), epoch.of(row)));
      case UNKNOWN -> unknown();
    };
  }

  private CallId call(Row row) {
    return new CallId(callId.of(row));
  }
}
