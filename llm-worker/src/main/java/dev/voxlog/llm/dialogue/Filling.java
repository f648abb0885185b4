package dev.voxlog.llm.dialogue;

import dev.voxlog.agent.Flow;
import dev.voxlog.agent.Slot;
import dev.voxlog.agent.Template;
import dev.voxlog.agent.Values;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Fills a flow's slots with what the caller has said.
final class Filling {
  private final Conversation talk;

  Filling(Conversation talk) {
    this.talk = talk;
  }

  /// A flow that begins: with what `said` mentions, else with `values`, which a language model took
  /// from the conversation and which are therefore read back, else with what is known from earlier
  /// in the call.
  Frame begun(Flow flow, Map<String, String> values, Said said) {
    Frame frame = mentioned(flow, chosen(flow, Frame.of(flow.name()), values, said), said);
    boolean isOfBefore = said.isOfBefore();
    for (Slot slot : flow.slots()) {
      String known = talk.memory().known().get(slot.name());
      boolean isMissing = !frame.slots().containsKey(slot.name()) && !slot.isOptional();
      if (isMissing
          && known != null
          && isOfBefore
          && !SlotReader.isMisheard(slot, said)
          && slot.fits(known)) {
        frame = frame.filled(slot.name(), known, false);
      } else if (isMissing && isNotToBeOffered(slot, known, said)) {
        frame = frame.declining(slot.name());
      }
    }
    return frame;
  }

  /// What was spoken of before and is not meant now is not offered, nor is anything to a caller who
  /// has begun to say what they mean.
  private boolean isNotToBeOffered(Slot slot, @Nullable String known, Said said) {
    Template preset = slot.preset();
    if (preset == null || preset.names().contains(Values.CALLER)) {
      return false;
    }
    boolean isKnown =
        known != null && preset.fill(talk.values(Map.of(), null)).filter(known::equals).isPresent();
    return isKnown || SlotReader.isMisheard(slot, said);
  }

  /// What a language model gives of slots that are empty; only what was spoken of before, and is
  /// spoken of again, needs no reading back.
  Frame chosen(Flow flow, Frame given, Map<String, String> values, Said said) {
    Frame frame = given;
    for (Slot slot : flow.slots()) {
      String value = values.getOrDefault(slot.name(), "").strip();
      if (!frame.slots().containsKey(slot.name()) && SlotReader.isWritten(slot, value)) {
        boolean isSpokenOf =
            value.equals(talk.memory().known().get(slot.name())) && said.isOfBefore();
        boolean isDoubted = !isSpokenOf || slot.confirm() == Slot.Confirm.ALWAYS;
        frame = frame.filled(slot.name(), value, isDoubted);
      }
    }
    return frame;
  }

  /// The slot with what was read of it; doubted where it is to be read back.
  Frame with(Frame frame, Slot slot, SlotReader.Value read) {
    boolean isDoubted =
        switch (slot.confirm()) {
          case NEVER -> false;
          case ALWAYS -> true;
          case WHEN_UNSURE -> read.confidence() < talk.confirmBelow;
        };
    return frame.filled(slot.name(), read.value(), isDoubted);
  }

  /// What "all of it" stands for, where that is said and known.
  Optional<SlotReader.Value> whole(Slot slot, Frame frame, Said said) {
    return slot.whole() == null || !AllOfIt.isSaid(said)
        ? Optional.empty()
        : slot.whole()
            .in(talk.values(frame.slots(), null))
            .map(amount -> new SlotReader.Value(amount, said.recognition()));
  }

  /// Takes up all that the caller mentioned, but for `except`, which has been read.
  Frame mentioned(Flow flow, Frame given, Said said, Slot... except) {
    Frame frame = given;
    for (Slot slot : flow.slots()) {
      boolean isRead = List.of(except).contains(slot);
      if (!isRead
          && !isTaken(flow, frame, slot, said)
          && SlotReader.mentioned(slot, said) instanceof SlotReader.Value value) {
        frame = with(frame, slot, value);
      }
    }
    return frame;
  }

  /// Digits that fill one slot do not fill a second one.
  private static boolean isTaken(Flow flow, Frame frame, Slot slot, Said said) {
    return SlotReader.mentioned(slot, said) instanceof SlotReader.Value value
        && flow.slots().stream()
            .anyMatch(
                other -> other != slot && value.value().equals(frame.slots().get(other.name())));
  }
}
