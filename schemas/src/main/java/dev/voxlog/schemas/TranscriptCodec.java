package dev.voxlog.schemas;

import dev.voxlog.schemas.TranscriptEvent.Checkpoint;
import dev.voxlog.schemas.TranscriptEvent.Final;
import dev.voxlog.schemas.TranscriptEvent.Interim;
import dev.voxlog.schemas.TranscriptEvent.Owner;
import dev.voxlog.schemas.TranscriptEvent.SpeechEnded;
import dev.voxlog.schemas.TranscriptEvent.SpeechStarted;
import java.util.List;

/// [TranscriptEvent] as flat records.
final class TranscriptCodec extends TopicCodec<TranscriptEvent> {
  enum Kind {
    UNKNOWN,
    SPEECH_STARTED,
    INTERIM,
    FINAL,
    SPEECH_ENDED,
    CHECKPOINT,
    OWNER
  }

  private final Column.Symbol<Kind> kind;
  private final Column.Text callId;
  private final Column.Moment at;
  private final Column.Int utterance;
  private final Column.Int revision;
  private final Column.Text text;
  private final Column.Int stableWords;
  private final Column.Fraction confidence;
  private final Column.Items<Word> words;
  private final Column.Flag hadWords;
  private final Column.Count onsetMs;
  private final Column.Count endMs;
  private final Column.Count mediaMs;
  private final Column.Text engine;
  private final Column.Count decodeMs;
  private final Column.Bytes state;
  private final Column.Count epoch;

  TranscriptCodec() {
    this(Columns.of("TranscriptEvent"));
  }

  private TranscriptCodec(Columns columns) {
    kind = columns.symbol("kind", Kind.class);
    callId = columns.text("callId");
    at = columns.moment("at");
    utterance = columns.integer("utterance");
    revision = columns.integer("revision");
    text = columns.text("text");
    stableWords = columns.integer("stableWords");
    confidence = columns.fraction("confidence");
    words = columns.items("words", Element.WORD);
    hadWords = columns.flag("hadWords");
    onsetMs = columns.number("onsetMs");
    endMs = columns.number("endMs");
    mediaMs = columns.number("mediaMs");
    engine = columns.text("engine");
    decodeMs = columns.number("decodeMs");
    state = columns.bytes("state");
    epoch = columns.number("epoch");
    super(TranscriptEvent.class, columns);
  }

  @Override
  void fill(TranscriptEvent event, Row row) {
    if (event.callId() != null) {
      callId.put(row, event.callId().value());
    }
    at.put(row, event.at());
    switch (event) {
      case SpeechStarted started -> {
        kind.put(row, Kind.SPEECH_STARTED);
        utterance.put(row, started.utterance());
        onsetMs.put(row, started.onsetMs());
        mediaMs.put(row, started.mediaMs());
      }
      case Interim interim -> fillInterim(interim, row);
      case Final end -> fillFinal(end, row);
      case SpeechEnded ended -> {
        kind.put(row, Kind.SPEECH_ENDED);
        utterance.put(row, ended.utterance());
        hadWords.put(row, ended.hadWords());
        endMs.put(row, ended.endMs());
        mediaMs.put(row, ended.mediaMs());
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

  private void fillInterim(Interim interim, Row row) {
    kind.put(row, Kind.INTERIM);
    utterance.put(row, interim.utterance());
    revision.put(row, interim.revision());
    text.put(row, interim.text());
    stableWords.put(row, interim.stableWords());
    confidence.put(row, interim.confidence());
    mediaMs.put(row, interim.mediaMs());
  }

  private void fillFinal(Final end, Row row) {
    kind.put(row, Kind.FINAL);
    utterance.put(row, end.utterance());
    text.put(row, end.text());
    confidence.put(row, end.confidence());
    words.put(row, end.words());
    onsetMs.put(row, end.onsetMs());
    endMs.put(row, end.endMs());
    mediaMs.put(row, end.mediaMs());
    engine.put(row, end.engine());
    decodeMs.put(row, end.decodeMs());
  }

  @Override
  Decoded<TranscriptEvent> build(Row row) {
    Kind which = kind.of(row);
    row.kind(which.name());
    return switch (which) {
      case SPEECH_STARTED ->
          known(
              new SpeechStarted(
                  call(row), at.of(row), utterance.of(row), onsetMs.of(row), mediaMs.of(row)));
      case INTERIM ->
          known(
              new Interim(
                  call(row),
                  at.of(row),
                  utterance.of(row),
                  revision.of(row),
                  text.of(row),
                  stableWords.of(row),
                  confidence.of(row),
                  mediaMs.of(row)));
      case FINAL -> known(finalOf(row));
      case SPEECH_ENDED ->
          known(
              new SpeechEnded(
                  call(row),
                  at.of(row),
                  utterance.of(row),
                  hadWords.of(row),
                  endMs.of(row),
                  mediaMs.of(row)));
      case CHECKPOINT -> known(new Checkpoint(call(row), at.of(row), state.of(row)));
      case OWNER -> known(new Owner(at.of(row), epoch.of(row)));
      case UNKNOWN -> unknown();
    };
  }

  private Final finalOf(Row row) {
    return new Final(
        call(row),
        at.of(row),
        utterance.of(row),
        text.of(row),
        confidence.of(row),
        words.orElse(row, List.of()),
        onsetMs.of(row),
        endMs.of(row),
        mediaMs.of(row),
        engine.of(row),
        decodeMs.of(row));
  }

  private CallId call(Row row) {
    return new CallId(callId.of(row));
  }
}
