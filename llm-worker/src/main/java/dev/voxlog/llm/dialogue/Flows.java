package dev.voxlog.llm.dialogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.voxlog.agent.Flow;
import dev.voxlog.agent.Prompt;
import dev.voxlog.agent.Slot;
import dev.voxlog.agent.Tool;
import dev.voxlog.agent.Values;
import dev.voxlog.llm.dialogue.Frame.Phase;
import dev.voxlog.llm.tools.ToolAnswer;
import dev.voxlog.schemas.CallEvent.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Leads through a flow of the agent file: from what was said to the slots, from the slots to the next question, from all
/// slots to the tool, from its answer to the words.
final class Flows {
  private static final Pattern ANOTHER = Pattern.compile(".*\\b(?:another|other|different|new|second|next|else)\\b.*");
  private static final String DONE_UNKNOWN =
      "I've sent the request, but I got no answer, so I can't say whether it went through.";

  private final Conversation talk;

  Flows(Conversation talk) {
    this.talk = talk;
  }

  /// Begins a flow with what the caller has said already and what is known from earlier in the call.
  Move enter(Flow flow, Said said) {
    Frame frame = mentioned(flow, Frame.of(flow.name()), said);
    boolean isAnother = ANOTHER.matcher(said.words()).matches();
    for (Slot slot : flow.slots()) {
      String known = talk.memory().known().get(slot.name());
      boolean isMissing = !frame.slots().containsKey(slot.name()) && !slot.isOptional();
      if (isMissing && known != null && !isAnother && slot.fits(known)) {
        frame = frame.filled(slot.name(), known, false);
      }
    }
    return advance(flow, frame);
  }

  /// The caller's words while the flow waits; empty if they answer nothing it asked.
  Optional<Move> heard(Flow flow, Frame frame, Said said) {
    Slot slot = flow.slot(frame.slot() == null ? "" : frame.slot()).orElse(null);
    if (slot == null) {
      return Optional.empty();
    }
    return frame.phase().isYesNo() ? heardYesNo(flow, frame, slot, said) : heardValue(flow, frame, slot, said);
  }

  private Optional<Move> heardValue(Flow flow, Frame frame, Slot slot, Said said) {
    return switch (SlotReader.answered(slot, said, frame.partial(), talk.action(said))) {
      case SlotReader.Value value -> {
        Frame filled = mentioned(flow, fill(frame, slot, value), said, slot);
        yield Optional.of(used(flow, filled, slot));
      }
      case SlotReader.Partial(String digits) -> Optional.of(askAgain(flow, frame.heardPart(digits), slot));
      case SlotReader.Nothing _ -> Optional.empty();
    };
  }

  private Optional<Move> heardYesNo(Flow flow, Frame frame, Slot slot, Said said) {
    String value = frame.slots().getOrDefault(slot.name(), "");
    boolean isOpenText = slot.type() == Slot.Type.TEXT || slot.type() == Slot.Type.YES_NO || slot.type() == Slot.Type.NAME;
    if (!isOpenText && SlotReader.answered(slot, said, "", Optional.empty()) instanceof SlotReader.Value better) {
      if (!better.value().equals(value)) {
        return Optional.of(used(flow, fill(frame, slot, better), slot));
      }
      return Optional.of(confirmed(flow, frame, slot));
    }
    Frame more = mentioned(flow, frame, said, slot);
    return YesNo.of(said, talk.action(said))
        .map(each -> each == YesNo.YES ? confirmed(flow, more, slot) : denied(flow, more, slot));
  }

  private Move confirmed(Flow flow, Frame frame, Slot slot) {
    if (frame.phase() == Phase.LOST) {
      return unknown(flow, frame);
    }
    return advance(flow, frame.trusting(slot.name()));
  }

  private Move denied(Flow flow, Frame frame, Slot slot) {
    Frame empty = frame.emptied(slot.name());
    return switch (frame.phase()) {
      case PRESET -> advance(flow, empty.declining(slot.name()));
      case LOST -> askLost(flow, empty, slot);
      default -> askAgain(flow, empty, slot);
    };
  }

  /// A value that the tool has not known once is not tried twice.
  private Move used(Flow flow, Frame frame, Slot slot) {
    boolean wasTried = frame.lost() > 0 && frame.slots().getOrDefault(slot.name(), "").equals(talk.memory().known().get(lostKey(slot)));
    return wasTried ? unknown(flow, frame) : advance(flow, frame);
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
    Slot slot = flow.slot(frame.slot() == null ? "" : frame.slot()).orElse(null);
    if (slot == null) {
      return advance(flow, frame);
    }
    if (!frame.phase().isYesNo()) {
      return askAgain(flow, frame, slot);
    }
    String key = slot.name() + "?";
    if (frame.asked(key) >= Math.max(1, slot.retries())) {
      return frame.phase() == Phase.LOST ? unknown(flow, frame) : giveUp(flow, frame);
    }
    talk.remember(talk.memory().with(frame.askedAgain(key)));
    return new Move.Say(Reply.of(Reply.Route.FLOW, List.of()).asking(talk.told(Prompt.YES_OR_NO), Expectation.YES_NO));
  }

  /// The question the flow waits on, as it is asked again after something else was answered.
  Reply pending(Flow flow, Frame frame, Reply answer) {
    Slot slot = flow.slot(frame.slot() == null ? "" : frame.slot()).orElse(null);
    if (slot == null) {
      return answer;
    }
    List<String> question =
        switch (frame.phase()) {
          case ASK -> talk.told(slot.ask(), "ask again " + slot.name(), values(frame, null));
          case KEYPAD -> keypad(flow, frame, slot);
          case CONFIRM -> readBack(frame, slot);
          case PRESET -> presetQuestion(frame, slot);
          case LOST -> lostQuestion(flow, frame);
          case CALL -> List.of();
        };
    return question.isEmpty() ? answer : answer.asking(question, expects(frame, slot));
  }

  private Expectation expects(Frame frame, Slot slot) {
    return frame.phase().isYesNo() ? Expectation.YES_NO : new Expectation(slot.expects(), slot.exactLength());
  }

  // From the slots to the next question.

  private Move advance(Flow flow, Frame given) {
    Frame frame = given;
    for (Slot slot : flow.slots()) {
      if (!frame.slots().containsKey(slot.name())) {
        Optional<String> preset = preset(slot, frame);
        if (preset.isPresent()) {
          frame = frame.filled(slot.name(), preset.get(), false);
          if (slot.presetQuestion() != null) {
            return ask(frame.at(Phase.PRESET, slot.name()), presetQuestion(frame, slot), Expectation.YES_NO);
          }
        } else if (!slot.isOptional()) {
          List<String> question = talk.told(slot.ask(), "ask " + slot.name(), values(frame, null));
          return ask(frame.at(Phase.ASK, slot.name()), question, new Expectation(slot.expects(), slot.exactLength()));
        }
      }
      if (frame.doubted().contains(slot.name())) {
        return ask(frame.at(Phase.CONFIRM, slot.name()), readBack(frame, slot), Expectation.YES_NO);
      }
    }
    return call(flow, frame);
  }

  private Move ask(Frame frame, List<String> question, Expectation expects) {
    talk.remember(talk.memory().with(frame));
    return new Move.Say(Reply.of(Reply.Route.FLOW, List.of()).asking(question, expects));
  }

  private Move askAgain(Flow flow, Frame given, Slot slot) {
    Frame frame = given.askedAgain(slot.name());
    int times = frame.asked(slot.name());
    if (times > slot.retries()) {
      boolean hasKeypad = slot.keypad() != null && times <= slot.retries() + 2;
      if (!hasKeypad) {
        return giveUp(flow, frame);
      }
      return askKeypad(flow, frame, slot);
    }
    if (frame.phase() == Phase.KEYPAD) {
      return askKeypad(flow, frame, slot);
    }
    List<String> question = new ArrayList<>();
    Values values = values(frame, null);
    if (slot.reask().isEmpty()) {
      question.addAll(talk.told(slot.ask(), "ask " + slot.name(), values));
      if (slot.type().isDigits()) {
        question.addAll(talk.told(Prompt.DIGIT_BY_DIGIT));
      }
    } else {
      int which = Math.min(times, slot.reask().size()) - 1;
      question.addAll(talk.told(List.of(slot.reask().get(which)), "ask " + slot.name(), values));
    }
    return ask(frame.at(Phase.ASK, slot.name()), question, new Expectation(slot.expects(), slot.exactLength()));
  }

  private Move askKeypad(Flow flow, Frame frame, Slot slot) {
    return ask(frame.at(Phase.KEYPAD, slot.name()), keypad(flow, frame, slot), new Expectation(slot.expects(), slot.exactLength()));
  }

  private List<String> keypad(Flow flow, Frame frame, Slot slot) {
    Flow.NotFound lost = flow.onNotFound();
    var wording = frame.lost() > 0 && lost != null && lost.keypad() != null ? lost.keypad() : slot.keypad();
    return wording == null ? talk.told(Prompt.KEYPAD) : talk.told(List.of(wording), "keypad", values(frame, null));
  }

  private Optional<String> preset(Slot slot, Frame frame) {
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
    return slot.presetQuestion() == null ? readBack(frame, slot) : talk.told(List.of(slot.presetQuestion()), "preset", values(frame, null));
  }

  private List<String> readBack(Frame frame, Slot slot) {
    String spoken = slot.type().format().apply(frame.slots().getOrDefault(slot.name(), ""));
    Values values = values(frame, null);
    Values withValue = name -> name.equals("value") ? spoken : values.value(name);
    List<String> own = slot.readBack() == null ? List.of() : talk.told(List.of(slot.readBack()), "read back", withValue);
    return own.isEmpty() ? talk.told(Prompt.READ_BACK, withValue) : own;
  }

  // Values.

  private Frame fill(Frame frame, Slot slot, SlotReader.Value read) {
    boolean isDoubted =
        switch (slot.confirm()) {
          case NEVER -> false;
          case ALWAYS -> true;
          case WHEN_UNSURE -> read.confidence() < talk.confirmBelow;
        };
    return frame.filled(slot.name(), read.value(), isDoubted);
  }

  /// Takes up all that the caller mentioned, but for `except`, which has been read.
  private Frame mentioned(Flow flow, Frame given, Said said, Slot... except) {
    Frame frame = given;
    for (Slot slot : flow.slots()) {
      boolean isRead = List.of(except).contains(slot);
      if (!isRead && !isTaken(flow, frame, slot, said) && SlotReader.mentioned(slot, said) instanceof SlotReader.Value value) {
        frame = fill(frame, slot, value);
      }
    }
    return frame;
  }

  /// Digits that fill one slot do not fill a second one.
  private static boolean isTaken(Flow flow, Frame frame, Slot slot, Said said) {
    return SlotReader.mentioned(slot, said) instanceof SlotReader.Value value
        && flow.slots().stream().anyMatch(other -> other != slot && value.value().equals(frame.slots().get(other.name())));
  }

  private Values values(Frame frame, @Nullable JsonNode result) {
    Map<String, String> values = new HashMap<>(frame.slots());
    if (talk.caller != null) {
      values.put(Values.CALLER, talk.caller);
    }
    return Values.of(values, result);
  }

  // From all slots to the tool, and from its answer to the words.

  private Move call(Flow flow, Frame frame) {
    Frame ready = frame.at(Phase.CALL, null);
    talk.remember(talk.memory().with(ready));
    Flow.Call call = flow.call();
    if (call == null) {
      return finished(flow, ready, null, Reply.Route.FLOW);
    }
    Tool tool = talk.agent.tool(call.tool()).orElse(null);
    if (tool == null) {
      return failed(flow, ready, null, Outcome.FAILED);
    }
    ObjectNode arguments = tool.arguments(call.arguments(), values(ready, null));
    return new Move.Use(tool, arguments);
  }

  Move done(Flow flow, Frame frame, ToolAnswer answer) {
    return switch (answer.outcome()) {
      case OK -> finished(flow, frame, answer.result(), Reply.Route.TOOL);
      case NOT_FOUND -> flow.onNotFound() == null ? failed(flow, frame, answer.result(), answer.outcome()) : lost(flow, frame, flow.onNotFound());
      case REFUSED, FAILED, UNCERTAIN, UNKNOWN -> failed(flow, frame, answer.result(), answer.outcome());
    };
  }

  private Move finished(Flow flow, Frame frame, @Nullable JsonNode result, Reply.Route route) {
    Values values = values(frame, result);
    List<String> words =
        flow.line(values).map(line -> talk.told(line.wordings(), "say " + flow.name(), values)).orElseGet(List::of);
    Memory after = talk.memory().with((Frame) null).knowing(frame.slots()).misunderstood(0);
    talk.remember(after.asking(flow.followUp()));
    Reply reply = Reply.of(route, words).completing(flow.name());
    return new Move.Say(flow.followUp() ? reply.closing(talk.told(Prompt.ANYTHING_ELSE)) : reply);
  }

  /// Reads the value back on the first miss; one that was read back, spelled and typed is given up.
  private Move lost(Flow flow, Frame given, Flow.NotFound policy) {
    Slot slot = flow.slot(policy.slot()).orElseGet(() -> flow.slots().getFirst());
    boolean wasTyped = given.lost() >= 2;
    Frame frame = given.losing();
    talk.remember(talk.memory().knowing(Map.of(lostKey(slot), frame.slots().getOrDefault(slot.name(), ""))));
    if (wasTyped) {
      return unknown(flow, frame);
    }
    Frame asking = frame.at(Phase.LOST, slot.name());
    return ask(asking, lostQuestion(flow, asking), Expectation.YES_NO);
  }

  private List<String> lostQuestion(Flow flow, Frame frame) {
    Flow.NotFound policy = flow.onNotFound();
    return policy == null ? List.of() : talk.told(List.of(policy.readBack()), "lost", values(frame, null));
  }

  private Move askLost(Flow flow, Frame frame, Slot slot) {
    Flow.NotFound policy = flow.onNotFound();
    if (policy == null || (frame.lost() > 1 && policy.keypad() == null)) {
      return giveUp(flow, frame);
    }
    if (frame.lost() > 1) {
      return askKeypad(flow, frame, slot);
    }
    List<String> question = talk.told(List.of(policy.again()), "again", values(frame, null));
    return ask(frame.at(Phase.ASK, slot.name()), question, new Expectation(slot.expects(), slot.exactLength()));
  }

  private Move unknown(Flow flow, Frame frame) {
    Flow.NotFound policy = flow.onNotFound();
    List<String> words = policy == null ? List.of() : talk.told(List.of(policy.unknown()), "unknown", values(frame, null));
    leave();
    return talk.offer(words, flow.onGiveUp(), flow.name(), values(frame, null), Reply.Route.TOOL);
  }

  private Move failed(Flow flow, Frame frame, @Nullable JsonNode result, Outcome outcome) {
    Values values = values(frame, result);
    leave();
    if (outcome == Outcome.UNCERTAIN) {
      return talk.offerPerson(List.of(DONE_UNKNOWN.split("(?<=\\.) ")), Reply.Route.TOOL);
    }
    List<String> words = talk.told(flow.onFailure().say(), "failure " + flow.name(), values);
    Tool tool = flow.call() == null ? null : talk.agent.tool(flow.call().tool()).orElse(null);
    if (words.isEmpty() && tool != null && tool.errorSay() != null) {
      words = talk.told(List.of(tool.errorSay()), "error " + tool.name(), values);
    }
    return talk.offer(words.isEmpty() ? talk.told(Prompt.APOLOGY) : words, flow.onFailure(), flow.name(), values, Reply.Route.TOOL);
  }

  private Move giveUp(Flow flow, Frame frame) {
    Values values = values(frame, null);
    leave();
    List<String> words = talk.told(flow.onGiveUp().say(), "give up " + flow.name(), values);
    return talk.offer(words.isEmpty() ? talk.told(Prompt.GIVE_UP) : words, flow.onGiveUp(), flow.name(), values, Reply.Route.FLOW);
  }

  private void leave() {
    talk.remember(talk.memory().with((Frame) null));
  }
}
