package dev.voxlog.schemas;

import dev.voxlog.schemas.CallerAudio.Cleared;
import dev.voxlog.schemas.CallerAudio.Committed;
import dev.voxlog.schemas.CallerAudio.End;
import dev.voxlog.schemas.CallerAudio.Frame;
import dev.voxlog.schemas.CallerAudio.Gap;
import java.time.Instant;

/// [CallerAudio] as flat records.
final class CallerAudioCodec extends TopicCodec<CallerAudio> {
  enum Kind {
    UNKNOWN,
    FRAME,
    GAP,
    END,
    COMMITTED,
    CLEARED
  }

  private final Column.Symbol<Kind> kind;
  private final Column.Text callId;
  private final Column.Moment at;
  private final Column.Int attach;
  private final Column.Count sequence;
  private final Column.Count mediaMs;
  private final Column.Symbol<Codec> codec;
  private final Column.Bytes audio;
  private final Column.Count durationMs;
  private final Column.Text reason;

  CallerAudioCodec() {
    this(Columns.of("CallerAudio"));
  }

  private CallerAudioCodec(Columns columns) {
    kind = columns.symbol("kind", Kind.class);
    callId = columns.text("callId");
    at = columns.moment("at");
    attach = columns.integer("attach");
    sequence = columns.number("sequence");
    mediaMs = columns.number("mediaMs");
    codec = columns.symbol("codec", Codec.class);
    audio = columns.bytes("audio");
    durationMs = columns.number("durationMs");
    reason = columns.text("reason");
    super(CallerAudio.class, columns);
  }

  @Override
  void fill(CallerAudio event, Row row) {
    callId.put(row, event.callId().value());
    at.put(row, event.at());
    attach.put(row, event.attach());
    sequence.put(row, event.sequence());
    mediaMs.put(row, event.mediaMs());
    switch (event) {
      case Frame frame -> {
        kind.put(row, Kind.FRAME);
        codec.put(row, frame.codec());
        audio.put(row, frame.audio());
      }
      case Gap gap -> {
        kind.put(row, Kind.GAP);
        if (gap.durationMs() != null) {
          durationMs.put(row, gap.durationMs());
        }
        reason.put(row, gap.reason());
      }
      case End _ -> kind.put(row, Kind.END);
      case Committed _ -> kind.put(row, Kind.COMMITTED);
      case Cleared _ -> kind.put(row, Kind.CLEARED);
    }
  }

  @Override
  Decoded<CallerAudio> build(Row row) {
    Kind which = kind.of(row);
    row.kind(which.name());
    if (which == Kind.UNKNOWN) {
      return unknown();
    }
    CallId call = new CallId(callId.of(row));
    Instant when = at.of(row);
    int stream = attach.of(row);
    long number = sequence.of(row);
    long media = mediaMs.of(row);
    return switch (which) {
      case FRAME ->
          known(new Frame(call, when, stream, number, media, codec.of(row), audio.of(row)));
      case GAP ->
          known(new Gap(call, when, stream, number, media, durationMs.orNull(row), reason.of(row)));
      case END -> known(new End(call, when, stream, number, media));
      case COMMITTED -> known(new Committed(call, when, stream, number, media));
      case CLEARED -> known(new Cleared(call, when, stream, number, media));
      case UNKNOWN -> unknown();
    };
  }
}
