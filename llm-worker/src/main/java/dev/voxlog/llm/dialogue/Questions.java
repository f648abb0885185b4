package dev.voxlog.llm.dialogue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.voxlog.agent.Appointment;
import dev.voxlog.agent.Flow;
import dev.voxlog.agent.Prompt;
import dev.voxlog.agent.Slot;
import dev.voxlog.agent.Template;
import dev.voxlog.agent.Values;
import dev.voxlog.llm.dialogue.Frame.Phase;
import dev.voxlog.schemas.TurnEvent.Next;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Puts a flow's questions: each remembers what was asked, and tells what kind of answer is
/// expected.
final class Questions {
  private final Conversation talk;

  Questions(Conversation talk) {
    this.talk = talk;
  }

  /// The reply, and the question of the flow that goes on, if one does; an offer that stands is not
  /// said again.
  Reply pending(Reply reply) {
    Frame frame = talk.memory().frame();
    if (talk.memory().offer() != null) {
      return reply.asking(reply.question(), Expectation.YES_NO);
    }
    if (frame == null || reply.next() != Next.LISTEN) {
      return reply;
    }
    return talk.agent.flow(frame.flow()).map(flow -> pending(flow, frame, reply)).orElse(reply);
  }

  /// The question the flow waits on, as it is asked again after something else was answered.
  Reply pending(Flow flow, Frame frame, Reply answer) {
    Slot slot = flow.slot(frame.slot() == null ? "" : frame.slot()).orElse(null);
    if (slot == null) {
      return answer;
    }
    List<String> question =
        switch (frame.phase()) {
          case ASK -> talk.told(asks(flow, slot), "ask again " + slot.name(), values(frame, null));
          case KEYPAD -> keypad(flow, frame, slot);
          case CONFIRM -> readBack(frame, slot);
          case PRESET -> presetQuestion(frame, slot);
          case LOST -> lostQuestion(flow, frame);
          case CALL -> List.of();
        };
    return question.isEmpty() ? answer : answer.asking(question, expects(frame, slot));
  }

  private static List<Template> asks(Flow flow, Slot slot) {
    Appointment appointment = flow.appointment();
    return appointment != null && appointment.has(slot.name()) ? appointment.ask() : slot.ask();
  }

  private static Expectation expects(Frame frame, Slot slot) {
    return frame.phase().isYesNo() ? Expectation.YES_NO : expected(slot);
  }

  private static Expectation expected(Slot slot) {
    return new Expectation(slot.expects(), slot.exactLength());
  }

  private Move ask(Frame frame, List<String> question, Expectation expects) {
    talk.remember(talk.memory().with(frame));
    return new Move.Say(Reply.of(Reply.Route.FLOW, List.of()).asking(question, expects));
  }

  /// Asks for the slot's value.
  Move value(Flow flow, Frame frame, Slot slot) {
    return ask(
        frame.at(Phase.ASK, slot.name()),
        talk.told(slot.ask(), "ask " + slot.name(), values(frame, null)),
        expected(slot));
  }

  /// Asks for the slot's value once more, for the `times`th time in other words.
  Move again(Flow flow, Frame frame, Slot slot, int times) {
    List<String> question = new ArrayList<>();
    Values values = values(frame, null);
    if (slot.reask().isEmpty()) {
      question.addAll(talk.told(asks(flow, slot), "ask " + slot.name(), values));
      if (slot.type().isDigits()) {
        question.addAll(talk.told(Prompt.DIGIT_BY_DIGIT));
      }
    } else {
      int which = Math.min(times, slot.reask().size()) - 1;
      question.addAll(talk.told(List.of(slot.reask().get(which)), "ask " + slot.name(), values));
    }
    return ask(frame.at(Phase.ASK, slot.name()), question, expected(slot));
  }

  /// Asks for another value instead of one that the tool does not know.
  Move instead(Flow.NotFound policy, Frame frame, Slot slot) {
    List<String> question = talk.told(List.of(policy.again()), "again", values(frame, null));
    return ask(frame.at(Phase.ASK, slot.name()), question, expected(slot));
  }

  /// Asks anew for when the appointment is to be, after `reason`.
  Move when(Appointment appointment, Frame given, Slot time, List<String> reason) {
    Frame frame = given.at(Phase.ASK, time.name());
    talk.remember(talk.memory().with(frame));
    List<String> question = talk.told(appointment.ask(), "when", values(frame, null));
    return new Move.Say(Reply.of(Reply.Route.FLOW, reason).asking(question, expected(time)));
  }

  Move typed(Flow flow, Frame frame, Slot slot) {
    return ask(frame.at(Phase.KEYPAD, slot.name()), keypad(flow, frame, slot), expected(slot));
  }

  /// Asks whether the preset will do.
  Move isPreset(Frame frame, Slot slot) {
    return ask(
        frame.at(Phase.PRESET, slot.name()), presetQuestion(frame, slot), Expectation.YES_NO);
  }

  /// Asks whether the value was heard right.
  Move isRight(Frame frame, Slot slot) {
    return ask(frame.at(Phase.CONFIRM, slot.name()), readBack(frame, slot), Expectation.YES_NO);
  }

  /// Asks whether the value was heard right that the tool does not know.
  Move isRightThoughLost(Flow flow, Frame given, Slot slot) {
    Frame frame = given.at(Phase.LOST, slot.name());
    return ask(frame, lostQuestion(flow, frame), Expectation.YES_NO);
  }

  private List<String> keypad(Flow flow, Frame frame, Slot slot) {
    Flow.NotFound lost = flow.onNotFound();
    var wording =
        frame.lost() > 0 && lost != null && lost.keypad() != null ? lost.keypad() : slot.keypad();
    return wording == null
        ? talk.told(Prompt.KEYPAD)
        : talk.told(List.of(wording), "keypad", values(frame, null));
  }

  /// What fills the slot before it is asked for, if the caller has not declined it.
  Optional<String> preset(Slot slot, Frame frame) {
    if (slot.preset() == null || slot.isOptional() || frame.declined().contains(slot.name())) {
      return Optional.empty();
    }
    return slot.preset().fill(values(frame, null)).filter(each -> isWhole(slot, each));
  }

  /// A carrier may give words, such as anonymous, for a caller's number.
  private static boolean isWhole(Slot slot, String value) {
    String digits = value.startsWith("+") ? value.substring(1) : value;
    return slot.fits(digits) && (!slot.type().isDigits() || digits.matches("\\d+"));
  }

  private List<String> presetQuestion(Frame frame, Slot slot) {
    List<String> own = Conversation.first(slot.presetQuestion(), values(frame, null));
    return own.isEmpty() ? readBack(frame, slot) : own;
  }

  private List<String> readBack(Frame frame, Slot slot) {
    String spoken = slot.type().format().apply(frame.slots().getOrDefault(slot.name(), ""));
    Values values = values(frame, null);
    Values withValue = name -> name.equals("value") ? spoken : values.value(name);
    List<String> own = Conversation.first(slot.readBack(), withValue);
    return own.isEmpty() ? talk.told(Prompt.READ_BACK, withValue) : own;
  }

  /// What the flow's wordings may name.
  Values values(Frame frame, @Nullable JsonNode result) {
    return talk.values(frame.slots(), result);
  }

  private List<String> lostQuestion(Flow flow, Frame frame) {
    Flow.NotFound policy = flow.onNotFound();
    return policy == null
        ? List.of()
        : talk.told(List.of(policy.readBack()), "lost", values(frame, null));
  }
}
