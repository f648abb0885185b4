package dev.voxlog.llm.dialogue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.voxlog.agent.Action;
import dev.voxlog.agent.Flow;
import dev.voxlog.agent.Prompt;
import dev.voxlog.llm.dialogue.Reply.Route;
import dev.voxlog.runtime.ForeignJson;
import dev.voxlog.schemas.CallEvent.Decided;
import dev.voxlog.schemas.CallEvent.Outcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What is said to what no flow covers: by the language model where there is one, else from the
/// documents.
final class OpenQuestions {
  private static final ObjectMapper JSON = ForeignJson.mapper();

  private final Conversation talk;
  private final Flows flows;
  private final Questions ask;
  private final Leaving leaving;
  private final Misunderstandings misunderstandings;
  private Said asked = Said.wish("");
  private Supplier<Move> instead = () -> nothingFound(asked);

  OpenQuestions(
      Conversation talk,
      Flows flows,
      Questions ask,
      Leaving leaving,
      Misunderstandings misunderstandings) {
    this.talk = talk;
    this.flows = flows;
    this.ask = ask;
    this.leaving = leaving;
    this.misunderstandings = misunderstandings;
  }

  /// Has the model answer; `instead` is done where it does not.
  Move think(Said said, Supplier<Move> instead) {
    asked = said;
    this.instead = instead;
    return new Move.Think(said.text());
  }

  Move look(Said said) {
    if (said.words().isEmpty()) {
      return nothingFound(said);
    }
    if (talk.hasModel()) {
      return think(said, () -> look(said));
    }
    if (talk.agent.knowledge() == null) {
      return nothingFound(said);
    }
    asked = said;
    return new Move.Look(said.text(), isAsked(said));
  }

  Move found(List<String> sentences) {
    if (sentences.isEmpty()) {
      return nothingFound(asked);
    }
    talk.remember(talk.memory().misunderstood(0));
    return new Move.Say(ask.pending(Reply.of(Route.KNOWLEDGE, sentences)));
  }

  private boolean isAsked(Said said) {
    return talk.action(said).filter(each -> each == Action.ANSWER).isPresent();
  }

  private Move nothingFound(Said said) {
    Frame frame = talk.memory().frame();
    if (isAsked(said)) {
      talk.remember(talk.memory().misunderstood(0));
      Reply reply = Reply.of(Route.FIXED, talk.told(Prompt.NO_ANSWER));
      return Dialogue.unlessAsked(said, new Move.Say(ask.pending(reply)));
    }
    Flow flow = frame == null ? null : talk.agent.flow(frame.flow()).orElse(null);
    if (frame != null && flow != null) {
      return flows.missed(flow, frame);
    }
    return talk.mayBeFarewell(said)
        ? talk.moreAfter(List.of()).unclear()
        : misunderstandings.of(said);
  }

  /// What follows from the model's answer. A function it was not offered, and a failure, are no
  /// answer.
  Move decided(Decided decided, boolean asks) {
    String function = decided.function();
    if (decided.outcome() != Outcome.OK) {
      talk.withoutModel();
      return instead.get();
    }
    if (function == null) {
      boolean isFree = talk.memory().frame() == null && talk.memory().offer() == null;
      talk.remember(talk.memory().misunderstood(0).modelAsking(asks && isFree));
      return new Move.Say(ask.pending(Reply.of(Route.LLM, List.of())));
    }
    Functions.Function chosen = Functions.named(talk.agent, function).orElse(null);
    talk.remember(talk.memory().misunderstood(0));
    return switch (chosen) {
      case Functions.Enter(Flow flow, var _) -> chosen(flow, values(decided.arguments()));
      case Functions.Leave(_, Action action, var _) ->
          new Move.Say(action == Action.TRANSFER ? leaving.transfer() : leaving.farewell());
      case null -> {
        talk.withoutModel();
        yield instead.get();
      }
    };
  }

  private Move chosen(Flow flow, Map<String, String> values) {
    Frame frame = talk.memory().frame();
    return frame != null && frame.flow().equals(flow.name())
        ? flows.wishedAgain(flow, frame, values, asked)
        : flows.enter(flow, values, asked);
  }

  /// The values in arguments as a model writes them; none where that is no JSON object.
  private static Map<String, String> values(@Nullable String arguments) {
    Map<String, String> values = new HashMap<>();
    try {
      JsonNode json = JSON.readTree(arguments == null ? "" : arguments);
      json.properties().forEach(each -> values.put(each.getKey(), each.getValue().asText()));
    } catch (JsonProcessingException _) {
      return Map.of();
    }
    return values;
  }
}
