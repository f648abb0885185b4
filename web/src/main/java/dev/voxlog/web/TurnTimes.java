package dev.voxlog.web;

import dev.voxlog.analytics.LogRecord;
import dev.voxlog.analytics.Turn;
import dev.voxlog.analytics.Turns;
import dev.voxlog.analytics.Waterfall;
import dev.voxlog.schemas.AgentAudio;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.TranscriptEvent;
import dev.voxlog.schemas.TurnEvent;
import dev.voxlog.schemas.Understanding;
import dev.voxlog.schemas.VoxEvent;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/// The turns of one call: where their time went, and which of them a later one took over. Of a long
/// call only the last records are kept, enough for the turns that can still change. Confined to one
/// thread.
final class TurnTimes {
  private static final int MOST_RECORDS = 600;

  /// So many of the last turns may still change.
  private static final int LAST_TURNS = 3;

  private final Deque<LogRecord<?>> records = new ArrayDeque<>();
  private final List<LogRecord<CallEvent.Attached>> lines = new ArrayList<>();
  private final Map<Integer, Waterfall> told = new HashMap<>();
  private final NavigableMap<Integer, Set<Integer>> utterances = new TreeMap<>();
  private final Set<Integer> superseded = new TreeSet<>();

  /// When the last answer went to the line, as far as is known.
  private Instant lastPlaying = Instant.MIN;

  void take(LogRecord<?> record, Consumer<News> news) {
    switch (record.event()) {
      case CallEvent.Attached attached ->
          lines.add(new LogRecord<>(attached, record.offset(), record.readAt()));
      case TurnEvent.Sentence sentence ->
          keepAnd(record, () -> answers(sentence, sentence.turn(), sentence.utterances(), news));
      case TurnEvent.TurnEnded ended ->
          keepAnd(record, () -> answers(ended, ended.turn(), ended.utterances(), news));
      case TranscriptEvent.SpeechStarted _,
          TranscriptEvent.Final _,
          AgentAudio.Chunk _,
          CallEvent.Typed _,
          CallEvent.Silence _,
          CallEvent.Dtmf _,
          CallEvent.ToolRequested _,
          CallEvent.ToolDone _,
          CallEvent.Playing _ ->
          keepAnd(record, () -> {});
      case Understanding.Understood meant when meant.isFinal() -> keepAnd(record, () -> {});
      default -> {
        return;
      }
    }
    if (record.event() instanceof CallEvent.Playing && record.at().isAfter(lastPlaying)) {
      lastPlaying = record.at();
    }
    if (!record.at().isAfter(lastPlaying)) {
      tellChanges(record.event(), news);
    }
  }

  private void keepAnd(LogRecord<?> record, Runnable then) {
    records.add(record);
    if (records.size() > MOST_RECORDS) {
      records.remove();
    }
    then.run();
  }

  /// Whatever answers all that an earlier turn was to answer takes it over: nothing of that one was
  /// heard.
  private void answers(VoxEvent by, int turn, List<Integer> answered, Consumer<News> news) {
    Set<Integer> all = utterances.computeIfAbsent(turn, _ -> new HashSet<>());
    all.addAll(answered);
    utterances
        .headMap(turn, false)
        .forEach((earlier, theirs) -> {
          if (!theirs.isEmpty() && all.containsAll(theirs) && superseded.add(earlier)) {
            news.accept(Facts.superseded(by, earlier));
          }
        });
  }

  /// What was written after an answer went to the line changes nothing of that answer's time, so
  /// this is for the records that went before it.
  private void tellChanges(VoxEvent because, Consumer<News> news) {
    if (utterances.isEmpty()) {
      return;
    }
    List<LogRecord<?>> all = new ArrayList<>(lines);
    all.addAll(records);
    for (Turn turn : Turns.of(all)) {
      boolean mayChange = turn.number() > utterances.lastKey() - LAST_TURNS;
      boolean isAnswered = turn.answeredAt() != null;
      if (mayChange
          && isAnswered
          && !turn.waterfall().equals(told.put(turn.number(), turn.waterfall()))) {
        news.accept(Facts.waterfall(because, turn.number(), turn.waterfall()));
      }
    }
  }

  int turns() {
    return utterances.size() - superseded.size();
  }
}
