package dev.voxlog.analytics;

import dev.voxlog.schemas.AgentAudio;
import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallEvent.Evidence;
import dev.voxlog.schemas.CallEvent.Outcome;
import dev.voxlog.schemas.CallEvent.Ruling;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.CallerAudio;
import dev.voxlog.schemas.Codec;
import dev.voxlog.schemas.TranscriptEvent;
import dev.voxlog.schemas.TurnEvent;
import dev.voxlog.schemas.TurnEvent.Next;
import dev.voxlog.schemas.TurnEvent.Purpose;
import dev.voxlog.schemas.Understanding;
import dev.voxlog.schemas.VoxEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes down the records of a made-up call; times are milliseconds since its media clock began.
/// Each record is read `hopMs` after it was written, or at an unknown time.
final class Story {
  static final CallId CALL = new CallId("CA1");
  static final Instant ZERO = Instant.parse("2026-11-25T10:00:00Z");
  private final @Nullable Integer hopMs;
  private final List<LogRecord<?>> records = new ArrayList<>();

  Story(@Nullable Integer hopMs) {
    this.hopMs = hopMs;
  }

  static Instant at(long ms) {
    return ZERO.plusMillis(ms);
  }

  Story add(VoxEvent event) {
    Instant readAt = hopMs == null ? null : event.at().plusMillis(hopMs);
    records.add(new LogRecord<>(event, records.size(), readAt));
    return this;
  }

  List<Turn> turns() {
    return Turns.of(records);
  }

  List<LogRecord<?>> records() {
    return records;
  }

  Story attached(long ms) {
    return add(new CallEvent.Attached(CALL, at(ms), 1, "MZ1", Codec.MULAW_8K, "127.0.0.1:1", 0));
  }

  /// 20 ms frames up to a time, each written when its last sample was said and `delayMs` later.
  Story audioUntil(long untilMs, long delayMs) {
    for (long start = 0; start < untilMs; start += 20) {
      AudioBytes silence = AudioBytes.wrap(new byte[160]);
      add(
          new CallerAudio.Frame(
              CALL, at(start + 20 + delayMs), 1, start / 20, start, Codec.MULAW_8K, silence));
    }
    return this;
  }

  Story heard(int utterance, String text, long endMs, long decidedMs, long ms) {
    return add(
        new TranscriptEvent.Final(
            CALL,
            at(ms),
            utterance,
            text,
            0.9,
            List.of(),
            endMs - 900,
            endMs,
            decidedMs,
            "test",
            30));
  }

  Story typed(String text, long mediaMs, long ms) {
    return add(new CallEvent.Typed(CALL, at(ms), 1, 1, text, mediaMs));
  }

  Story typedHeard(int utterance, String text, long mediaMs, long ms) {
    return add(
        new TranscriptEvent.Final(
            CALL, at(ms), utterance, text, 1, List.of(), mediaMs, mediaMs, mediaMs, "typed", 0));
  }

  Story understood(int utterance, String intent, long ms) {
    return add(
        new Understanding.Understood(
            CALL,
            at(ms),
            utterance,
            Understanding.Understood.FINAL,
            "",
            intent,
            0.9,
            List.of(),
            List.of(),
            null,
            null,
            0.9,
            0,
            0,
            0));
  }

  Story sentence(int turn, int n, String text, Purpose purpose, long ms, Integer... utterances) {
    return add(new TurnEvent.Sentence(CALL, at(ms), turn, n, text, purpose, List.of(utterances)));
  }

  Story ended(
      int turn,
      int sentences,
      String route,
      @Nullable String intent,
      long ms,
      Integer... utterances) {
    return add(
        new TurnEvent.TurnEnded(
            CALL, at(ms), turn, sentences, Next.LISTEN, route, intent, List.of(utterances)));
  }

  Story chunk(int turn, int sentence, int chunk, long ms) {
    return add(
        new AgentAudio.Chunk(
            CALL,
            at(ms),
            turn,
            sentence,
            chunk,
            Codec.MULAW_8K,
            AudioBytes.wrap(new byte[1600]),
            0,
            List.of(),
            false,
            false,
            Purpose.ANSWER,
            null));
  }

  Story playing(int turn, int sentence, long ms) {
    return add(new CallEvent.Playing(CALL, at(ms), turn, sentence));
  }

  Story heardOf(int turn, int sentence, int n, String text, boolean isWhole, long ms) {
    return add(
        new CallEvent.Heard(CALL, at(ms), turn, sentence, n, text, 500, isWhole, Evidence.ACKED));
  }

  Story ruled(int utterance, int n, Ruling ruling, int turn, long ms) {
    return add(new CallEvent.Verdict(CALL, at(ms), utterance, n, ruling, turn, ms));
  }

  Story tool(int turn, int n, long ms, long doneMs, Outcome outcome) {
    add(new CallEvent.ToolRequested(CALL, at(ms), turn, n, "getOrder", "{\"id\":\"12345\"}"));
    return add(
        new CallEvent.ToolDone(CALL, at(doneMs), turn, n, "getOrder", outcome, "{}", doneMs - ms));
  }
}
