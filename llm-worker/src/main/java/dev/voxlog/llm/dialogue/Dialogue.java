package dev.voxlog.llm.dialogue;

import dev.voxlog.agent.Action;
import dev.voxlog.agent.Flow;
import dev.voxlog.agent.Intent;
import dev.voxlog.agent.Prompt;
import dev.voxlog.agent.Slot;
import dev.voxlog.llm.dialogue.Conversation.Scope;
import dev.voxlog.llm.dialogue.Reply.Route;
import dev.voxlog.llm.tools.ToolAnswer;
import dev.voxlog.schemas.CallEvent.Decided;
import dev.voxlog.schemas.CallEvent.Outcome;
import dev.voxlog.schemas.TurnEvent.Next;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Decides what is said: a pure function of the agent, the memory and what it is told. What is open
/// a language model may answer; all that must be exact is decided here.
///
/// [#hear] gives the first move for a part of a turn; after [Move.Look], [Move.Think] and
/// [Move.Use] the next one comes from [#found], [#decided] and [#done]. The memory is the
/// conversation's and holds after [Move.Say].
public final class Dialogue {
  private final Conversation talk;
  private final Leaving leaving;
  private final Flows flows;
  private final Misunderstandings misunderstandings;
  private final Questions ask;
  private final OpenQuestions open;
  private Memory before;
  private boolean modelAsked;
  private @Nullable String answering;

  public Dialogue(Conversation talk) {
    this.talk = talk;
    this.before = talk.memory();
    this.leaving = new Leaving(talk);
    this.ask = new Questions(talk);
    this.flows = new Flows(talk, ask);
    this.misunderstandings = new Misunderstandings(talk);
    this.open = new OpenQuestions(talk, flows, ask, leaving, misunderstandings);
  }

  public Memory memory() {
    return talk.memory();
  }

  /// The memory where the caller has heard a part of the answer and cuts off the rest: a flow that
  /// was at its tool is left.
  public Memory memoryIfBrokenOff() {
    Frame frame = talk.memory().frame();
    boolean isAtTool = frame != null && frame.phase() == Frame.Phase.CALL;
    return isAtTool ? talk.memory().with((Frame) null) : talk.memory();
  }

  /// The words with which the first answer begins, where it is known who calls.
  public List<String> hello() {
    return talk.hello();
  }

  public Move hear(Part part) {
    before = talk.memory();
    talk.spokenAt(part);
    return leaving.asBefore(part).orElseGet(() -> heard(part));
  }

  /// Takes the last part back, as if it had not been said.
  public void forgetPart() {
    talk.remember(before);
  }

  private Move heard(Part part) {
    answering = subject(part);
    return named(
        switch (part) {
          case Said said -> heard(said);
          case Part.Keyed(String digits) -> keyed(digits);
          case Part.Silent(int n) -> silent(n);
        });
  }

  /// What the part is about: its own intent or, where it answers a question of a flow's or leads
  /// into one without naming it, the one that leads there.
  private @Nullable String subject(Part part) {
    Frame frame = talk.memory().frame();
    if (!(part instanceof Said said)) {
      return frame == null ? null : talk.intentOf(new Intent.Enter(frame.flow())).orElse(null);
    }
    Intent.Target target = talk.target(said).orElse(null);
    if (said.isUnsure() && target instanceof Intent.Enter) {
      return talk.intentOf(target).orElse(said.intent());
    }
    boolean isAnswer = said.isUnsure() || target != null && isYesNo(target);
    return frame == null || !isAnswer
        ? said.intent()
        : talk.intentOf(new Intent.Enter(frame.flow())).orElse(said.intent());
  }

  private Move named(Move move) {
    return move instanceof Move.Say(Reply reply) ? new Move.Say(reply.answering(answering)) : move;
  }

  private Move heard(Said said) {
    boolean askedForMore = talk.memory().asksForMore();
    modelAsked = talk.memory().modelAsks();
    talk.remember(talk.memory().asking(false).holding(false).modelAsking(false));
    if (talk.memory().offer() != null) {
      return offered(said, talk.memory().offer());
    }
    Frame frame = talk.memory().frame();
    Flow flow = frame == null ? null : talk.agent.flow(frame.flow()).orElse(null);
    if (frame == null || flow == null) {
      return fresh(said, askedForMore);
    }
    if (isControl(said, frame)) {
      return aside(flow, frame, said);
    }
    return flows.heard(flow, frame, said).orElseGet(() -> aside(flow, frame, said));
  }

  /// What steers the dialogue goes before an answer in free words, and before a yes or no that is
  /// said in passing.
  private boolean isControl(Said said, Frame frame) {
    boolean isSteering =
        talk.action(said)
            .map(each ->
                each == Action.TRANSFER
                    || each == Action.HANG_UP
                    || each == Action.CANCEL
                    || each == Action.REPEAT
                    || each == Action.HOLD_ON)
            .orElse(false);
    Slot.Type type =
        talk.agent
            .flow(frame.flow())
            .flatMap(flow -> flow.slot(frame.slot() == null ? "" : frame.slot()))
            .map(Slot::type)
            .orElse(Slot.Type.TEXT);
    boolean isFree = type == Slot.Type.TEXT || type == Slot.Type.NAME;
    boolean isShort = said.wordCount() <= 3 && YesNo.of(said, Optional.empty()).isPresent();
    return isSteering && (frame.phase().isYesNo() ? !isShort : isFree);
  }

  // An offer stands.

  private Move offered(Said said, Memory.Offer offer) {
    Optional<Intent.Target> target = talk.target(said);
    boolean isShort = said.wordCount() <= 2 && YesNo.of(said, Optional.empty()).isPresent();
    boolean isNewWish = target.isPresent() && !isYesNo(target.get()) && !isShort;
    Optional<YesNo> answer = isNewWish ? Optional.empty() : YesNo.of(said, talk.action(said));
    if (isNewWish && staysOpen(target.get())) {
      return new Move.Say(ask.pending(replyOf(follow(target.get(), said, false))));
    }
    if (answer.isEmpty() && !isNewWish && !said.isQuestion() && offer.unclear() == 0) {
      talk.remember(talk.memory().with(new Memory.Offer(offer.intent(), 1)));
      List<String> question = talk.told(Prompt.YES_OR_NO);
      return new Move.Say(
          Reply.of(Route.FIXED, List.of()).asking(question, Expectation.YES_NO).unclear());
    }
    talk.remember(talk.memory().with((Memory.Offer) null));
    if (answer.isEmpty()) {
      return fresh(said, false);
    }
    if (answer.get() == YesNo.NO) {
      talk.remember(talk.memory().asking(true).misunderstood(0));
      return new Move.Say(
          Reply.of(Route.FIXED, List.of()).closing(talk.told(Prompt.ANYTHING_ELSE)));
    }
    if (offer.intent() == null) {
      return act(Action.TRANSFER, said, false);
    }
    return talk.agent
        .intent(offer.intent())
        .map(intent -> follow(intent.target(), Said.wish(intent.name()), false))
        .orElseGet(() -> misunderstandings.of(said));
  }

  private static boolean staysOpen(Intent.Target target) {
    return target.equals(new Intent.Act(Action.REPEAT))
        || target.equals(new Intent.Act(Action.HOLD_ON));
  }

  private static boolean isYesNo(Intent.Target target) {
    return target.equals(new Intent.Act(Action.YES)) || target.equals(new Intent.Act(Action.NO));
  }

  // Something else in the midst of a flow.

  private Move aside(Flow flow, Frame frame, Said said) {
    Optional<Intent.Target> target = talk.target(said);
    if (target.isEmpty()) {
      return said.isQuestion()
          ? aside(Action.ANSWER, flow, frame, said)
          : flows.missed(flow, frame);
    }
    return switch (target.get()) {
      case Intent.Enter(String name) when name.equals(flow.name()) ->
          flows.wishedAgain(flow, frame, said);
      case Intent.Enter _ -> fresh(said, false);
      case Intent.Say _ -> {
        flows.passOver(frame, said);
        yield new Move.Say(ask.pending(replyOf(follow(target.get(), said, false))));
      }
      case Intent.Act act -> aside(act.action(), flow, frame, said);
    };
  }

  private Move aside(Action action, Flow flow, Frame frame, Said said) {
    if (action == Action.ANSWER || action == Action.UNSURE) {
      flows.passOver(frame, said);
    }
    return switch (action) {
      case ANSWER -> open.look(said);
      case UNSURE ->
          talk.hasModel()
              ? open.think(said, () -> aside(action, flow, frame, said))
              : inPassing(action, said);
      case HELP -> inPassing(action, said);
      case YES, NO -> flows.missed(flow, frame);
      default -> act(action, said, false);
    };
  }

  private Move inPassing(Action action, Said said) {
    return new Move.Say(ask.pending(replyOf(act(action, said, false))));
  }

  private static Reply replyOf(Move move) {
    return move instanceof Move.Say(Reply reply) ? reply : Reply.of(Route.FIXED, List.of());
  }

  // A wish.

  private Move fresh(Said said, boolean askedForMore) {
    Optional<Intent.Target> target = talk.target(said);
    if (isForModel(said, target)) {
      return open.think(said, () -> fresh(said, askedForMore));
    }
    if (askedForMore && (target.isEmpty() || isYesNo(target.get()))) {
      Optional<YesNo> answer = YesNo.of(said, talk.action(said));
      if (answer.isPresent()) {
        return act(answer.get() == YesNo.YES ? Action.YES : Action.NO, said, true);
      }
    }
    return target.isEmpty() ? open.look(said) : follow(target.get(), said, askedForMore);
  }

  /// A wish, where the model is asked all; a yes or no, where it asked.
  private boolean isForModel(Said said, Optional<Intent.Target> target) {
    boolean isAnswer = target.map(Dialogue::isYesNo).orElse(true);
    boolean isWish = target.isPresent() && !(target.get() instanceof Intent.Act);
    return talk.hasModel()
        && !said.words().isEmpty()
        && (modelAsked && isAnswer || talk.scope() == Scope.ALL && isWish);
  }

  private Move follow(Intent.Target target, Said said, boolean askedForMore) {
    return switch (target) {
      case Intent.Enter(String name) ->
          talk.agent
              .flow(name)
              .map(flow -> flows.enter(flow, said))
              .orElseGet(() -> misunderstandings.of(said));
      case Intent.Act(Action action) -> act(action, said, askedForMore);
      case Intent.Say(var wordings) -> {
        List<String> words = talk.told(wordings, "intent " + said.intent(), _ -> null);
        boolean asks = !words.isEmpty() && words.getLast().endsWith("?");
        talk.remember(talk.memory().asking(asks).misunderstood(0));
        yield new Move.Say(Reply.of(Route.FIXED, words));
      }
    };
  }

  private Move act(Action action, Said said, boolean askedForMore) {
    return switch (action) {
      case ANSWER -> open.look(said);
      case TRANSFER -> new Move.Say(leaving.transfer());
      case HANG_UP -> new Move.Say(leaving.farewell());
      case REPEAT -> repeat();
      case YES -> talk.fixed(Prompt.GO_AHEAD);
      case NO -> askedForMore ? new Move.Say(leaving.farewell()) : talk.moreAfter(List.of());
      case CANCEL -> cancel();
      case HOLD_ON -> {
        talk.remember(talk.memory().holding(true));
        yield new Move.Say(waiting(Reply.of(Route.FIXED, talk.told(Prompt.HOLD_ON))));
      }
      case HELP -> talk.fixed(Prompt.HELP);
      case UNSURE ->
          talk.hasModel()
              ? open.think(said, () -> act(action, said, askedForMore))
              : unlessAsked(said, misunderstandings.beyond());
    };
  }

  /// A statement may lead up to the wish that follows it.
  static Move unlessAsked(Said said, Move move) {
    return said.isQuestion() ? move : move.unclear();
  }

  private Move repeat() {
    List<String> words =
        talk.lastAnswer.isEmpty() ? talk.told(Prompt.NOTHING_TO_REPEAT) : talk.lastAnswer;
    return new Move.Say(waiting(Reply.of(Route.FIXED, words)));
  }

  /// The flow's question is not said, but still waited on.
  private Reply waiting(Reply reply) {
    Reply whole = ask.pending(reply);
    return new Reply(
        reply.answer(),
        List.of(),
        whole.isOpen(),
        whole.expects(),
        Next.LISTEN,
        reply.route(),
        reply.intent(),
        null,
        false);
  }

  private Move cancel() {
    talk.remember(talk.memory().with((Frame) null).with((Memory.Offer) null));
    return talk.moreAfter(talk.told(Prompt.CANCELLED));
  }

  // Knowledge, and what to do without.

  /// What the documents say to the question, empty if nothing good enough.
  public Move found(List<String> sentences) {
    return named(open.found(sentences));
  }

  /// What the language model said or wants; `asks` where the last it said is a question.
  public Move decided(Decided decided, boolean asks) {
    String flow = decided.function();
    if (flow != null && talk.agent.flow(flow).isPresent()) {
      answering = talk.intentOf(new Intent.Enter(flow)).orElse(answering);
    }
    return named(open.decided(decided, asks));
  }

  // Tools, keys, silence, time.

  public Move done(ToolAnswer answer) {
    Frame frame = talk.memory().frame();
    Flow flow = frame == null ? null : talk.agent.flow(frame.flow()).orElse(null);
    if (frame == null || flow == null) {
      return named(
          talk.moreAfter(answer.outcome() == Outcome.OK ? List.of() : talk.told(Prompt.APOLOGY)));
    }
    return named(flows.done(flow, frame, answer));
  }

  private Move keyed(String digits) {
    Frame frame = talk.memory().frame();
    Flow flow = frame == null ? null : talk.agent.flow(frame.flow()).orElse(null);
    Slot slot = keyedSlot().orElse(null);
    if (frame == null || flow == null || slot == null) {
      return new Move.Say(ask.pending(Reply.of(Route.FIXED, talk.told(Prompt.HELP))));
    }
    talk.remember(talk.memory().asking(false).holding(false).misunderstood(0));
    return flows.keyed(flow, frame, slot, digits);
  }

  /// The slot whose digits the caller may type, if the dialogue waits for one.
  public Optional<Slot> keyedSlot() {
    return keyedSlot(talk.memory(), talk.agent);
  }

  public static Optional<Slot> keyedSlot(Memory memory, dev.voxlog.agent.Agent agent) {
    Frame frame = memory.frame();
    if (frame == null || frame.slot() == null || memory.offer() != null) {
      return Optional.empty();
    }
    String name = frame.slot();
    return agent
        .flow(frame.flow())
        .flatMap(flow -> flow.slot(name))
        .filter(slot -> slot.type().isDigits());
  }

  private Move silent(int n) {
    if (n > talk.agent.silence().reprompts()) {
      return new Move.Say(leaving.goodbye(Prompt.SILENCE_GOODBYE, Route.REPROMPT));
    }
    List<String> words =
        talk.told(List.of(talk.agent.prompts().nth(Prompt.REPROMPT, n - 1)), "", _ -> null);
    return new Move.Say(ask.pending(Reply.of(Route.REPROMPT, words)));
  }

  /// The call has lasted as long as it may.
  public Move timeIsUp() {
    return new Move.Say(leaving.goodbye(Prompt.TIME_IS_UP, Route.FIXED));
  }
}
