package dev.voxlog.llm;

import dev.voxlog.agent.Agent;
import dev.voxlog.agent.Environment;
import dev.voxlog.agent.Greeting;
import dev.voxlog.agent.Knowledge;
import dev.voxlog.agent.Prompt;
import dev.voxlog.agent.Template;
import dev.voxlog.llm.CallState.LastTurn;
import dev.voxlog.llm.dialogue.Conversation;
import dev.voxlog.llm.dialogue.Dialogue;
import dev.voxlog.llm.dialogue.Memory;
import dev.voxlog.llm.dialogue.Move;
import dev.voxlog.llm.dialogue.Part;
import dev.voxlog.llm.dialogue.Reply;
import dev.voxlog.llm.dialogue.Said;
import dev.voxlog.llm.dialogue.Sentences;
import dev.voxlog.llm.knowledge.Found;
import dev.voxlog.llm.knowledge.KnowledgeIndex;
import dev.voxlog.llm.tools.ToolAnswer;
import dev.voxlog.runtime.CallStep;
import dev.voxlog.runtime.CallView;
import dev.voxlog.runtime.Effects;
import dev.voxlog.runtime.Input;
import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallEvent.Outcome;
import dev.voxlog.schemas.CallEvent.Ruling;
import dev.voxlog.schemas.TurnEvent.Next;
import dev.voxlog.schemas.TurnEvent.Purpose;
import dev.voxlog.schemas.Understanding.Understood;
import dev.voxlog.schemas.VoxEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One call's dialogue: from understandings, verdicts, keys and silences to turns.
final class CallDialogue implements CallStep {
  private static final Logger log = LoggerFactory.getLogger(CallDialogue.class);
  private static final String INDEX = "index";
  private static final String SEARCH = "search";
  private static final String FILLER = "filler";
  private static final String OWNERSHIP = "ownership";
  private static final String KEYS = "keys";
  private static final String REPLAY = "replay";
  private static final Duration OWNERSHIP_CHECK = Duration.ofMillis(100);

  private final CallView call;
  private final Effects effects;
  private final LlmWorker.Surroundings around;
  private final Agent agent;
  private final OwnLog own = new OwnLog();
  private final Utterances utterances;
  private final History history;
  private final ToolDesk tools;
  private final TurnWriter writer;
  private final Keys keys = new Keys();
  private final List<Part> held = new ArrayList<>();
  private Memory memory;
  private int lastTurn;
  private @Nullable LastTurn last;
  private @Nullable OpenTurn open;

  CallDialogue(CallView call, Effects effects, LlmWorker.Surroundings around, CallState state) {
    this.call = call;
    this.effects = effects;
    this.around = around;
    this.agent = call.agent().agent();
    this.memory = state.memory();
    this.lastTurn = state.lastTurn();
    this.last = state.last();
    this.utterances = new Utterances(state.utterances());
    this.history = new History(state.history());
    this.tools = new ToolDesk(call.id(), effects, around.tools(), own, state.tools());
    this.writer = new TurnWriter(call.id(), effects, own, history, state.expects());
  }

  @Override
  public void on(Input input) {
    switch (input) {
      case Input.Logged(VoxEvent event, long _) -> logged(event);
      case Input.Own(VoxEvent event) -> own.note(event);
      case Input.Restored _ -> effects.timer(REPLAY, around.config().replayWait());
      case Input.Answered(String key, Object value) -> answered(key, value);
      case Input.Failed(String key, Throwable cause) -> failed(key, cause);
      case Input.TimerDue(String key) -> due(key);
      case Input.External _ -> {}
    }
  }

  private void logged(VoxEvent event) {
    switch (event) {
      case Understood understood when understood.isFinal() -> {
        utterances.understood(understood.utterance(), Said.of(understood));
        answerReady();
      }
      case CallEvent.Attached _ when lastTurn == 0 -> greet();
      case CallEvent.Verdict verdict -> ruled(verdict);
      case CallEvent.Playing playing -> heard(playing.turn(), playing.sentence());
      case CallEvent.Heard heard -> {
        history.heard(heard);
        if (!heard.text().isBlank()) {
          heard(heard.turn(), heard.sentence());
        }
      }
      case CallEvent.Dtmf key -> pressed(key.digit());
      case CallEvent.Silence silence when silence.turn() == lastTurn && open == null -> silent(silence);
      default -> {}
    }
  }

  // The greeting.

  private void greet() {
    Greeting greeting = agent.greeting();
    OpenTurn turn = begin(1, List.of(), List.of());
    open = null;
    say(turn, greeting.hello(), Purpose.ANSWER);
    say(turn, greeting.disclosure(), greeting.isUninterruptible() ? Purpose.DISCLOSURE : Purpose.ANSWER);
    say(turn, greeting.question(), Purpose.ANSWER);
    writer.end(turn, Next.LISTEN, SpokenTurn.route(Reply.Route.GREETING), null);
  }

  private void say(OpenTurn turn, String text, Purpose purpose) {
    Sentences.of(text).forEach(sentence -> writer.answer(turn, sentence, purpose));
  }

  // What the caller heard, and what egress ruled.

  private void heard(int turn, int sentence) {
    if (last != null && last.number() == turn && !history.isFiller(turn, sentence)) {
      last = last.heard();
    }
  }

  private void ruled(CallEvent.Verdict verdict) {
    utterances.ruled(verdict);
    if (verdict.ruling() == Ruling.INTERRUPTED && last != null && last.number() == verdict.turn()) {
      last = last.voided();
      breakOff();
    }
    answerReady();
  }

  /// The turn that is being worked out ends here. Its tool call goes on: its result is recorded, and not asked for twice.
  private void breakOff() {
    if (open != null) {
      writer.breakOff(open);
      open = null;
      effects.cancel(INDEX);
      effects.cancel(SEARCH);
      effects.cancelTimer(FILLER);
      effects.cancelTimer(OWNERSHIP);
    }
  }

  // From utterances to turns.

  private void answerReady() {
    List<Integer> ready = utterances.ready();
    if (ready.isEmpty() || lastTurn == 0) {
      return;
    }
    Map.Entry<Integer, List<Integer>> written = own.after(lastTurn).orElse(null);
    if (written != null) {
      answerAsWritten(ready, written.getKey(), written.getValue());
      return;
    }
    List<Part> added = new ArrayList<>();
    ready.forEach(utterance -> added.add(utterances.take(utterance)));
    answer(nextNumber(), added, isStillUnheard());
  }

  /// A predecessor has answered some of these: the same ones are answered together again.
  private void answerAsWritten(List<Integer> ready, int number, List<Integer> together) {
    List<Integer> before = last == null ? List.of() : OpenTurn.utterances(last.parts());
    List<Integer> missing = together.stream().filter(each -> !before.contains(each)).toList();
    if (missing.isEmpty() || !ready.containsAll(missing)) {
      return;
    }
    List<Part> added = new ArrayList<>();
    missing.forEach(utterance -> added.add(utterances.take(utterance)));
    answer(number, added, together.size() > missing.size());
    releaseHeld();
    answerReady();
  }

  private int nextNumber() {
    return Math.max(lastTurn, own.highest()) + 1;
  }

  /// Until something of an answer was heard, what is added belongs to it.
  private boolean isStillUnheard() {
    return last != null && !last.isHeard() && !OpenTurn.utterances(last.parts()).isEmpty();
  }

  private void answer(int number, List<Part> added, boolean joins) {
    breakOff();
    List<Part> parts = new ArrayList<>();
    List<Integer> chain = new ArrayList<>();
    if (joins && last != null) {
      last.parts().stream().filter(each -> !(each instanceof Part.Silent)).forEach(parts::add);
      parts.addAll(added);
      chain.addAll(last.chain());
      chain.add(last.number());
      history.forget(last.number());
      memory = last.before();
    } else {
      parts.addAll(added);
    }
    run(number, Said.joined(parts), List.copyOf(chain));
  }

  /// Something else than an utterance makes a turn, in its place among those a predecessor wrote.
  private void answer(Part part) {
    Map.Entry<Integer, List<Integer>> written = own.after(lastTurn).orElse(null);
    if (written != null && !written.getValue().isEmpty()) {
      held.add(part);
      return;
    }
    breakOff();
    run(written == null ? nextNumber() : written.getKey(), List.of(part), List.of());
    if (written != null) {
      answerReady();
    }
  }

  private void releaseHeld() {
    List<Part> released = List.copyOf(held);
    held.clear();
    released.forEach(this::answer);
  }

  private OpenTurn begin(int number, List<Part> parts, List<Integer> chain) {
    Conversation talk =
        new Conversation(agent, call.started().from(), history.lastAnswer(), around.config().confirmBelow(), memory);
    OpenTurn turn = new OpenTurn(number, parts, chain, new Dialogue(talk));
    lastTurn = number;
    last = new LastTurn(number, parts, memory, chain, false, false);
    open = turn;
    return turn;
  }

  private void run(int number, List<Part> parts, List<Integer> chain) {
    OpenTurn turn = begin(number, parts, chain);
    boolean isTimeUp = number > agent.limits().maxTurns() || mediaMs(parts) > agent.limits().maxCallDuration().toMillis();
    follow(turn, isTimeUp ? turn.dialogue.timeIsUp() : turn.dialogue.hear(turn.part()));
  }

  private static long mediaMs(List<Part> parts) {
    return parts.stream().mapToLong(each -> each instanceof Said said ? said.mediaMs() : 0).max().orElse(0);
  }

  // From moves to sentences.

  private void follow(OpenTurn turn, Move move) {
    switch (move) {
      case Move.Say(Reply reply) -> reply(turn, reply);
      case Move.Look(String question) -> look(turn, question);
      case Move.Use use -> use(turn, use);
    }
  }

  /// Of several parts, all answers are said, but only the last one's question; a goodbye or a transfer ends the turn.
  private void reply(OpenTurn turn, Reply reply) {
    effects.cancelTimer(FILLER);
    if (turn.hasMoreParts() && reply.next() == Next.LISTEN) {
      if (!reply.isOpen()) {
        turn.said.addAll(reply.answer());
      }
      turn.nextPart();
      follow(turn, turn.dialogue.hear(turn.part()));
      return;
    }
    String destination = reply.next() == Next.TRANSFER ? destination() : null;
    memory = turn.dialogue.memory();
    open = null;
    writer.answer(turn, reply.after(turn.said), destination);
  }

  private @Nullable String destination() {
    return agent.transfer() == null ? null : Environment.expand(agent.transfer().number());
  }

  private void look(OpenTurn turn, String question) {
    turn.question = question;
    turn.awaited = INDEX;
    effects.await(INDEX, around.library().of(call.agent()));
  }

  private void search(OpenTurn turn, KnowledgeIndex index) {
    Knowledge knowledge = agent.knowledge();
    String question = turn.question;
    if (knowledge == null || question == null) {
      follow(turn, turn.dialogue.found(List.of()));
      return;
    }
    turn.awaited = SEARCH;
    effects.ask(SEARCH, Effects.Urgency.FINAL_DECODE, _ -> index.search(question, knowledge.minScore(), 1));
  }

  private void use(OpenTurn turn, Move.Use use) {
    if (!effects.isOwnershipConfirmed() && OWNERSHIP_CHECK.multipliedBy(turn.ownershipChecks++).compareTo(around.config().ownershipWait()) < 0) {
      turn.use = use;
      effects.timer(OWNERSHIP, OWNERSHIP_CHECK);
      return;
    }
    if (!effects.isOwnershipConfirmed()) {
      effects.error("tool not called", "the partition's ownership was not confirmed in time");
      follow(turn, turn.dialogue.done(ToolAnswer.of(Outcome.FAILED)));
      return;
    }
    switch (tools.ask(turn.number, turn.chain, use.tool(), use.arguments())) {
      case ToolDesk.Ready(ToolAnswer answer) -> follow(turn, turn.dialogue.done(answer));
      case ToolDesk.Waiting(String key) -> {
        turn.awaited = key;
        turn.use = use;
        effects.timer(FILLER, use.tool().fillerAfter());
      }
    }
  }

  // What engines, tools and timers answer.

  private void answered(String key, Object value) {
    if (key.startsWith(ToolDesk.KEY)) {
      toolAnswered(key, tools.answered(key, (ToolAnswer) value));
    } else if (open != null && key.equals(open.awaited)) {
      OpenTurn turn = open;
      turn.awaited = null;
      if (value instanceof KnowledgeIndex index) {
        search(turn, index);
      } else if (value instanceof List<?> found) {
        follow(turn, turn.dialogue.found(found.isEmpty() ? List.of() : ((Found) found.getFirst()).sentences()));
      }
    }
  }

  private void toolAnswered(String key, ToolAnswer answer) {
    if (open != null && key.equals(open.awaited)) {
      OpenTurn turn = open;
      turn.awaited = null;
      follow(turn, turn.dialogue.done(answer));
    }
  }

  private void failed(String key, Throwable cause) {
    log.warn("call {}: {} failed", call.id(), key.startsWith(ToolDesk.KEY) ? "tool" : key, cause);
    if (key.startsWith(ToolDesk.KEY)) {
      toolAnswered(key, tools.failed(key));
    } else if (open != null && key.equals(open.awaited)) {
      effects.error("knowledge not searched", cause.getClass().getSimpleName());
      open.awaited = null;
      follow(open, open.dialogue.found(List.of()));
    }
  }

  private void due(String key) {
    OpenTurn turn = open;
    switch (key) {
      case FILLER -> {
        if (turn != null && turn.use != null && !turn.hasFiller) {
          writer.filler(turn, filler(turn.use));
        }
      }
      case OWNERSHIP -> {
        if (turn != null && turn.use != null) {
          use(turn, turn.use);
        }
      }
      case KEYS -> typed();
      case REPLAY -> {
        own.release();
        releaseHeld();
        answerReady();
      }
      default -> {}
    }
  }

  private List<String> filler(Move.Use use) {
    Template own = use.tool().fillerSay();
    return Sentences.of((own == null ? agent.prompts().of(Prompt.FILLER) : own).fixed());
  }

  // Keys and silence.

  private void pressed(String key) {
    boolean isAwaited = Dialogue.keyedSlot(memory, agent).isPresent() && open == null;
    switch (keys.press(key, isAwaited, Dialogue.keyedSlot(memory, agent).map(slot -> slot.exactLength()).orElse(0))) {
      case MORE -> effects.timer(KEYS, around.config().keysEndAfter());
      case WHOLE -> typed();
      case NONE ->
          agent.intentOfKey(key).ifPresent(
              intent -> {
                keys.take();
                answer(Said.wish(intent.name()));
              });
    }
  }

  private void typed() {
    effects.cancelTimer(KEYS);
    String digits = keys.take();
    if (!digits.isEmpty()) {
      answer(new Part.Keyed(digits));
    }
  }

  /// An answer that the caller cut off before hearing any of it is given first; who asked for a moment has one more.
  private void silent(CallEvent.Silence silence) {
    if (last != null && last.isVoid() && !last.isHeard() && !last.parts().isEmpty()) {
      answer(nextNumber(), List.of(), true);
    } else if (memory.holdsOn() && silence.n() == 1) {
      log.debug("call {}: the caller asked for a moment", call.id());
    } else {
      answer(new Part.Silent(silence.n()));
    }
  }

  // Checkpoints.

  @Override
  public boolean atRest() {
    return open == null && tools.isIdle() && held.isEmpty() && keys.isEmpty();
  }

  @Override
  public AudioBytes state() {
    LastTurn joinable = last != null && last.isHeard() ? new LastTurn(last.number(), List.of(), Memory.EMPTY, List.of(), true, last.isVoid()) : last;
    return new CallState(
            CallState.VERSION, lastTurn, memory, joinable, writer.expected(), utterances.kept(), history.kept(), tools.kept())
        .bytes();
  }
}
