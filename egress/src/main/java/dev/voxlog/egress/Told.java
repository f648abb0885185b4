package dev.voxlog.egress;

import dev.voxlog.runtime.Effects;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallEvent.Cancelled;
import dev.voxlog.schemas.CallEvent.Evidence;
import dev.voxlog.schemas.CallEvent.Heard;
import dev.voxlog.schemas.CallEvent.Verdict;
import dev.voxlog.schemas.CallId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What this stage has told of a call, by itself or by its predecessor: what was heard of the
/// sentences that are not over, and the last verdict of each utterance.
final class Told {
  private final CallId call;
  private final Effects effects;
  private final Map<Place, Heard> heard = new HashMap<>();
  private final Map<Integer, Verdict> verdicts = new HashMap<>();
  private final Map<Place, Long> toResume = new HashMap<>();
  private final Set<String> cancels = new HashSet<>();
  private boolean isTakeover;

  private record Place(int turn, int sentence) {}

  Told(CallId call, Effects effects) {
    this.call = call;
    this.effects = effects;
  }

  /// A predecessor wrote this.
  void note(Heard before) {
    Place place = new Place(before.turn(), before.sentence());
    heard.merge(place, before, (old, last) -> last.n() > old.n() ? last : old);
    toResume.put(place, before.heardMs());
  }

  void note(Verdict before) {
    verdicts.merge(before.utterance(), before, (old, last) -> last.n() > old.n() ? last : old);
  }

  void note(Cancelled before) {
    cancels.add(before.identity());
  }

  void takenOver() {
    isTakeover = true;
  }

  boolean isTakeover() {
    return isTakeover;
  }

  /// What the caller had heard of the sentence when a predecessor was cut off in it.
  void resume(SpokenSentence sentence) {
    Long from = toResume.remove(new Place(sentence.turn(), sentence.number()));
    if (from != null) {
      sentence.resumeFrom(from);
    }
  }

  void heard(SpokenSentence sentence, long ms, boolean isWhole, Evidence evidence) {
    Place place = new Place(sentence.turn(), sentence.number());
    Heard before = heard.get(place);
    String text = isWhole ? sentence.text() : sentence.textUntil(ms);
    if (before != null && isSame(before, text, ms, isWhole)) {
      return;
    }
    int n = before == null ? 1 : before.n() + 1;
    Heard telling =
        new Heard(
            call,
            effects.now(),
            sentence.turn(),
            sentence.number(),
            n,
            text,
            ms,
            isWhole,
            evidence);
    heard.put(place, telling);
    effects.emit(telling);
  }

  /// Less, or more, was heard of the sentence than was told.
  void correct(SpokenSentence sentence, long ms, boolean isWhole) {
    if (ms > 0 || heard.containsKey(new Place(sentence.turn(), sentence.number()))) {
      heard(sentence, ms, isWhole && !sentence.isFailed(), Evidence.ACKED);
    }
  }

  private static boolean isSame(Heard before, String text, long ms, boolean isWhole) {
    return before.isWhole() == isWhole
        && before.text().equals(text)
        && (isWhole || before.heardMs() == ms);
  }

  /// The heard parts of the turn's sentences, in order.
  Stream<String> heard(int turn) {
    return heard.entrySet().stream()
        .filter(entry -> entry.getKey().turn() == turn && !entry.getValue().text().isBlank())
        .sorted(Comparator.comparingInt(entry -> entry.getKey().sentence()))
        .map(entry -> entry.getValue().text());
  }

  Optional<Verdict> verdict(int utterance) {
    return Optional.ofNullable(verdicts.get(utterance));
  }

  Verdict rule(int utterance, CallEvent.Ruling ruling, int turn, long mediaMs) {
    int n = verdict(utterance).map(before -> before.n() + 1).orElse(1);
    Verdict verdict = new Verdict(call, effects.now(), utterance, n, ruling, turn, mediaMs);
    verdicts.put(utterance, verdict);
    effects.emit(verdict);
    return verdict;
  }

  /// Whether no predecessor has told what became of it.
  boolean isToBeCancelled(CallEvent.Cancel cancel) {
    return !cancels.remove(cancelled(cancel, 0).identity());
  }

  void cancel(CallEvent.Cancel cancel, int turn) {
    effects.emit(cancelled(cancel, turn));
  }

  private Cancelled cancelled(CallEvent.Cancel cancel, int turn) {
    return new Cancelled(call, effects.now(), cancel.attach(), cancel.n(), turn);
  }

  /// What is not needed once a turn is over.
  void forgetBefore(int turn, int utterance) {
    heard.keySet().removeIf(place -> place.turn() < turn);
    toResume.keySet().removeIf(place -> place.turn() < turn);
    verdicts.keySet().removeIf(number -> number < utterance);
  }
}
