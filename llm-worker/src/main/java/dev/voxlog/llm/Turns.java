package dev.voxlog.llm;

import dev.voxlog.agent.Agent;
import dev.voxlog.agent.Environment;
import dev.voxlog.agent.Greeting;
import dev.voxlog.agent.Sentences;
import dev.voxlog.llm.CallState.LastTurn;
import dev.voxlog.llm.dialogue.Conversation;
import dev.voxlog.llm.dialogue.Dialogue;
import dev.voxlog.llm.dialogue.Memory;
import dev.voxlog.llm.dialogue.Move;
import dev.voxlog.llm.dialogue.Part;
import dev.voxlog.llm.dialogue.Reply;
import dev.voxlog.llm.dialogue.Said;
import dev.voxlog.llm.tools.ToolAnswer;
import dev.voxlog.runtime.CallView;
import dev.voxlog.runtime.Effects;
import dev.voxlog.schemas.TurnEvent.Next;
import dev.voxlog.schemas.TurnEvent.Purpose;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Works a call's turns out, one at a time: from the dialogue's moves, through documents and tools,
/// to what is written.
final class Turns {
  private static final Logger log = LoggerFactory.getLogger(Turns.class);

  static final String FILLER = "filler";
  private static final String END = "end";
  static final String GOES_ON = "goes on";

  /// Longer speech needs no more patience here: playback begins nothing while the caller speaks.
  private static final Duration SPEECH = Duration.ofSeconds(2);

  private final CallView call;
  private final Effects effects;
  private final LlmWorker.Surroundings around;
  private final Agent agent;
  private final History history;
  private final ToolDesk tools;
  private final Callers callers;
  private final TurnWriter writer;
  private final OpenAnswers answers;
  private Memory memory;
  private int number;
  private @Nullable LastTurn last;
  private @Nullable OpenTurn open;
  private boolean isWritten = true;
  private boolean isTimeUp;
  private boolean isParting;
  private final List<Played> early = new ArrayList<>();

  /// A sentence that was played, of a turn that a predecessor wrote and that is still to be worked
  /// out again.
  private record Played(int turn, int sentence) {}

  Turns(
      CallView call, Effects effects, LlmWorker.Surroundings around, OwnLog own, CallState state) {
    this.call = call;
    this.effects = effects;
    this.around = around;
    this.agent = call.agent().agent();
    this.history = new History(state.history());
    this.tools = new ToolDesk(call, effects, around, own, state.tools());
    this.callers = new Callers(call, tools, own, state.account());
    this.writer = new TurnWriter(call, effects, own, history, state.expects());
    OpenAnswers.Next next = new OpenAnswers.Next(this::follow, _ -> breakOff(false));
    this.answers = new OpenAnswers(call, effects, around, own, writer, history, next);
    this.memory = state.memory();
    this.number = state.lastTurn();
    this.last = state.last();
  }

  // What there is.

  /// The latest turn's number, 0 before the greeting.
  int number() {
    return number;
  }

  Memory memory() {
    return memory;
  }

  boolean isOpen() {
    return open != null;
  }

  /// Whether the latest turn's reply is there and waits whether the caller goes on.
  boolean isHeldBack() {
    return open != null && open.heldBack != null;
  }

  /// The utterances that the latest turn answers.
  List<Integer> answered() {
    return last == null ? List.of() : OpenTurn.utterances(last.parts());
  }

  /// Until something of an answer was heard, what the caller adds belongs to it.
  boolean isStillUnheard() {
    return last != null && !last.isHeard() && !answered().isEmpty();
  }

  /// Whether the caller cut the latest answer off before hearing any of it, and has said nothing
  /// since.
  boolean isOwedAnAnswer() {
    return last != null && last.isVoid() && !last.isHeard() && !last.parts().isEmpty();
  }

  /// Whether it is for the caller to speak: all of the latest turn was heard, or cut off.
  boolean isCallersTurn() {
    boolean isHeard = last == null || last.isVoid() || history.isHeardOut(number);
    return number > 0 && open == null && !isParting && isHeard;
  }

  boolean atRest() {
    return open == null && isWritten && tools.isIdle();
  }

  // What the caller heard.

  History history() {
    return history;
  }

  void heard(int turn, int sentence) {
    if (turn > number) {
      early.add(new Played(turn, sentence));
    } else if (last != null && last.number() == turn && !history.isFiller(turn, sentence)) {
      last = last.heard();
    }
  }

  void interrupted(int turn) {
    if (last != null && last.number() == turn) {
      last = last.voided();
      breakOff(true);
    }
  }

  /// The caller's program wants no more of the turn.
  void cancelled(int turn) {
    if (open != null && open.number == turn) {
      breakOff(false);
    }
    if (last != null && last.number() == turn && last.isHeard()) {
      last = last.voided();
    }
  }

  // Turns.

  void greet() {
    Greeting greeting = agent.greeting();
    OpenTurn turn = begin(1, List.of(), List.of());
    say(turn, greeting.hello(), Purpose.ANSWER);
    say(
        turn,
        greeting.disclosure(),
        greeting.isUninterruptible() ? Purpose.DISCLOSURE : Purpose.ANSWER);
    say(turn, greeting.question(), Purpose.ANSWER);
    writer.end(turn, Next.LISTEN, Reply.Route.GREETING, null);
    close();
    callers.lookUp();
  }

  private void say(OpenTurn turn, String text, Purpose purpose) {
    Sentences.of(text).forEach(sentence -> writer.answer(turn, sentence, purpose));
  }

  /// From here on every turn is the last one.
  void timeIsUp() {
    isTimeUp = true;
  }

  /// Answers `added` in a turn of this number; with `joins` together with what the latest turn
  /// answered, which it supersedes.
  void answer(int number, List<? extends Part> added, boolean joins) {
    breakOff(joins);
    List<Part> parts = new ArrayList<>();
    List<Integer> chain = new ArrayList<>();
    if (joins && last != null) {
      last.parts().stream().filter(each -> !(each instanceof Part.Silent)).forEach(parts::add);
      chain.addAll(last.chain());
      chain.add(last.number());
      history.forget(last.number());
      memory = last.before();
    }
    parts.addAll(added);
    OpenTurn turn = begin(number, Said.joined(parts, agent), List.copyOf(chain));
    boolean isLast =
        isTimeUp
            || number > agent.limits().maxTurns()
            || OpenTurn.mediaMs(parts) > agent.limits().maxCallDuration().toMillis();
    if (!isLast && !(parts.getFirst() instanceof Part.Silent)) {
      turn.hello.addAll(turn.dialogue.hello());
    }
    follow(turn, isLast ? turn.dialogue.timeIsUp() : turn.dialogue.hear(turn.part()));
  }

  private OpenTurn begin(int begun, List<Part> parts, List<Integer> chain) {
    double doubted = around.config().confirmBelow();
    Conversation.Facts facts = callers.facts(begun);
    Conversation talk =
        new Conversation(agent, facts, history.lastAnswer(), doubted, around.scope(), memory);
    int after = chain.stream().min(Integer::compare).map(first -> first - 1).orElse(number);
    OpenTurn turn = new OpenTurn(begun, after, parts, chain, new Dialogue(talk), effects.now());
    turn.account = facts.account();
    turn.isAfterACut = last != null && last.isVoid();
    number = begun;
    last = new LastTurn(begun, parts, memory, chain, false, false);
    open = turn;
    return turn;
  }

  /// The turn that is being worked out ends here. A tool call that was made goes on: its result is
  /// recorded, and not asked for twice. What was heard of it holds: so does what it had led to.
  private void breakOff(boolean isJoined) {
    if (open != null) {
      answers.release(open);
      tools.release();
      writer.breakOff(open, isJoined);
      if (last != null && last.isHeard()) {
        memory = open.dialogue.memoryIfBrokenOff();
      }
      close();
    }
  }

  /// Nothing more is done for the call here.
  void release() {
    answers.close();
  }

  /// Once all that it wrote is in the log, the call is at rest and has a checkpoint.
  private void close() {
    open = null;
    isWritten = false;
    effects.cancelTimer(FILLER);
    effects.cancelTimer(GOES_ON);
    effects.written(END);
    List<Played> played = early.stream().filter(each -> each.turn() <= number).toList();
    early.removeAll(played);
    played.forEach(each -> heard(each.turn(), each.sentence()));
  }

  private void follow(OpenTurn turn, Move move) {
    switch (move) {
      case Move.Say(Reply reply) -> reply(turn, reply);
      case Move.Look look -> answers.look(turn, look);
      case Move.Think think -> answers.think(turn, think);
      case Move.Use use -> use(turn, use);
    }
  }

  /// Of several parts, all answers are said, but only the last one's question; a way out ends the
  /// turn, but one that the caller chose is the last part's to take or to take back. A part of
  /// which nothing could be made counts for nothing beside others; where it is all there is, the
  /// caller may be in the midst of saying it.
  private void reply(OpenTurn turn, Reply reply) {
    effects.cancelTimer(FILLER);
    writer.completed(turn, reply);
    boolean isListening = reply.next() == Next.LISTEN;
    if (turn.hasMoreParts() && (isListening || turn.dialogue.memory().leaving() != null)) {
      if (reply.isUnclear()) {
        turn.dialogue.forgetPart();
      } else if (isListening && !reply.isOpen()) {
        turn.said.addAll(reply.answer());
      }
      turn.nextPart();
      follow(turn, turn.dialogue.hear(turn.part()));
      return;
    }
    if (reply.isUnclear() && turn.said.isEmpty() && !writer.isAnswered(turn)) {
      turn.heldBack = reply;
      effects.timer(GOES_ON, around.config().goOnWithin());
    } else {
      write(turn, reply);
    }
  }

  private void write(OpenTurn turn, Reply reply) {
    isParting = reply.next() != Next.LISTEN;
    memory = turn.dialogue.memory();
    writer.answer(
        turn, reply.after(turn.flush()), reply.next() == Next.TRANSFER ? destination() : null);
    close();
  }

  /// Writes the reply that is held back, unless the caller has begun to say more: that has some
  /// time to come.
  void goesOn(boolean hasBegun) {
    OpenTurn turn = open;
    if (turn == null || turn.heldBack == null) {
      return;
    }
    if (hasBegun && !turn.isPatient) {
      turn.isPatient = true;
      effects.timer(GOES_ON, SPEECH);
    } else {
      write(turn, turn.heldBack);
    }
  }

  private @Nullable String destination() {
    return agent.transfer() == null ? null : agent.transfer().number(Environment::ofThisProcess);
  }

  // Tools.

  private void use(OpenTurn turn, Move.Use use) {
    switch (tools.ask(turn.number, turn.after, turn.chain, use.tool(), use.arguments())) {
      case ToolDesk.Ready(ToolAnswer answer) -> follow(turn, turn.dialogue.done(answer));
      case ToolDesk.Waiting(String key) -> {
        turn.awaited = key;
        turn.filler = use.filler(agent.prompts());
        effects.timer(FILLER, use.tool().fillerAfter());
      }
    }
  }

  private void toolDone(String key, ToolAnswer answer) {
    if (!callers.answered(key, answer) && open != null && key.equals(open.awaited)) {
      OpenTurn turn = open;
      turn.awaited = null;
      follow(turn, turn.dialogue.done(answer));
    }
  }

  // What engines, tools, the log and timers answer.

  void answered(String key, Object value) {
    if (key.equals(END)) {
      isWritten = true;
    } else if (key.startsWith(ToolDesk.KEY)) {
      tools.answered(key, value).ifPresent(answer -> toolDone(key, answer));
    } else if (open != null && answers.isKey(key)) {
      answers.answered(open, key, value);
    }
  }

  /// What broke is named by its kind alone: a message may hold a caller's words.
  void failed(String key, Throwable cause) {
    boolean isTool = key.startsWith(ToolDesk.KEY);
    log.warn(
        "call {}: {} failed: {}", call.id(), isTool ? "tool" : key, cause.getClass().getName());
    if (isTool) {
      tools.failed(key).ifPresent(answer -> toolDone(key, answer));
    } else if (open != null && answers.isKey(key)) {
      answers.failed(open, key, cause);
    }
  }

  void due(String key) {
    if (key.startsWith(ToolDesk.KEY)) {
      tools.due(key);
    } else if (key.equals(FILLER) && open != null && !open.hasFiller) {
      writer.filler(open);
    }
  }

  // Checkpoints.

  /// What later turns need; the inputs' part of it is the caller's.
  CallState state(Utterances.Kept utterances, long elapsedMs) {
    LastTurn joinable = last == null ? null : last.remembered();
    return new CallState(
        number,
        memory,
        joinable,
        writer.expected(),
        utterances,
        history.kept(),
        tools.kept(),
        elapsedMs,
        callers.account());
  }
}
