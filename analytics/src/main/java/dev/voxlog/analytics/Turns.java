package dev.voxlog.analytics;

import dev.voxlog.analytics.CallRecords.Place;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallEvent.Ruling;
import dev.voxlog.schemas.TurnEvent.Sentence;
import dev.voxlog.schemas.TurnEvent.TurnEnded;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes turns of one call's records: a pure function.
///
/// The records are in log order within each topic; between topics any order will do. Times of
/// different stages are subtracted, so they are figures only where the stages share a clock, as on
/// one machine; no decision rests on them.
public final class Turns {
  private final CallRecords records;

  private Turns(CallRecords records) {
    this.records = records;
  }

  /// The call's turns by number. Records of other kinds, and missing ones, do no harm: what they
  /// would tell is absent.
  public static List<Turn> of(List<? extends LogRecord<?>> records) {
    return new Turns(new CallRecords(records)).all();
  }

  private List<Turn> all() {
    TreeSet<Integer> numbers = new TreeSet<>(records.sentences.keySet());
    numbers.addAll(records.ended.keySet());
    records.requested.keySet().forEach(place -> numbers.add(place.turn()));
    return numbers.stream().map(this::turn).toList();
  }

  private Turn turn(int number) {
    NavigableMap<Integer, LogRecord<Sentence>> sentences =
        records.sentences.getOrDefault(number, new TreeMap<>());
    LogRecord<TurnEnded> ended = records.ended.get(number);
    List<Integer> utterances = utterances(sentences, ended);
    Turn.Cause cause = cause(number, utterances, ended);
    List<Turn.ToolCall> tools = tools(number);
    List<Turn.Spoken> spoken =
        sentences.values().stream().map(each -> spoken(each.event())).toList();
    Path path = new Path(records, number, cause, utterances);
    return new Turn(
        number,
        cause,
        utterances,
        words(utterances),
        intent(utterances, ended),
        ended == null ? null : ended.event().route(),
        ended == null ? null : ended.event().next(),
        spoken,
        tools,
        fate(number, utterances),
        path.answeredAt(),
        path.waterfall());
  }

  private static List<Integer> utterances(
      NavigableMap<Integer, LogRecord<Sentence>> sentences, @Nullable LogRecord<TurnEnded> ended) {
    if (ended != null) {
      return ended.event().utterances();
    }
    return sentences.isEmpty() ? List.of() : sentences.lastEntry().getValue().event().utterances();
  }

  private Turn.Cause cause(
      int number, List<Integer> utterances, @Nullable LogRecord<TurnEnded> ended) {
    if (!utterances.isEmpty()) {
      return Turn.Cause.SPEECH;
    }
    if (number == 1) {
      return Turn.Cause.CONNECTED;
    }
    boolean isReprompt = ended != null && ended.event().route().equals("reprompt");
    return isReprompt || records.keys.isEmpty() ? Turn.Cause.SILENCE : Turn.Cause.KEYS;
  }

  private String words(List<Integer> utterances) {
    return utterances.stream()
        .sorted()
        .flatMap(each -> Optional.ofNullable(records.finals.get(each)).stream())
        .map(each -> each.event().text())
        .collect(Collectors.joining(" "));
  }

  private @Nullable String intent(List<Integer> utterances, @Nullable LogRecord<TurnEnded> ended) {
    if (ended != null && ended.event().intent() != null) {
      return ended.event().intent();
    }
    return utterances.stream()
        .max(Integer::compare)
        .flatMap(last -> Optional.ofNullable(records.understood.get(last)))
        .map(each -> each.event().intent())
        .orElse(null);
  }

  private Turn.Spoken spoken(Sentence sentence) {
    CallEvent.Heard heard = records.heard.get(new Place(sentence.turn(), sentence.sentence()));
    return new Turn.Spoken(
        sentence.sentence(),
        sentence.text(),
        sentence.purpose(),
        heard == null ? "" : heard.text(),
        heard != null && heard.isWhole(),
        heard == null ? null : heard.evidence());
  }

  private List<Turn.ToolCall> tools(int number) {
    List<Turn.ToolCall> calls = new ArrayList<>();
    records
        .requested
        .subMap(new Place(number, Integer.MIN_VALUE), new Place(number, Integer.MAX_VALUE))
        .forEach((place, request) -> {
          LogRecord<CallEvent.ToolDone> done = records.done.get(place);
          CallEvent.ToolRequested asked = request.event();
          calls.add(
              done == null
                  ? new Turn.ToolCall(asked.n(), asked.tool(), asked.arguments(), null, null, 0)
                  : new Turn.ToolCall(
                      asked.n(),
                      asked.tool(),
                      asked.arguments(),
                      done.event().outcome(),
                      done.event().result(),
                      done.event().tookMs()));
        });
    return calls;
  }

  /// Interrupted is what the last verdict on some utterance says of this turn; superseded, that a
  /// later turn took its utterances over.
  private Turn.Fate fate(int number, List<Integer> utterances) {
    boolean isInterrupted =
        records.verdicts.values().stream()
            .anyMatch(each -> each.ruling() == Ruling.INTERRUPTED && each.turn() == number);
    if (isInterrupted) {
      return Turn.Fate.INTERRUPTED;
    }
    boolean isTakenOver =
        !utterances.isEmpty()
            && records.ended.tailMap(number, false).values().stream()
                .anyMatch(later -> later.event().utterances().containsAll(utterances));
    return isTakenOver ? Turn.Fate.SUPERSEDED : Turn.Fate.SPOKEN;
  }
}
