package dev.voxlog.schemas;

import dev.voxlog.schemas.AgentAudio.Checkpoint;
import dev.voxlog.schemas.AgentAudio.Chunk;
import dev.voxlog.schemas.AgentAudio.Owner;
import dev.voxlog.schemas.AgentAudio.TurnSpoken;
import dev.voxlog.schemas.TurnEvent.Next;
import dev.voxlog.schemas.TurnEvent.Purpose;
import java.util.List;

/// [AgentAudio] as flat records.
final class AgentAudioCodec extends TopicCodec<AgentAudio> {
  enum Kind {
    UNKNOWN,
    CHUNK,
    TURN_SPOKEN,
    CHECKPOINT,
    OWNER
  }

  private final Column.Symbol<Kind> kind;
  private final Column.Text callId;
  private final Column.Moment at;
  private final Column.Int turn;
  private final Column.Int sentence;
  private final Column.Int chunk;
  private final Column.Symbol<Codec> codec;
  private final Column.Bytes audio;
  private final Column.Count offsetMs;
  private final Column.Items<Word> words;
  private final Column.Text text;
  private final Column.Flag isLast;
  private final Column.Flag isFailed;
  private final Column.Symbol<Purpose> purpose;
  private final Column.Int sentences;
  private final Column.Symbol<Next> nextAction;
  private final Column.Bytes state;
  private final Column.Count epoch;

  AgentAudioCodec() {
    this(Columns.of("AgentAudio"));
  }

  private AgentAudioCodec(Columns columns) {
    kind = columns.symbol("kind", Kind.class);
    callId = columns.text("callId");
    at = columns.moment("at");
    turn = columns.integer("turn");
    sentence = columns.integer("sentence");
    chunk = columns.integer("chunk");
    codec = columns.symbol("codec", Codec.class);
    audio = columns.bytes("audio");
    offsetMs = columns.number("offsetMs");
    words = columns.items("words", Element.WORD);
    text = columns.text("text");
    isLast = columns.flag("isLast");
    isFailed = columns.flag("isFailed");
    purpose = columns.symbol("purpose", Purpose.class);
    sentences = columns.integer("sentences");
    nextAction = columns.symbol("nextAction", Next.class);
    state = columns.bytes("state");
    epoch = columns.number("epoch");
    super(AgentAudio.class, columns);
  }

  @Override
  void fill(AgentAudio event, Row row) {
    if (event.callId() != null) {
      callId.put(row, event.callId().value());
    }
    at.put(row, event.at());
    switch (event) {
      case Chunk piece -> {
        kind.put(row, Kind.CHUNK);
        turn.put(row, piece.turn());
        sentence.put(row, piece.sentence());
        chunk.put(row, piece.chunk());
        codec.put(row, piece.codec());
        audio.put(row, piece.audio());
        offsetMs.put(row, piece.offsetMs());
        words.put(row, piece.words());
        isLast.put(row, piece.isLast());
        isFailed.put(row, piece.isFailed());
        purpose.put(row, piece.purpose());
        text.put(row, piece.text());
      }
      case TurnSpoken spoken -> {
        kind.put(row, Kind.TURN_SPOKEN);
        turn.put(row, spoken.turn());
        sentences.put(row, spoken.sentences());
        nextAction.put(row, spoken.next());
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
  Decoded<AgentAudio> build(Row row) {
    Kind which = kind.of(row);
    row.kind(which.name());
    return switch (which) {
      case CHUNK ->
          known(
              new Chunk(
                  call(row),
                  at.of(row),
                  turn.of(row),
                  sentence.of(row),
                  chunk.of(row),
                  codec.of(row),
                  audio.of(row),
                  offsetMs.of(row),
                  words.orElse(row, List.of()),
                  isLast.of(row),
                  isFailed.of(row),
                  purpose.of(row),
                  text.orNull(row)));
      case TURN_SPOKEN ->
          known(
              new TurnSpoken(
                  call(row), at.of(row), turn.of(row), sentences.of(row), nextAction.of(row)));
      case CHECKPOINT -> known(new Checkpoint(call(row), at.of(row), state.of(row)));
      case OWNER -> known(new Owner(at.of(row), epoch.of(row)));
      case UNKNOWN -> unknown();
    };
  }

  private CallId call(Row row) {
    return new CallId(callId.of(row));
  }
}
