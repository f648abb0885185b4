package dev.voxlog.llm.dialogue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.voxlog.agent.Flow;
import dev.voxlog.agent.Prompt;
import dev.voxlog.agent.Slot;
import dev.voxlog.agent.Tool;
import dev.voxlog.agent.Values;
import dev.voxlog.schemas.CallEvent.Outcome;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a flow ends: with its answer, or with what follows where something cannot be had.
final class Endings {
  private final Conversation talk;
  private final Questions ask;

  Endings(Conversation talk, Questions ask) {
    this.talk = talk;
    this.ask = ask;
  }

  Move finished(Flow flow, Frame frame, @Nullable JsonNode result, Reply.Route route) {
    Values values = ask.values(frame, result);
    List<String> words =
        flow.line(values)
            .map(line -> talk.told(line.wordings(), "say " + flow.name(), values))
            .orElseGet(List::of);
    Memory after = talk.memory().with((Frame) null).knowing(frame.slots()).misunderstood(0);
    talk.remember(after.asking(flow.followUp()));
    Reply reply = Reply.of(route, words).completing(flow.name());
    return new Move.Say(flow.followUp() ? reply.closing(talk.told(Prompt.ANYTHING_ELSE)) : reply);
  }

  Move unknown(Flow flow, Frame frame) {
    Flow.NotFound policy = flow.onNotFound();
    List<String> words =
        policy == null
            ? List.of()
            : talk.told(List.of(policy.unknown()), "unknown", ask.values(frame, null));
    leave();
    return talk.offer(
        words, flow.onGiveUp(), flow.name(), ask.values(frame, null), Reply.Route.TOOL);
  }

  Move failed(Flow flow, Frame frame, @Nullable JsonNode result, Outcome outcome) {
    Values values = ask.values(frame, result);
    leave();
    if (outcome == Outcome.UNCERTAIN) {
      return talk.offerPerson(talk.told(Prompt.UNCERTAIN), Reply.Route.TOOL);
    }
    List<String> words = talk.told(flow.onFailure().say(), "failure " + flow.name(), values);
    Tool tool = flow.call() == null ? null : talk.agent.tool(flow.call().tool()).orElse(null);
    if (words.isEmpty() && tool != null && tool.errorSay() != null) {
      words = talk.told(List.of(tool.errorSay()), "error " + tool.name(), values);
    }
    return talk.offer(
        words.isEmpty() ? talk.told(Prompt.APOLOGY) : words,
        flow.onFailure(),
        flow.name(),
        values,
        Reply.Route.TOOL);
  }

  Move giveUp(Flow flow, Frame frame) {
    Values values = ask.values(frame, null);
    leave();
    List<String> words = talk.told(flow.onGiveUp().say(), "give up " + flow.name(), values);
    return talk.offer(
        words.isEmpty() ? talk.told(Prompt.GIVE_UP) : words,
        flow.onGiveUp(),
        flow.name(),
        values,
        Reply.Route.FLOW);
  }

  private void leave() {
    talk.remember(talk.memory().with((Frame) null));
  }

  /// The flow is not for this call.
  Move notEntered(Flow flow, Flow.Entry entry) {
    Values values = talk.values(Map.of(), null);
    leave();
    return offered(flow, entry.otherwise(), "not for " + flow.name(), values);
  }

  /// The amount is more than is used.
  Move tooMuch(Flow flow, Frame frame, Slot.Limit limit) {
    Values values = ask.values(frame, null);
    leave();
    return offered(flow, limit.over(), "over " + flow.name(), values);
  }

  private Move offered(Flow flow, Flow.Fallback fallback, String key, Values values) {
    List<String> words = talk.told(fallback.say(), key, values);
    return talk.offer(words, fallback, flow.name(), values, Reply.Route.FLOW);
  }

  /// The tool said no for good, for this reason.
  Move refused(Flow flow, Flow.Refusal refusal, List<String> reason, Values values) {
    leave();
    return refusal.then().offer() == null
        ? talk.moreAfter(reason)
        : talk.offer(reason, refusal.then(), flow.name(), values, Reply.Route.TOOL);
  }
}
