package dev.voxlog.llm;

import dev.voxlog.llm.dialogue.Said;
import dev.voxlog.schemas.CallEvent.Asked;
import dev.voxlog.schemas.CallEvent.Ruling;
import dev.voxlog.schemas.CallEvent.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Brings each utterance's words and egress's verdict together, whichever comes first: only with
/// both, and a verdict of clear or interrupted, is an utterance to be answered, and only once.
///
/// Where answers are given on request, that must be there as well: one is for all that was said by
/// its place on the media clock, so it may come before the words, and be read twice.
final class Utterances {
  private static final int REMEMBERED = 32;

  private final TreeMap<Integer, Said> understood = new TreeMap<>();
  private final TreeMap<Integer, Ruled> ruled = new TreeMap<>();
  private final TreeSet<Integer> answered = new TreeSet<>();
  private final boolean isOnRequest;
  private long askedThroughMs;

  /// The `n`th verdict of an utterance.
  record Ruled(int n, Ruling ruling) {
    private boolean isToBeAnswered() {
      return ruling == Ruling.CLEAR || ruling == Ruling.INTERRUPTED;
    }
  }

  /// What is kept of it at a checkpoint.
  record Kept(
      Map<Integer, Said> understood,
      Map<Integer, Ruled> ruled,
      Set<Integer> answered,
      long askedThroughMs) {
    static final Kept NONE = new Kept(Map.of(), Map.of(), Set.of(), 0);
  }

  Utterances(Kept kept, boolean isOnRequest) {
    this.isOnRequest = isOnRequest;
    askedThroughMs = kept.askedThroughMs();
    understood.putAll(kept.understood());
    ruled.putAll(kept.ruled());
    answered.addAll(kept.answered());
  }

  void understood(int utterance, Said said) {
    if (!answered.contains(utterance)) {
      understood.putIfAbsent(utterance, said);
      bound();
    }
  }

  void ruled(Verdict verdict) {
    ruled.merge(
        verdict.utterance(),
        new Ruled(verdict.n(), verdict.ruling()),
        (old, last) -> last.n() >= old.n() ? last : old);
    bound();
  }

  void asked(Asked request) {
    askedThroughMs = Math.max(askedThroughMs, request.mediaMs());
  }

  /// The utterances to be answered, in the order they were said.
  List<Integer> ready() {
    List<Integer> ready = new ArrayList<>();
    understood.forEach((utterance, said) -> {
      Ruled verdict = ruled.get(utterance);
      if (verdict != null && verdict.isToBeAnswered() && isAskedFor(said)) {
        ready.add(utterance);
      }
    });
    return ready;
  }

  private boolean isAskedFor(Said said) {
    return !isOnRequest || said.mediaMs() <= askedThroughMs;
  }

  /// Whether more than what was answered is on its way: of a later utterance, words or verdict are
  /// there and the other is not.
  boolean isMoreToCome() {
    int last = answered.isEmpty() ? 0 : answered.last();
    boolean hasBegun =
        ruled.tailMap(last, false).entrySet().stream()
            .anyMatch(
                each -> each.getValue().isToBeAnswered() && !understood.containsKey(each.getKey()));
    return hasBegun
        || understood.tailMap(last, false).keySet().stream()
            .anyMatch(each -> !ruled.containsKey(each));
  }

  /// Takes an utterance to answer it.
  Said take(int utterance) {
    Said said = understood.remove(utterance);
    if (said == null) {
      throw new IllegalStateException("utterance " + utterance + " is not there to be answered");
    }
    answered.add(utterance);
    bound();
    return said;
  }

  private void bound() {
    while (understood.size() > REMEMBERED) {
      understood.pollFirstEntry();
    }
    while (ruled.size() > REMEMBERED) {
      ruled.pollFirstEntry();
    }
    while (answered.size() > REMEMBERED) {
      answered.pollFirst();
    }
  }

  Kept kept() {
    return new Kept(
        new TreeMap<>(understood), new TreeMap<>(ruled), new TreeSet<>(answered), askedThroughMs);
  }
}
