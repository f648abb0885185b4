package dev.voxlog.llm.dialogue;

import dev.voxlog.agent.Action;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a call's dialogue remembers from turn to turn.
///
/// `known` are slot values that a flow has used with success, by slot name: the order last spoken
/// about is among them. `frame` is the flow that is going on, `offer` what a yes would accept;
/// `asksForMore` after "anything else?"; `misunderstood` counts utterances in a row without sense;
/// `told` how often each wording's turn has come; `holdsOn` while the caller has asked for a
/// moment; `modelAsks` after a question of the language model's; `leaving` once the caller has
/// chosen a way out, by transfer or by hanging up.
public record Memory(
    Map<String, String> known,
    @Nullable Frame frame,
    @Nullable Offer offer,
    boolean asksForMore,
    int misunderstood,
    Map<String, Integer> told,
    boolean holdsOn,
    boolean modelAsks,
    @Nullable Action leaving) {
  public static final Memory EMPTY =
      new Memory(Map.of(), null, null, false, 0, Map.of(), false, false, null);

  /// A question to which yes means `intent`, or a person where there is no intent.
  public record Offer(@Nullable String intent, int unclear) {}

  public Memory {
    known = Map.copyOf(known);
    told = Map.copyOf(told);
  }

  Memory with(@Nullable Frame frame) {
    return new Memory(
        known, frame, offer, asksForMore, misunderstood, told, holdsOn, modelAsks, leaving);
  }

  Memory with(@Nullable Offer offer) {
    return new Memory(
        known, frame, offer, asksForMore, misunderstood, told, holdsOn, modelAsks, leaving);
  }

  Memory asking(boolean asksForMore) {
    return new Memory(
        known, frame, offer, asksForMore, misunderstood, told, holdsOn, modelAsks, leaving);
  }

  Memory misunderstood(int times) {
    return new Memory(known, frame, offer, asksForMore, times, told, holdsOn, modelAsks, leaving);
  }

  Memory holding(boolean holdsOn) {
    return new Memory(
        known, frame, offer, asksForMore, misunderstood, told, holdsOn, modelAsks, leaving);
  }

  Memory modelAsking(boolean modelAsks) {
    return new Memory(
        known, frame, offer, asksForMore, misunderstood, told, holdsOn, modelAsks, leaving);
  }

  Memory leaving(@Nullable Action leaving) {
    return new Memory(
        known, frame, offer, asksForMore, misunderstood, told, holdsOn, modelAsks, leaving);
  }

  Memory knowing(Map<String, String> values) {
    Map<String, String> all = new HashMap<>(known);
    all.putAll(values);
    return new Memory(
        all, frame, offer, asksForMore, misunderstood, told, holdsOn, modelAsks, leaving);
  }

  int told(String wording) {
    return told.getOrDefault(wording, 0);
  }

  Memory telling(String wording) {
    Map<String, Integer> all = new HashMap<>(told);
    all.merge(wording, 1, Integer::sum);
    return new Memory(
        known, frame, offer, asksForMore, misunderstood, all, holdsOn, modelAsks, leaving);
  }
}
