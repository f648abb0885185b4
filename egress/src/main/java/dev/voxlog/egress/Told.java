package dev.voxlog.egress;

import dev.voxlog.runtime.Effects;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallEvent.Evidence;
import dev.voxlog.schemas.CallEvent.Heard;
import dev.voxlog.schemas.CallEvent.Verdict;
import dev.voxlog.schemas.CallId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What this stage has told of a call, by itself or by its predecessor: what was heard of the
/// sentences that are not over, and the last verdict of each utterance.
final class Told {
  private final CallId call;
  private final Effects effects;
  private final Map<Place, Heard> heard = new HashMap<>();
  private final Map<Integer, Verdict> verdicts = new HashMap<>();
  private final Map<Place, Long> toResume = new HashMap<>();
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

  private static boolean isSame(Heard before, String text, long ms, boolean isWhole) {
    return before.isWhole() == isWhole
        && before.text().equals(text)
        && (isWhole || before.heardMs() == ms);
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

  /// What is not needed once a turn is over.
  void forgetBefore(int turn, int utterance) {
    heard.keySet().removeIf(place -> place.turn() < turn);
    toResume.keySet().removeIf(place -> place.turn() < turn);
    verdicts.keySet().removeIf(number -> number < utterance);
  }
}
