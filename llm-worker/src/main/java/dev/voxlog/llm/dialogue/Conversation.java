package dev.voxlog.llm.dialogue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.voxlog.agent.Action;
import dev.voxlog.agent.Agent;
import dev.voxlog.agent.Flow;
import dev.voxlog.agent.Intent;
import dev.voxlog.agent.Prompt;
import dev.voxlog.agent.Sentences;
import dev.voxlog.agent.Start;
import dev.voxlog.agent.Template;
import dev.voxlog.agent.Values;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What flows and dialogue share while a turn is worked out: the agent, the call's facts, and the
/// memory as it changes.
///
/// `facts` are what the call itself tells; `lastAnswer` are the sentences said last; values heard
/// with less than `confirmBelow` confidence are doubted; `scope` is what a language model is asked.
public final class Conversation {
  private static final String HELLO = "start";

  final Agent agent;
  private final Facts facts;
  final List<String> lastAnswer;
  final double confirmBelow;
  private Scope scope;
  private Memory memory;
  private long spokenMs;

  public Conversation(
      Agent agent,
      Facts facts,
      List<String> lastAnswer,
      double confirmBelow,
      Scope scope,
      Memory memory) {
    this.agent = agent;
    this.facts = facts;
    this.lastAnswer = List.copyOf(lastAnswer);
    this.confirmBelow = confirmBelow;
    this.scope = scope;
    this.memory = memory;
  }

  /// Who calls, what the agent file's `start` has told of them, and when the call began; null where
  /// nobody knows.
  public record Facts(@Nullable String caller, @Nullable JsonNode account, Instant startedAt) {}

  /// What a language model is asked.
  public enum Scope {
    /// Nothing: there is none.
    NONE,
    /// What neither flows nor fixed answers cover.
    OPEN,
    /// All but what a flow waits for, or what steers the call.
    ALL
  }

  public Memory memory() {
    return memory;
  }

  Scope scope() {
    return scope;
  }

  boolean hasModel() {
    return scope != Scope.NONE;
  }

  /// The model does not answer: the rest is worked out without it.
  void withoutModel() {
    scope = Scope.NONE;
  }

  void remember(Memory changed) {
    memory = changed;
  }

  /// Takes note of how far the call had come when the caller spoke.
  void spokenAt(Part part) {
    spokenMs = Math.max(spokenMs, part instanceof Said said ? said.mediaMs() : 0);
  }

  /// The time of the caller's latest words, where the agent is.
  LocalDateTime now() {
    ZoneId zone = agent.timeZone() == null ? ZoneOffset.UTC : agent.timeZone();
    return LocalDateTime.ofInstant(facts.startedAt().plusMillis(spokenMs), zone);
  }

  /// What wordings and conditions may name: these slots, the caller, and what tools have told.
  Values values(Map<String, String> slots, @Nullable JsonNode result) {
    Map<String, String> values = new HashMap<>(slots);
    if (facts.caller() != null) {
      values.put(Values.CALLER, facts.caller());
    }
    Map<String, JsonNode> answers = new HashMap<>();
    if (agent.start() != null && facts.account() != null) {
      answers.put(agent.start().as(), facts.account());
    }
    if (result != null) {
      answers.put(Values.RESULT, result);
    }
    return Values.among(values, answers);
  }

  /// The first of these wordings that the values can fill, as sentences.
  static List<String> first(List<Template> wordings, Values values) {
    return wordings.stream()
        .flatMap(each -> each.fill(values).stream())
        .findFirst()
        .map(Sentences::of)
        .orElseGet(List::of);
  }

  /// The prompt's next wording, as sentences.
  List<String> told(Prompt prompt) {
    return told(agent.prompts().all(prompt), prompt.key(), _ -> null);
  }

  List<String> told(Prompt prompt, Values values) {
    return told(agent.prompts().all(prompt), prompt.key(), values);
  }

  /// The next of these wordings that the values can fill, as sentences; `key` names them in the
  /// memory.
  List<String> told(List<Template> wordings, String key, Values values) {
    List<String> filled = wordings.stream().flatMap(each -> each.fill(values).stream()).toList();
    if (filled.isEmpty()) {
      return List.of();
    }
    int turn = memory.told(key);
    if (filled.size() > 1) {
      memory = memory.telling(key);
    }
    return Sentences.of(filled.get(turn % filled.size()));
  }

  /// What the first answer begins with; of any later one, nothing.
  List<String> hello() {
    Start start = agent.start();
    if (start == null || memory.told(HELLO) > 0) {
      return List.of();
    }
    remember(memory.telling(HELLO));
    return first(start.say(), values(Map.of(), null));
  }

  Move fixed(Prompt prompt) {
    remember(memory.misunderstood(0));
    return new Move.Say(Reply.of(Reply.Route.FIXED, told(prompt)));
  }

  /// Says `words`, then asks whether there is anything else.
  Move moreAfter(List<String> words) {
    remember(memory.asking(true).misunderstood(0));
    return new Move.Say(Reply.of(Reply.Route.FIXED, words).closing(told(Prompt.ANYTHING_ELSE)));
  }

  /// Where the caller's words lead; where the intent is not sure, by the phrases that steer.
  Optional<Intent.Target> target(Said said) {
    if (said.isUnsure()) {
      return Controls.of(said).map(Intent.Act::new);
    }
    return agent.intent(said.intent()).map(Intent::target);
  }

  Optional<Action> action(Said said) {
    return target(said)
        .flatMap(each ->
            each instanceof Intent.Act(Action action) ? Optional.of(action) : Optional.empty());
  }

  /// Whether words that are not sure look like the end of the call.
  boolean mayBeFarewell(Said said) {
    return said.isUnsure()
        && Optional.ofNullable(said.guess())
            .flatMap(agent::intent)
            .filter(each -> each.target().equals(new Intent.Act(Action.HANG_UP)))
            .isPresent();
  }

  /// The intent that leads there.
  Optional<String> intentOf(Intent.Target target) {
    return agent.intents().stream()
        .filter(each -> each.target().equals(target))
        .map(Intent::name)
        .findFirst();
  }

  /// Says `before`, then offers what the fallback offers, unless that is the flow which has just
  /// failed: then a person.
  Move offer(
      List<String> before,
      Flow.Fallback fallback,
      String failed,
      Values values,
      Reply.Route route) {
    Intent offered = fallback.offer() == null ? null : agent.intent(fallback.offer()).orElse(null);
    boolean isCircle = offered != null && offered.target().equals(new Intent.Enter(failed));
    if (offered == null || isCircle) {
      return offerPerson(before, route);
    }
    boolean isPerson = offered.target().equals(new Intent.Act(Action.TRANSFER));
    List<String> question =
        fallback.question() == null
            ? told(isPerson ? Prompt.OFFER_PERSON : Prompt.OFFER_CALLBACK)
            : told(List.of(fallback.question()), "offer " + failed, values);
    remember(memory.with(new Memory.Offer(offered.name(), 0)));
    return new Move.Say(Reply.of(route, before).asking(question, Expectation.YES_NO));
  }

  Move offerPerson(List<String> before, Reply.Route route) {
    Reply reply = Reply.of(route, before);
    if (agent.transfer() == null) {
      return new Move.Say(reply);
    }
    remember(memory.with(new Memory.Offer(null, 0)));
    return new Move.Say(reply.asking(told(Prompt.OFFER_PERSON), Expectation.YES_NO));
  }
}
