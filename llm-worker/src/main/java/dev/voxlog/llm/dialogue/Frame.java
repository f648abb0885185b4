package dev.voxlog.llm.dialogue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A flow that is going on: its slots so far and what was asked last.
///
/// `doubted` are slots whose value is read back before use; `declined` are presets the caller did
/// not want; `asked` counts the questions for each slot that led nowhere; `partial` are digits said
/// so far of a value that is too short; `lost` counts the values that the tool did not know.
public record Frame(
    String flow,
    Map<String, String> slots,
    Set<String> doubted,
    Set<String> declined,
    Phase phase,
    @Nullable String slot,
    Map<String, Integer> asked,
    String partial,
    int lost) {

  /// What the last question was about.
  public enum Phase {
    /// The slot's value.
    ASK,
    /// The slot's value, by keypad.
    KEYPAD,
    /// Whether the value heard is right.
    CONFIRM,
    /// Whether the preset will do.
    PRESET,
    /// Whether the value is right that the tool did not know.
    LOST,
    /// Nothing: a tool is at work.
    CALL;

    boolean isYesNo() {
      return this == CONFIRM || this == PRESET || this == LOST;
    }
  }

  public Frame {
    slots = Map.copyOf(slots);
    doubted = Set.copyOf(doubted);
    declined = Set.copyOf(declined);
    asked = Map.copyOf(asked);
  }

  static Frame of(String flow) {
    return new Frame(flow, Map.of(), Set.of(), Set.of(), Phase.ASK, null, Map.of(), "", 0);
  }

  Frame at(Phase phase, @Nullable String slot) {
    return new Frame(flow, slots, doubted, declined, phase, slot, asked, partial, lost);
  }

  Frame filled(String name, String value, boolean isDoubted) {
    Map<String, String> filled = new HashMap<>(slots);
    filled.put(name, value);
    return new Frame(
        flow,
        filled,
        isDoubted ? with(doubted, name) : without(doubted, name),
        declined,
        phase,
        slot,
        asked,
        "",
        lost);
  }

  Frame emptied(String name) {
    Map<String, String> left = new HashMap<>(slots);
    left.remove(name);
    return new Frame(flow, left, without(doubted, name), declined, phase, slot, asked, "", lost);
  }

  Frame trusting(String name) {
    return new Frame(
        flow, slots, without(doubted, name), declined, phase, slot, asked, partial, lost);
  }

  Frame declining(String name) {
    return new Frame(flow, slots, doubted, with(declined, name), phase, slot, asked, partial, lost);
  }

  Frame askedAgain(String name) {
    Map<String, Integer> counts = new HashMap<>(asked);
    counts.merge(name, 1, Integer::sum);
    return new Frame(flow, slots, doubted, declined, phase, slot, counts, partial, lost);
  }

  Frame heardPart(String digits) {
    return new Frame(flow, slots, doubted, declined, phase, slot, asked, digits, lost);
  }

  Frame losing() {
    return new Frame(flow, slots, doubted, declined, phase, slot, asked, partial, lost + 1);
  }

  int asked(String name) {
    return asked.getOrDefault(name, 0);
  }

  private static Set<String> with(Set<String> names, String name) {
    Set<String> more = new HashSet<>(names);
    more.add(name);
    return more;
  }

  private static Set<String> without(Set<String> names, String name) {
    Set<String> fewer = new HashSet<>(names);
    fewer.remove(name);
    return fewer;
  }
}
