package dev.voxlog.cli.call;

import dev.voxlog.analytics.LogRecord;
import dev.voxlog.analytics.Turn;
import dev.voxlog.analytics.Turns;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallEvent.Ruling;
import dev.voxlog.schemas.TranscriptEvent;
import dev.voxlog.schemas.TurnEvent;
import dev.voxlog.schemas.Understanding.Understood;
import dev.voxlog.schemas.VoxEvent;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a call's records say at one moment, for a caller who waits and for who judges afterwards.
final class CallFacts {
  /// An utterance may begin a little before its file's first sample, where noise was voiced.
  private static final long LEAD_MS = 250;

  private final List<LogRecord<?>> records;
  private final List<Turn> turns;

  CallFacts(List<LogRecord<?>> records) {
    this.records = records;
    this.turns = Turns.of(records);
  }

  List<Turn> turns() {
    return turns;
  }

  private <E extends VoxEvent> Stream<E> all(Class<E> kind) {
    return records.stream().map(LogRecord::event).filter(kind::isInstance).map(kind::cast);
  }

  /// Whether the agent owes something: words without a turn, a tool without an answer, a turn whose
  /// audio is on its way.
  boolean isPending() {
    Set<Integer> answered =
        turns.stream().flatMap(turn -> turn.utterances().stream()).collect(Collectors.toSet());
    boolean owesTurn =
        all(TranscriptEvent.Final.class)
            .anyMatch(each ->
                !each.text().isBlank()
                    && !answered.contains(each.utterance())
                    && !isResumed(each.utterance()));
    boolean isSpeaking =
        all(TranscriptEvent.SpeechStarted.class).count()
            > all(TranscriptEvent.SpeechEnded.class).count();
    return owesTurn
        || isSpeaking
        || turns.stream().reduce((_, last) -> last).map(this::isUnfinished).orElse(false);
  }

  private boolean isUnfinished(Turn turn) {
    if (turn.fate() != Turn.Fate.SPOKEN) {
      return false;
    }
    boolean waitsForTool = turn.tools().stream().anyMatch(call -> call.outcome() == null);
    boolean waitsForAudio =
        turn.sentences().stream()
            .anyMatch(sentence ->
                all(CallEvent.Playing.class)
                    .noneMatch(
                        p -> p.turn() == turn.number() && p.sentence() == sentence.number()));
    return turn.route() == null || waitsForTool || waitsForAudio;
  }

  private boolean isResumed(int utterance) {
    return all(CallEvent.Verdict.class)
        .filter(each -> each.utterance() == utterance)
        .max(Comparator.comparingInt(CallEvent.Verdict::n))
        .map(each -> each.ruling() == Ruling.RESUMED)
        .orElse(false);
  }

  /// What the dialogue waits for.
  CallEvent.Answer expected() {
    return all(CallEvent.Expects.class)
        .max(Comparator.comparingInt(CallEvent.Expects::turn))
        .map(CallEvent.Expects::answer)
        .orElse(CallEvent.Answer.ANYTHING);
  }

  /// Utterances that began while the caller's item was being said: from its first millisecond to
  /// the next item's.
  List<Integer> utterancesIn(double fromMs, double toMs) {
    return all(TranscriptEvent.SpeechStarted.class)
        .filter(each -> each.onsetMs() >= fromMs - LEAD_MS && each.onsetMs() < toMs - LEAD_MS)
        .map(TranscriptEvent.SpeechStarted::utterance)
        .distinct()
        .sorted()
        .toList();
  }

  List<String> words(List<Integer> utterances) {
    return all(TranscriptEvent.Final.class)
        .filter(each -> utterances.contains(each.utterance()))
        .collect(
            Collectors.toMap(
                TranscriptEvent.Final::utterance, each -> each, (first, _) -> first, TreeMap::new))
        .values()
        .stream()
        .map(TranscriptEvent.Final::text)
        .toList();
  }

  List<Understood> understood(List<Integer> utterances) {
    return List.copyOf(
        all(Understood.class)
            .filter(each -> each.isFinal() && utterances.contains(each.utterance()))
            .collect(
                Collectors.toMap(
                    Understood::utterance, each -> each, (first, _) -> first, TreeMap::new))
            .values());
  }

  List<Turn> turnsOf(List<Integer> utterances) {
    return turns.stream()
        .filter(turn -> turn.utterances().stream().anyMatch(utterances::contains))
        .toList();
  }

  boolean isTransferredBy(Turn turn) {
    return all(CallEvent.Transfer.class).anyMatch(each -> each.turn() == turn.number())
        || turn.next() == TurnEvent.Next.TRANSFER;
  }

  /// The last verdict on each of the utterances.
  List<CallEvent.Verdict> verdicts(List<Integer> utterances) {
    return List.copyOf(
        all(CallEvent.Verdict.class)
            .filter(each -> utterances.contains(each.utterance()))
            .collect(
                Collectors.toMap(
                    CallEvent.Verdict::utterance,
                    each -> each,
                    (a, b) -> b.n() >= a.n() ? b : a,
                    TreeMap::new))
            .values());
  }

  Optional<CallEvent.Ended> ended() {
    return all(CallEvent.Ended.class).findFirst();
  }

  /// The turn that has spoken last.
  Optional<Turn> lastTurn() {
    return turns.stream().filter(turn -> !turn.sentences().isEmpty()).reduce((_, last) -> last);
  }
}
