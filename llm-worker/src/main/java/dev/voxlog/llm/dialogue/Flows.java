package dev.voxlog.llm.dialogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.voxlog.agent.Action;
import dev.voxlog.agent.Appointment;
import dev.voxlog.agent.Flow;
import dev.voxlog.agent.Prompt;
import dev.voxlog.agent.Slot;
import dev.voxlog.agent.Tool;
import dev.voxlog.agent.Values;
import dev.voxlog.llm.dialogue.Frame.Phase;
import dev.voxlog.llm.tools.ToolAnswer;
import dev.voxlog.schemas.CallEvent.Outcome;
import dev.voxlog.text.Correction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Leads through a flow of the agent file: from what was said to the slots, from the slots to the
/// next question, from all slots to the tool, from its answer to the words.
final class Flows {
  /// Who says so much beside a number says more than the number.
  private static final int MORE_THAN_A_NUMBER = 4;

  private static final int MOST_REFUSALS = 2;
  private static final String REFUSED = "refused";

  private final Conversation talk;
  private final Questions ask;
  private final Filling fill;
  private final Endings end;
  private final Appointments appointments;

  Flows(Conversation talk, Questions ask) {
    this.talk = talk;
    this.ask = ask;
    this.fill = new Filling(talk);
    this.end = new Endings(talk, ask);
    this.appointments = new Appointments(talk);
  }

  /// Begins a flow with what the caller has said already and what is known from earlier in the
  /// call.
  Move enter(Flow flow, Said said) {
    return enter(flow, Map.of(), said);
  }

  /// The same with values that a language model took from the conversation.
  Move enter(Flow flow, Map<String, String> values, Said said) {
    Flow.Entry entry = flow.entry();
    if (entry != null && !entry.holds(talk.values(Map.of(), null))) {
      return end.notEntered(flow, entry);
    }
    return advance(flow, fill.begun(flow, values, said));
  }

  /// Something else is asked instead of an answer: the question is repeated once; a caller who was
  /// asked again before has moved on, and the flow is left.
  void passOver(Frame frame, Said said) {
    String slot = frame.slot();
    if (slot == null || frame.phase().isYesNo() || !said.entities().isEmpty()) {
      return;
    }
    String passedOver = slot + " passed over";
    boolean wasAskedAgain = frame.asked(slot) + frame.asked(passedOver) > 0;
    talk.remember(
        talk.memory()
            .with(
                wasAskedAgain || frame.phase() == Phase.KEYPAD
                    ? null
                    : frame.askedAgain(passedOver)));
  }

  /// The caller's words while the flow waits; empty if they answer nothing it asked.
  Optional<Move> heard(Flow flow, Frame frame, Said said) {
    Slot slot = flow.slot(frame.slot() == null ? "" : frame.slot()).orElse(null);
    if (slot == null) {
      return Optional.empty();
    }
    return frame.phase().isYesNo()
        ? heardYesNo(flow, frame, slot, said)
        : heardValue(flow, frame, slot, said);
  }

  private Optional<Move> heardValue(Flow flow, Frame frame, Slot slot, Said said) {
    boolean isMore =
        talk.action(said).filter(Flows::isWish).isPresent()
            && said.wordsBesideEntities() > MORE_THAN_A_NUMBER;
    SlotReader.Reading reading =
        isMore
            ? SlotReader.mentioned(slot, said)
            : SlotReader.answered(slot, said, frame.partial(), talk.action(said));
    return switch (orWhole(reading, slot, frame, said)) {
      case SlotReader.Value value -> {
        Frame filled = fill.mentioned(flow, fill.with(frame, slot, value), said, slot);
        yield Optional.of(used(flow, filled, slot));
      }
      case SlotReader.Partial(String characters) ->
          Optional.of(askAgain(flow, frame.heardPart(characters), slot).unclear());
      case SlotReader.Nothing _ -> {
        Frame more = fill.mentioned(flow, frame, said, slot);
        yield Appointments.isOther(flow, frame, more)
            ? Optional.of(advance(flow, more))
            : Optional.empty();
      }
    };
  }

  private SlotReader.Reading orWhole(
      SlotReader.Reading reading, Slot slot, Frame frame, Said said) {
    return reading instanceof SlotReader.Nothing
        ? fill.whole(slot, frame, said).<SlotReader.Reading>map(each -> each).orElse(reading)
        : reading;
  }

  /// What is surely no answer to a question of a flow's.
  private static boolean isWish(Action action) {
    return action == Action.ANSWER || action == Action.UNSURE || action == Action.TRANSFER;
  }

  private Optional<Move> heardYesNo(Flow flow, Frame frame, Slot slot, Said said) {
    String value = frame.slots().getOrDefault(slot.name(), "");
    boolean isOpenText = slot.type() == Slot.Type.TEXT || slot.type() == Slot.Type.YES_NO;
    Optional<SlotReader.Value> mended = SlotReader.mended(slot, said, value);
    if (mended.isPresent()) {
      return Optional.of(used(flow, fill.with(frame, slot, mended.get()), slot));
    }
    SlotReader.Reading instead = orWhole(SlotReader.instead(slot, said), slot, frame, said);
    if (!isOpenText && instead instanceof SlotReader.Value better) {
      if (!better.value().equalsIgnoreCase(value)) {
        return Optional.of(used(flow, fill.with(frame, slot, better), slot));
      }
      return Optional.of(confirmed(flow, frame, slot));
    }
    Frame more = fill.mentioned(flow, frame, said, slot);
    if (Correction.in(said.entities()).stream().anyMatch(each -> each.denies(value))) {
      return Optional.of(denied(flow, more, slot));
    }
    Optional<YesNo> answer = YesNo.of(said, talk.action(said));
    boolean isYes = answer.filter(each -> each == YesNo.YES).isPresent();
    if (!isYes && frame.phase() == Phase.PRESET && Appointments.isOther(flow, frame, more)) {
      return Optional.of(advance(flow, more.emptied(slot.name())));
    }
    return answer.map(each -> isYes ? confirmed(flow, more, slot) : denied(flow, more, slot));
  }

  private Move confirmed(Flow flow, Frame frame, Slot slot) {
    if (frame.phase() == Phase.LOST) {
      return end.unknown(flow, frame);
    }
    return advance(flow, frame.trusting(slot.name()));
  }

  private Move denied(Flow flow, Frame frame, Slot slot) {
    Frame empty = frame.emptied(slot.name());
    return switch (frame.phase()) {
      case PRESET -> advance(flow, empty.declining(slot.name()));
      case LOST -> askLost(flow, empty, slot);
      default ->
          slot.isOptional() && slot.ask().isEmpty()
              ? advance(flow, empty)
              : askAgain(flow, empty, slot);
    };
  }

  /// A value that the tool has not known once is not tried twice.
  private Move used(Flow flow, Frame frame, Slot slot) {
    boolean wasTried =
        frame.lost() > 0
            && frame
                .slots()
                .getOrDefault(slot.name(), "")
                .equals(talk.memory().known().get(lostKey(slot)));
    return wasTried ? end.unknown(flow, frame) : advance(flow, frame);
  }

  private static String lostKey(Slot slot) {
    return "lost " + slot.name();
  }

  /// Digits typed on the keypad while the flow waits for some.
  Move keyed(Flow flow, Frame frame, Slot slot, String digits) {
    if (!slot.fits(digits)) {
      return askAgain(flow, frame.emptied(slot.name()), slot);
    }
    return used(flow, frame.filled(slot.name(), digits, false), slot);
  }

  /// Words that answer nothing: the same again, in other words.
  Move missed(Flow flow, Frame frame) {
    return askedAgain(flow, frame).unclear();
  }

  private Move askedAgain(Flow flow, Frame frame) {
    Slot slot = flow.slot(frame.slot() == null ? "" : frame.slot()).orElse(null);
    if (slot == null) {
      return advance(flow, frame);
    }
    if (!frame.phase().isYesNo()) {
      return askAgain(flow, frame, slot);
    }
    List<String> words = new ArrayList<>(talk.told(Prompt.YES_OR_NO));
    question(flow, frame).stream().dropWhile(Flows::isOpener).forEach(words::add);
    return yesOrNo(flow, frame, slot, words);
  }

  /// "Sure." goes before a question that is asked for the first time.
  private static boolean isOpener(String sentence) {
    return !sentence.endsWith("?") && sentence.split(" ").length <= 2;
  }

  private List<String> question(Flow flow, Frame frame) {
    return ask.pending(flow, frame, Reply.of(Reply.Route.FLOW, List.of())).question();
  }

  /// The wish that led here once more, perhaps with more of what it needs: a yes or no is asked for
  /// in the question's own words, which the caller may have talked over.
  Move wishedAgain(Flow flow, Frame given, Said said) {
    return wishedAgain(flow, given, Map.of(), said);
  }

  /// The same with values that a language model took from the conversation.
  Move wishedAgain(Flow flow, Frame given, Map<String, String> values, Said said) {
    Frame chosen = fill.chosen(flow, given, values, said);
    if (!given.phase().isYesNo() && !chosen.equals(given)) {
      return advance(flow, chosen);
    }
    Slot slot = flow.slot(given.slot() == null ? "" : given.slot()).orElse(null);
    if (slot == null || !given.phase().isYesNo()) {
      return askedAgain(flow, given);
    }
    Frame frame = fill.mentioned(flow, given, said, slot);
    return yesOrNo(flow, frame, slot, question(flow, frame));
  }

  private Move yesOrNo(Flow flow, Frame frame, Slot slot, List<String> question) {
    String key = slot.name() + "?";
    if (frame.asked(key) >= Math.max(1, slot.retries())) {
      return frame.phase() == Phase.LOST ? end.unknown(flow, frame) : end.giveUp(flow, frame);
    }
    talk.remember(talk.memory().with(frame.askedAgain(key)));
    return new Move.Say(Reply.of(Reply.Route.FLOW, List.of()).asking(question, Expectation.YES_NO));
  }

  // From the slots to the next question.

  private Move advance(Flow flow, Frame given) {
    Frame frame = appointments.completed(flow, given);
    List<String> reason = appointments.refused(flow, frame);
    if (!reason.isEmpty()) {
      return askWhen(flow, frame, reason);
    }
    for (Slot slot : flow.slots()) {
      if (!frame.slots().containsKey(slot.name())) {
        Optional<String> preset = ask.preset(slot, frame);
        if (preset.isPresent()) {
          frame = frame.filled(slot.name(), preset.get(), false);
          if (!slot.presetQuestion().isEmpty()) {
            return ask.isPreset(frame, slot);
          }
        } else if (!slot.isOptional()) {
          return ask.value(flow, frame, slot);
        }
      }
      Slot.Limit limit = slot.limit();
      if (limit != null && limit.isExceededBy(frame.slots().getOrDefault(slot.name(), ""))) {
        return end.tooMuch(flow, frame, limit);
      }
      if (frame.doubted().contains(slot.name())) {
        return ask.isRight(frame, slot);
      }
    }
    return call(flow, frame);
  }

  /// Asks for another day and time; who has none that will do is not asked for ever.
  private Move askWhen(Flow flow, Frame given, List<String> reason) {
    Appointment appointment = Objects.requireNonNull(flow.appointment());
    Slot time = flow.slot(appointment.time()).orElseThrow();
    Frame frame =
        given.emptied(appointment.day()).emptied(appointment.time()).askedAgain(time.name());
    return frame.asked(time.name()) > time.retries() + 1
        ? end.giveUp(flow, frame)
        : ask.when(appointment, frame, time, reason);
  }

  private Move askAgain(Flow flow, Frame given, Slot slot) {
    Frame frame = given.askedAgain(slot.name());
    int times = frame.asked(slot.name());
    boolean hasKeypad = slot.keypad() != null && times <= slot.retries() + 2;
    if (times > slot.retries() && !hasKeypad) {
      return end.giveUp(flow, frame);
    }
    return times > slot.retries() || frame.phase() == Phase.KEYPAD
        ? ask.typed(flow, frame, slot)
        : ask.again(flow, frame, slot, times);
  }

  // From all slots to the tool, and from its answer to the words.

  private Move call(Flow flow, Frame frame) {
    Frame ready = frame.at(Phase.CALL, null);
    talk.remember(talk.memory().with(ready));
    Flow.Call call = flow.call();
    if (call == null) {
      return end.finished(flow, ready, null, Reply.Route.FLOW);
    }
    Tool tool = talk.agent.tool(call.tool()).orElse(null);
    if (tool == null) {
      return end.failed(flow, ready, null, Outcome.FAILED);
    }
    ObjectNode arguments = tool.arguments(call.arguments(), ask.values(ready, null));
    return new Move.Use(tool, arguments);
  }

  Move done(Flow flow, Frame frame, ToolAnswer answer) {
    return switch (answer.outcome()) {
      case OK -> end.finished(flow, frame, answer.result(), Reply.Route.TOOL);
      case NOT_FOUND, WITHHELD ->
          flow.onNotFound() == null
              ? end.failed(flow, frame, null, Outcome.NOT_FOUND)
              : lost(flow, frame, flow.onNotFound());
      case REFUSED -> refused(flow, frame, answer.result());
      case FAILED, UNCERTAIN, UNKNOWN -> end.failed(flow, frame, answer.result(), answer.outcome());
    };
  }

  /// The tool says no, and why: what can be put right is asked for anew.
  private Move refused(Flow flow, Frame given, @Nullable JsonNode result) {
    Values values = ask.values(given, result);
    Flow.Refusal refusal = flow.refusal(values).orElse(null);
    if (refusal == null) {
      return end.failed(flow, given, result, Outcome.REFUSED);
    }
    List<String> reason = talk.told(refusal.then().say(), "refused " + flow.name(), values);
    if (refusal.again().isEmpty() || given.asked(REFUSED) >= MOST_REFUSALS) {
      return end.refused(flow, refusal, reason, values);
    }
    Frame frame = given.askedAgain(REFUSED);
    for (String slot : refusal.again()) {
      frame = frame.emptied(slot);
    }
    if (Appointments.isOf(flow, refusal.again())) {
      return askWhen(flow, frame, reason);
    }
    Move next = advance(flow, frame);
    return next instanceof Move.Say(Reply reply) ? new Move.Say(reply.after(reason)) : next;
  }

  /// Reads the value back on the first miss; one that was read back, spelled and typed is given up.
  private Move lost(Flow flow, Frame given, Flow.NotFound policy) {
    Slot slot = flow.slot(policy.slot()).orElseGet(() -> flow.slots().getFirst());
    boolean wasTyped = given.lost() >= 2;
    Frame frame = given.losing();
    talk.remember(
        talk.memory().knowing(Map.of(lostKey(slot), frame.slots().getOrDefault(slot.name(), ""))));
    if (wasTyped) {
      return end.unknown(flow, frame);
    }
    return ask.isRightThoughLost(flow, frame, slot);
  }

  private Move askLost(Flow flow, Frame frame, Slot slot) {
    Flow.NotFound policy = flow.onNotFound();
    boolean isToBeTyped = frame.lost() > 1;
    if (policy == null || (isToBeTyped && policy.keypad() == null)) {
      return end.giveUp(flow, frame);
    }
    return isToBeTyped ? ask.typed(flow, frame, slot) : ask.instead(policy, frame, slot);
  }
}
