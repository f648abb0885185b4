package dev.voxlog.schemas;

import dev.voxlog.schemas.Understanding.Checkpoint;
import dev.voxlog.schemas.Understanding.Owner;
import dev.voxlog.schemas.Understanding.Understood;
import java.util.List;

/// [Understanding] as flat records.
final class UnderstandingCodec extends TopicCodec<Understanding> {
  enum Kind {
    UNKNOWN,
    UNDERSTOOD,
    CHECKPOINT,
    OWNER
  }

  private final Column.Symbol<Kind> kind;
  private final Column.Text callId;
  private final Column.Moment at;
  private final Column.Int utterance;
  private final Column.Int revision;
  private final Column.Text text;
  private final Column.Text intent;
  private final Column.Fraction confidence;
  private final Column.Items<Score> alternatives;
  private final Column.Items<Entity> entities;
  private final Column.Text sentiment;
  private final Column.Text languageTag;
  private final Column.Fraction recognition;
  private final Column.Count onsetMs;
  private final Column.Count endMs;
  private final Column.Count mediaMs;
  private final Column.Bytes state;
  private final Column.Count epoch;

  UnderstandingCodec() {
    this(Columns.of("Understanding"));
  }

  private UnderstandingCodec(Columns columns) {
    kind = columns.symbol("kind", Kind.class);
    callId = columns.text("callId");
    at = columns.moment("at");
    utterance = columns.integer("utterance");
    revision = columns.integer("revision");
    text = columns.text("text");
    intent = columns.text("intent");
    confidence = columns.fraction("confidence");
    alternatives = columns.items("alternatives", Element.SCORE);
    entities = columns.items("entities", Element.ENTITY);
    sentiment = columns.text("sentiment");
    languageTag = columns.text("languageTag");
    recognition = columns.fraction("recognition");
    onsetMs = columns.number("onsetMs");
    endMs = columns.number("endMs");
    mediaMs = columns.number("mediaMs");
    state = columns.bytes("state");
    epoch = columns.number("epoch");
    super(Understanding.class, columns);
  }

  @Override
  void fill(Understanding event, Row row) {
    if (event.callId() != null) {
      callId.put(row, event.callId().value());
    }
    at.put(row, event.at());
    switch (event) {
      case Understood understood -> {
        kind.put(row, Kind.UNDERSTOOD);
        utterance.put(row, understood.utterance());
        revision.put(row, understood.revision());
        text.put(row, understood.text());
        intent.put(row, understood.intent());
        confidence.put(row, understood.confidence());
        alternatives.put(row, understood.alternatives());
        entities.put(row, understood.entities());
        sentiment.put(row, understood.sentiment());
        languageTag.put(row, understood.language());
        recognition.put(row, understood.recognition());
        onsetMs.put(row, understood.onsetMs());
        endMs.put(row, understood.endMs());
        mediaMs.put(row, understood.mediaMs());
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
  Decoded<Understanding> build(Row row) {
    Kind which = kind.of(row);
    row.kind(which.name());
    return switch (which) {
      case UNDERSTOOD ->
          known(
              new Understood(
                  call(row),
                  at.of(row),
                  utterance.of(row),
                  revision.of(row),
                  text.of(row),
                  intent.of(row),
                  confidence.of(row),
                  alternatives.orElse(row, List.of()),
                  entities.orElse(row, List.of()),
                  sentiment.orNull(row),
                  languageTag.orNull(row),
                  recognition.of(row),
                  onsetMs.of(row),
                  endMs.of(row),
                  mediaMs.of(row)));
      case CHECKPOINT -> known(new Checkpoint(call(row), at.of(row), state.of(row)));
      case OWNER -> known(new Owner(at.of(row), epoch.of(row)));
      case UNKNOWN -> unknown();
    };
  }

  private CallId call(Row row) {
    return new CallId(callId.of(row));
  }
}
