package dev.voxlog.analytics;

import dev.voxlog.schemas.AgentAudio;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallerAudio;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.TranscriptEvent;
import dev.voxlog.schemas.TurnEvent;
import dev.voxlog.schemas.Understanding;
import dev.voxlog.schemas.VoxEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// A call's records by what they are about; a record that was written twice counts once.
final class CallRecords {
  final NavigableMap<Long, LogRecord<CallerAudio.Frame>> audioByEnd = new TreeMap<>();
  private final NavigableMap<Long, LogRecord<TranscriptEvent.SpeechStarted>> voiced =
      new TreeMap<>();
  final Map<Integer, LogRecord<TranscriptEvent.Final>> finals = new HashMap<>();
  final Map<Integer, LogRecord<Understanding.Understood>> understood = new HashMap<>();
  final NavigableMap<Integer, NavigableMap<Integer, LogRecord<TurnEvent.Sentence>>> sentences =
      new TreeMap<>();
  final NavigableMap<Integer, LogRecord<TurnEvent.TurnEnded>> ended = new TreeMap<>();
  final Map<Place, LogRecord<AgentAudio.Chunk>> firstChunks = new HashMap<>();
  final Map<Place, LogRecord<CallEvent.Playing>> playing = new HashMap<>();
  final Map<Place, CallEvent.Heard> heard = new HashMap<>();
  final Map<Integer, CallEvent.Verdict> verdicts = new HashMap<>();
  final NavigableMap<Place, LogRecord<CallEvent.ToolRequested>> requested = new TreeMap<>();
  final Map<Place, LogRecord<CallEvent.ToolDone>> done = new HashMap<>();
  final List<LogRecord<CallEvent.Silence>> silences = new ArrayList<>();
  final List<LogRecord<CallEvent.Dtmf>> keys = new ArrayList<>();
  private final List<LogRecord<CallEvent.Typed>> typed = new ArrayList<>();
  final List<LogRecord<CallEvent.Attached>> attached = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();

  /// The n-th sentence, or tool call, of a turn.
  record Place(int turn, int n) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      return turn != other.turn ? Integer.compare(turn, other.turn) : Integer.compare(n, other.n);
    }
  }

  CallRecords(List<? extends LogRecord<?>> records) {
    records.forEach(this::add);
  }

  private void add(LogRecord<?> record) {
    VoxEvent event = record.event();
    String identity = event.identity();
    if (identity != null && !seen.add(Topic.of(event).id() + "/" + identity)) {
      return;
    }
    switch (event) {
      case CallerAudio.Frame frame -> audioByEnd.putIfAbsent(end(frame), record.as(frame));
      case TranscriptEvent.SpeechStarted speech when !speech.isTyped() ->
          voiced.put(speech.mediaMs(), record.as(speech));
      case TranscriptEvent.Final words -> finals.put(words.utterance(), record.as(words));
      case Understanding.Understood meant when meant.isFinal() ->
          understood.put(meant.utterance(), record.as(meant));
      case TurnEvent.Sentence sentence ->
          sentences
              .computeIfAbsent(sentence.turn(), _ -> new TreeMap<>())
              .put(sentence.sentence(), record.as(sentence));
      case TurnEvent.TurnEnded end -> ended.put(end.turn(), record.as(end));
      case AgentAudio.Chunk chunk when chunk.chunk() == 0 ->
          firstChunks.put(new Place(chunk.turn(), chunk.sentence()), record.as(chunk));
      case CallEvent call -> add(call, record);
      default -> {}
    }
  }

  private void add(CallEvent event, LogRecord<?> record) {
    switch (event) {
      case CallEvent.Attached attach -> attached.add(record.as(attach));
      case CallEvent.Dtmf key -> keys.add(record.as(key));
      case CallEvent.Typed text -> typed.add(record.as(text));
      case CallEvent.Silence silence -> silences.add(record.as(silence));
      case CallEvent.Playing first ->
          playing.put(new Place(first.turn(), first.sentence()), record.as(first));
      case CallEvent.Heard part ->
          heard.merge(
              new Place(part.turn(), part.sentence()), part, (a, b) -> b.n() >= a.n() ? b : a);
      case CallEvent.Verdict verdict ->
          verdicts.merge(verdict.utterance(), verdict, (a, b) -> b.n() >= a.n() ? b : a);
      case CallEvent.ToolRequested request ->
          requested.put(new Place(request.turn(), request.n()), record.as(request));
      case CallEvent.ToolDone result ->
          done.put(new Place(result.turn(), result.n()), record.as(result));
      default -> {}
    }
  }

  private static long end(CallerAudio.Frame frame) {
    return frame.mediaMs() + frame.codec().millis(frame.audio().length());
  }

  /// Where an utterance that was typed came from.
  Optional<LogRecord<CallEvent.Typed>> typed(LogRecord<TranscriptEvent.Final> said) {
    return typed.stream()
        .filter(each ->
            said.event().isTyped()
                && each.event().mediaMs() == said.event().mediaMs()
                && each.event().text().strip().equals(said.event().text())
                && !each.at().isAfter(said.at()))
        .reduce((_, later) -> later);
  }

  /// The record that brought the caller's audio up to this point of the media clock.
  Optional<LogRecord<CallerAudio.Frame>> audioUpTo(long mediaMs) {
    return Optional.ofNullable(audioByEnd.ceilingEntry(mediaMs)).map(Map.Entry::getValue);
  }

  /// When that audio reached ingress. Where its record is not there, reckoned from when stt had the
  /// utterance's beginning, a few milliseconds late, or else from the attach: a line whose audio
  /// began late, or paused, is behind that.
  Optional<Instant> arrival(long mediaMs) {
    return audioUpTo(mediaMs)
        .map(LogRecord::at)
        .or(() ->
            Optional.ofNullable(voiced.floorEntry(mediaMs))
                .map(Map.Entry::getValue)
                .map(each -> each.at().plusMillis(mediaMs - each.event().mediaMs())))
        .or(() ->
            attached.stream()
                .filter(each -> each.event().baseMs() <= mediaMs)
                .reduce((_, later) -> later)
                .map(each -> each.at().plusMillis(mediaMs - each.event().baseMs())));
  }
}
