package dev.voxlog.llm;

import dev.voxlog.agent.AgentBundle;
import dev.voxlog.llm.chat.ChatModel;
import dev.voxlog.llm.dialogue.Conversation.Scope;
import dev.voxlog.llm.knowledge.KnowledgeLibrary;
import dev.voxlog.llm.knowledge.WordEmbedder;
import dev.voxlog.llm.tools.Tools;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallEvent.Evidence;
import dev.voxlog.schemas.CallEvent.Ruling;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.CallSettings;
import dev.voxlog.schemas.Codec;
import dev.voxlog.schemas.Entity;
import dev.voxlog.schemas.Score;
import dev.voxlog.schemas.TurnDetection;
import dev.voxlog.schemas.TurnEvent.Next;
import dev.voxlog.schemas.TurnEvent.Sentence;
import dev.voxlog.schemas.TurnEvent.TurnEnded;
import dev.voxlog.schemas.Understanding.Understood;
import dev.voxlog.testkit.StepLab;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A call with Acme's agent, in the lab: what the caller says, presses and hears goes in, what the
/// agent says comes out.
final class CallLab {
  static final AgentBundle ACME = AgentBundle.load(Path.of("../demo/acme/agent.yaml"));
  static final CallId ID = new CallId("CA1");
  static final String CALLER = "+15550142";

  /// An agent's documents are indexed once for all tests; no lab closes its worker.
  private static final KnowledgeLibrary LIBRARY =
      new KnowledgeLibrary(new WordEmbedder(), Runnable::run);

  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

  final ScriptedTools tools = new ScriptedTools();
  final StepLab lab;
  private int utterance;
  private int key;
  private int heard;

  CallLab() {
    this(ACME, CALLER);
  }

  CallLab(AgentBundle agent, @Nullable String caller) {
    this(agent, caller, null);
  }

  /// With `others` in the place of the scripted tools.
  CallLab(AgentBundle agent, @Nullable String caller, @Nullable Tools others) {
    this(started(agent, caller, null), agent, others, LlmConfig.DEFAULT, null);
  }

  private CallLab(
      CallEvent.Started started,
      AgentBundle agent,
      @Nullable Tools others,
      LlmConfig config,
      @Nullable ChatModel model) {
    LlmWorker worker = new LlmWorker(config, LIBRARY, others == null ? tools : others, model);
    lab = new StepLab(worker, started, agent);
    tools.order("45812", "shipped");
    tools.order("73190", "processing");
  }

  private static CallEvent.Started started(
      AgentBundle agent, @Nullable String caller, @Nullable String instructions) {
    return new CallEvent.Started(
        ID,
        AT,
        "twilio",
        "CA1",
        "inbound",
        caller,
        "+15550100",
        agent.key(),
        Map.of(),
        new CallSettings(instructions, null, TurnDetection.USUAL));
  }

  /// A call whose program asks for each answer, greeted.
  static CallLab answeredOnRequest() {
    CallEvent.Started usual = started(ACME, CALLER, null);
    CallEvent.Started started =
        new CallEvent.Started(
            ID,
            AT,
            "realtime",
            "s1",
            "inbound",
            null,
            null,
            usual.agent(),
            Map.of(),
            CallSettings.NONE.with(TurnDetection.USUAL.answeredOnRequest()));
    CallLab call = new CallLab(started, ACME, null, LlmConfig.DEFAULT, null);
    call.attach();
    call.hearsAll();
    return call;
  }

  /// A call whose program asks for something of the model, greeted.
  static CallLab instructed(String instructions, AgentBundle agent, ChatModel model) {
    CallEvent.Started started = started(agent, CALLER, instructions);
    CallLab call = new CallLab(started, agent, null, LlmConfig.DEFAULT, model);
    call.attach();
    call.hearsAll();
    return call;
  }

  /// A call whose greeting has been heard, with a model that is asked what is in `scope`.
  static CallLab greeted(ChatModel model, Scope scope) {
    return greeted(ACME, model, scope);
  }

  /// The same with another agent, the model being asked what is open.
  static CallLab greeted(AgentBundle agent, ChatModel model) {
    return greeted(agent, model, Scope.OPEN);
  }

  /// The same with another agent, or without a model.
  static CallLab greeted(AgentBundle agent, @Nullable ChatModel model, Scope scope) {
    CallLab call = asking(agent, model, scope);
    call.attach();
    call.hearsAll();
    return call;
  }

  /// A call that has not begun, with a model that is asked what is in `scope`.
  static CallLab asking(ChatModel model, Scope scope) {
    return asking(ACME, model, scope);
  }

  static CallLab asking(AgentBundle agent, @Nullable ChatModel model, Scope scope) {
    LlmConfig usual = LlmConfig.DEFAULT;
    LlmConfig config =
        new LlmConfig(
            usual.confirmBelow(),
            usual.keysEndAfter(),
            usual.ownershipWait(),
            usual.replayWait(),
            usual.connectTimeout(),
            usual.goOnWithin(),
            scope,
            usual.fillerAfter());
    return new CallLab(started(agent, CALLER, null), agent, null, config, model);
  }

  /// A call whose greeting has been heard.
  static CallLab greeted() {
    CallLab call = new CallLab();
    call.attach();
    call.hearsAll();
    return call;
  }

  /// Ms Brown's call, whose greeting has been heard.
  static CallLab ofBrown() {
    CallLab call = new CallLab();
    call.tools.account(CALLER);
    call.attach();
    call.hearsAll();
    return call;
  }

  void attach() {
    lab.give(new CallEvent.Attached(ID, AT, 1, "MZ1", Codec.MULAW_8K, "127.0.0.1:1", 0));
  }

  static CallEvent.Ended hungUp() {
    return new CallEvent.Ended(ID, AT, "hung-up");
  }

  // The caller.

  /// An utterance in silence, answered at once.
  CallLab says(String text, String intent, Entity... entities) {
    int number = ++utterance;
    rules(number, 0, Ruling.CLEAR);
    understood(number, text, intent, entities);
    return this;
  }

  CallLab understood(int number, String text, String intent, Entity... entities) {
    return understood(number, Understood.FINAL, text, intent, List.of(), List.of(entities));
  }

  /// An utterance in silence of which only a guess can be made; answered after a while.
  CallLab saysPerhaps(String text, String guess) {
    int number = utterance + 1;
    rules(number, 0, Ruling.CLEAR);
    understood(number, Understood.FINAL, text, "unsure", List.of(new Score(guess, 0.9)), List.of());
    return pauses();
  }

  /// What is understood of an utterance that is still being said.
  CallLab provisional(int number, int revision, String text, String intent) {
    return understood(number, revision, text, intent, List.of(), List.of());
  }

  private CallLab understood(
      int number,
      int revision,
      String text,
      String intent,
      List<Score> guesses,
      List<Entity> entities) {
    utterance = Math.max(utterance, number);
    long from = number * 10_000L;
    lab.give(
        new Understood(
            ID,
            AT,
            number,
            revision,
            text,
            intent,
            0.9,
            guesses,
            entities,
            null,
            "en-US",
            0.9,
            from,
            from + 1_000,
            from + 1_500));
    lab.work();
    return this;
  }

  /// Says nothing for as long as the agent waits whether the caller goes on.
  CallLab pauses() {
    lab.advance(LlmConfig.DEFAULT.goOnWithin());
    return this;
  }

  CallLab rules(int number, int n, Ruling ruling) {
    return rules(number, n, ruling, 0);
  }

  CallLab rules(int number, int n, Ruling ruling, int turn) {
    lab.give(new CallEvent.Verdict(ID, AT, number, n, ruling, turn, number * 10_000L));
    lab.work();
    return this;
  }

  CallLab presses(String keys) {
    for (String each : keys.split("")) {
      isToldOf(each);
    }
    return this;
  }

  /// One record of keys.
  CallLab isToldOf(String digit) {
    lab.give(new CallEvent.Dtmf(ID, AT, 1, key++, digit, 0));
    lab.work();
    return this;
  }

  CallLab isSilent(int n) {
    lab.give(new CallEvent.Silence(ID, AT, turn(), n, 8_000));
    lab.work();
    return this;
  }

  /// The program asks for an answer to what was said up to this utterance.
  CallLab asks(int n, int number) {
    lab.give(new CallEvent.Asked(ID, AT, 1, n, number * 10_000L + 1_500));
    lab.work();
    return this;
  }

  // What the caller hears.

  CallLab hearsAll() {
    sentences().forEach(each -> hears(each, each.text(), true));
    return this;
  }

  CallLab hears(Sentence sentence, String text, boolean isWhole) {
    lab.give(new CallEvent.Playing(ID, AT, sentence.turn(), sentence.sentence()));
    lab.give(
        new CallEvent.Heard(
            ID,
            AT,
            sentence.turn(),
            sentence.sentence(),
            heard++,
            text,
            500,
            isWhole,
            Evidence.ACKED));
    return this;
  }

  // What the agent does.

  int turn() {
    return lab.emitted(Sentence.class).stream().mapToInt(Sentence::turn).max().orElse(0);
  }

  /// The sentences of the latest turn.
  List<Sentence> sentences() {
    return sentences(turn());
  }

  List<Sentence> sentences(int turn) {
    return lab.emitted(Sentence.class).stream().filter(each -> each.turn() == turn).toList();
  }

  /// The words of the latest turn.
  List<String> said() {
    return sentences().stream().map(Sentence::text).toList();
  }

  String saidAll() {
    return String.join(" ", said());
  }

  List<TurnEnded> ended() {
    return lab.emitted(TurnEnded.class);
  }

  Next next() {
    return ended().getLast().next();
  }

  CallEvent.Expects expects() {
    return lab.emitted(CallEvent.Expects.class).stream().reduce((_, last) -> last).orElseThrow();
  }

  /// The tool calls that followed from what the caller said.
  List<CallEvent.ToolRequested> requested() {
    return lab.emitted(CallEvent.ToolRequested.class).stream()
        .filter(each -> !each.tool().equals(ScriptedTools.ACCOUNT))
        .toList();
  }

  List<CallEvent.ToolDone> done() {
    return lab.emitted(CallEvent.ToolDone.class).stream()
        .filter(each -> !each.tool().equals(ScriptedTools.ACCOUNT))
        .toList();
  }

  static Entity orderId(String value) {
    return new Entity("orderId", value, value, 0, value.length(), 0.9);
  }

  static Entity digits(String value) {
    return new Entity("digits", value, value, 0, value.length(), 0.9);
  }

  static Entity entity(String kind, String value) {
    return new Entity(kind, value, value, 0, value.length(), 0.9);
  }
}
