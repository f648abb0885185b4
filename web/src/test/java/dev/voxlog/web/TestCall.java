package dev.voxlog.web;

import dev.voxlog.analytics.LogRecord;
import dev.voxlog.schemas.AgentAudio;
import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallEvent.Evidence;
import dev.voxlog.schemas.CallEvent.Outcome;
import dev.voxlog.schemas.CallEvent.Ruling;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.Codec;
import dev.voxlog.schemas.Entity;
import dev.voxlog.schemas.TranscriptEvent;
import dev.voxlog.schemas.TurnEvent;
import dev.voxlog.schemas.TurnEvent.Next;
import dev.voxlog.schemas.TurnEvent.Purpose;
import dev.voxlog.schemas.Understanding;
import dev.voxlog.schemas.VoxEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The records of a made-up call, in the order in which they were written; times are milliseconds
/// since its beginning.
final class TestCall {
  static final Instant ZERO = Instant.parse("2026-11-25T10:00:00Z");
  final CallId id;
  private final List<VoxEvent> events = new ArrayList<>();

  TestCall(String id) {
    this.id = new CallId(id);
  }

  static Instant at(long ms) {
    return ZERO.plusMillis(ms);
  }

  List<VoxEvent> events() {
    return events;
  }

  List<LogRecord<?>> records() {
    List<LogRecord<?>> records = new ArrayList<>();
    events.forEach(event -> records.add(new LogRecord<>(event, records.size(), null)));
    return records;
  }

  TestCall add(VoxEvent event) {
    events.add(event);
    return this;
  }

  TestCall started() {
    return add(
        new CallEvent.Started(
            id, at(0), "realtime", id.value(), "inbound", "+15550100", null, "acme@1", Map.of()));
  }

  TestCall attached(int attach, long baseMs, long ms) {
    return add(
        new CallEvent.Attached(
            id, at(ms), attach, "S" + attach, Codec.PCM16_24K, "127.0.0.1:1", baseMs));
  }

  TestCall detached(int attach, long mediaMs, long ms) {
    return add(new CallEvent.Detached(id, at(ms), attach, false, "dropped", mediaMs));
  }

  TestCall speaks(int utterance, long onsetMs, long ms) {
    return add(new TranscriptEvent.SpeechStarted(id, at(ms), utterance, onsetMs, onsetMs + 200));
  }

  TestCall interim(int utterance, int revision, String text, int stableWords, long ms) {
    return add(
        new TranscriptEvent.Interim(id, at(ms), utterance, revision, text, stableWords, 0.5, ms));
  }

  /// The speech ended 300 ms before that was decided, which was told 20 ms later.
  TestCall said(int utterance, String text, long ms) {
    return add(
        new TranscriptEvent.Final(
            id, at(ms), utterance, text, 0.9, List.of(), ms - 900, ms - 320, ms - 20, "test", 30));
  }

  TestCall understood(int utterance, String intent, long ms, Entity... entities) {
    return add(
        new Understanding.Understood(
            id,
            at(ms),
            utterance,
            Understanding.Understood.FINAL,
            "",
            intent,
            0.9,
            List.of(),
            List.of(entities),
            "neutral",
            "en",
            0.9,
            0,
            0,
            ms));
  }

  TestCall ruled(int utterance, int n, Ruling ruling, int turn, long ms) {
    return add(new CallEvent.Verdict(id, at(ms), utterance, n, ruling, turn, ms));
  }

  TestCall sentence(int turn, int n, String text, long ms, Integer... utterances) {
    return add(
        new TurnEvent.Sentence(id, at(ms), turn, n, text, Purpose.ANSWER, List.of(utterances)));
  }

  TestCall turnEnded(int turn, int sentences, String intent, long ms, Integer... utterances) {
    return add(
        new TurnEvent.TurnEnded(
            id, at(ms), turn, sentences, Next.LISTEN, "flow", intent, List.of(utterances)));
  }

  TestCall chunk(int turn, int sentence, int chunk, long ms) {
    return add(
        new AgentAudio.Chunk(
            id,
            at(ms),
            turn,
            sentence,
            chunk,
            Codec.PCM16_24K,
            AudioBytes.wrap(new byte[960]),
            0,
            List.of(),
            false,
            false,
            Purpose.ANSWER,
            null));
  }

  TestCall playing(int turn, int sentence, long ms) {
    return add(new CallEvent.Playing(id, at(ms), turn, sentence));
  }

  TestCall heard(int turn, int sentence, int n, String text, boolean isWhole, long ms) {
    return add(
        new CallEvent.Heard(id, at(ms), turn, sentence, n, text, 500, isWhole, Evidence.ESTIMATED));
  }

  TestCall tool(int turn, String arguments, Outcome outcome, String result, long ms, long doneMs) {
    add(new CallEvent.ToolRequested(id, at(ms), turn, 0, "getOrder", arguments));
    return add(
        new CallEvent.ToolDone(id, at(doneMs), turn, 0, "getOrder", outcome, result, doneMs - ms));
  }

  TestCall key(int attach, int n, String digit, long ms) {
    return add(new CallEvent.Dtmf(id, at(ms), attach, n, digit, ms));
  }

  TestCall ended(long ms) {
    return add(new CallEvent.Ended(id, at(ms), "hung-up"));
  }

  /// A greeting, a question and its answer: 13 records, and the end.
  static TestCall whole(String id) {
    return new TestCall(id)
        .started()
        .attached(1, 0, 1)
        .sentence(1, 0, "Hello.", 10)
        .turnEnded(1, 1, "greeting", 11)
        .chunk(1, 0, 0, 20)
        .playing(1, 0, 25)
        .said(1, "where is my order", 2_000)
        .understood(1, "order_status", 2_010)
        .ruled(1, 0, Ruling.CLEAR, 0, 2_011)
        .sentence(2, 0, "It has shipped.", 2_030, 1)
        .turnEnded(2, 1, "order_status", 2_031, 1)
        .chunk(2, 0, 0, 2_060)
        .playing(2, 0, 2_070)
        .heard(2, 0, 0, "It has shipped.", true, 3_000)
        .ended(4_000);
  }
}
