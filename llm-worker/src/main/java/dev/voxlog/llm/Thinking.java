package dev.voxlog.llm;

import dev.voxlog.agent.Prompt;
import dev.voxlog.agent.Sentences;
import dev.voxlog.llm.chat.ChatException;
import dev.voxlog.llm.chat.ChatModel;
import dev.voxlog.llm.chat.ChatRequest;
import dev.voxlog.llm.chat.ChatStream;
import dev.voxlog.llm.chat.ChatStream.End;
import dev.voxlog.llm.chat.ChatStream.Finish;
import dev.voxlog.llm.chat.ChatStream.FunctionCall;
import dev.voxlog.llm.chat.ChatStream.Usage;
import dev.voxlog.llm.knowledge.Found;
import dev.voxlog.runtime.CallView;
import dev.voxlog.runtime.Effects;
import dev.voxlog.schemas.CallEvent.Decided;
import dev.voxlog.schemas.CallEvent.Outcome;
import dev.voxlog.schemas.TurnEvent.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Has a language model answer, in sentences as they come.
///
/// What it said and what it wants done is in the log before anything follows from it: a successor
/// takes that up, or has the answer continued after the sentences that are in the log.
final class Thinking {
  private static final String PIECE = "model";
  private static final String WRITTEN = "model written";

  private static final Usage UNTOLD = new Usage(0, 0, 0);

  /// No answer on the telephone is as long as either; a server that does not end is left there.
  private static final int MOST_CHARACTERS = 4_000;

  private static final Duration LONGEST = Duration.ofSeconds(45);

  private final CallView call;
  private final Effects effects;
  private final ChatModel model;
  private final OwnLog own;
  private final TurnWriter writer;
  private final Asking asking;
  private final Bounds bounds;
  private final Duration fillerAfter;
  private @Nullable Answer answer;

  /// An answer that is being given in a turn.
  private static final class Answer {
    final OpenTurn turn;
    final ChatStream stream;
    final Instant since;
    final List<String> begun;
    final Bounds.Answer bounds;
    final SentenceCutter cutter = new SentenceCutter();
    @Nullable FunctionCall wanted;
    boolean hasSaidAnything;
    @Nullable Decided decided;

    /// `begun` is what a predecessor has said of it.
    Answer(
        OpenTurn turn, ChatStream stream, Instant since, List<String> begun, Bounds.Answer bounds) {
      this.turn = turn;
      this.bounds = bounds;
      this.stream = stream;
      this.since = since;
      this.begun = begun;
      this.hasSaidAnything = !begun.isEmpty();
    }
  }

  Thinking(
      CallView call,
      Effects effects,
      LlmWorker.Surroundings around,
      ChatModel model,
      OwnLog own,
      TurnWriter writer) {
    this.call = call;
    this.effects = effects;
    this.model = model;
    this.own = own;
    this.writer = writer;
    Briefings.Briefing briefing = around.briefings().of(call.agent());
    String asked = instructions(call);
    this.asking = asked == null ? briefing.asking() : new Asking(call.agent().agent(), asked);
    this.bounds = briefing.bounds();
    this.fillerAfter = around.config().fillerAfter();
  }

  /// What the caller's program asks for, where the agent file lets it.
  private static @Nullable String instructions(CallView call) {
    return call.agent().agent().realtime().instructions()
        ? call.started().settings().instructions()
        : null;
  }

  /// Begins the answer to `said`; gives what it came to where the log has that.
  Optional<Decided> begin(OpenTurn turn, String said, List<Found> found, History history) {
    turn.flush().forEach(each -> writer.answer(turn, each, Purpose.ANSWER));
    turn.model = model.name();
    Decided known = own.decided(turn.number, turn.thoughts++).orElse(null);
    List<String> begun = again(turn, known == null ? Integer.MAX_VALUE : known.sentences());
    if (isBrokenOff(turn, known)) {
      turn.wasBrokenOff = true;
      return Optional.empty();
    }
    if (known != null && isAllThere(turn, known)) {
      return Optional.of(known);
    }
    if (begun.isEmpty()) {
      turn.filler = Sentences.of(call.agent().agent().prompts().of(Prompt.FILLER).fixed());
      effects.timer(Turns.FILLER, fillerAfter);
    }
    ChatRequest request =
        asking.of(said, turn.account, found, history.before(turn.number, turn.isAfterACut), begun);
    answer =
        new Answer(
            turn, model.ask(request), effects.now(), begun, bounds.of(request, found, begun));
    awaitMore(answer);
    return Optional.empty();
  }

  /// Says what the log has of an answer that is not begun here.
  void takeUp(OpenTurn turn) {
    again(turn, Integer.MAX_VALUE);
  }

  /// Says what the log has of the answer, up to that many sentences of the turn.
  private List<String> again(OpenTurn turn, int upTo) {
    List<String> said = new ArrayList<>();
    while (turn.sentences < upTo) {
      writer.skipFillers(turn);
      Optional<String> text = own.answer(turn.number, turn.sentences);
      if (text.isEmpty()) {
        break;
      }
      said.add(text.get());
      writer.answer(turn, text.get(), Purpose.ANSWER);
    }
    return said;
  }

  /// Whether the log has the turn's end, and nothing that follows from an answer.
  private boolean isBrokenOff(OpenTurn turn, @Nullable Decided known) {
    OptionalInt atEnd = own.sentencesAtEnd(turn.number);
    return atEnd.isPresent()
        && (known == null || known.function() != null && atEnd.getAsInt() <= known.sentences());
  }

  /// The topics of decisions and sentences are not one: a decision can be there, and the last it
  /// said lost.
  private static boolean isAllThere(OpenTurn turn, Decided known) {
    return known.function() != null
        || known.outcome() != Outcome.OK
        || turn.sentences >= known.sentences();
  }

  boolean isKey(String key) {
    return key.equals(PIECE) || key.equals(WRITTEN);
  }

  private void awaitMore(Answer at) {
    Duration left = LONGEST.minus(Duration.between(at.since, effects.now()));
    effects.await(PIECE, left.isPositive() ? left : Duration.ofMillis(1), at.stream.next());
  }

  /// More of the answer is there; gives what it came to once that is in the log.
  Optional<Decided> answered(String key, Object value) {
    Answer at = answer;
    if (at == null) {
      return Optional.empty();
    }
    if (key.equals(WRITTEN)) {
      answer = null;
      return Optional.ofNullable(at.decided);
    }
    switch ((ChatStream.Piece) value) {
      case ChatStream.Text(String delta) -> {
        if (!say(at, at.cutter.add(delta))) {
          decide(at, UNTOLD);
        } else if (at.cutter.length() > MOST_CHARACTERS) {
          end(at, Finish.LENGTH, UNTOLD);
        } else {
          awaitMore(at);
        }
      }
      case FunctionCall wanted -> {
        at.wanted = at.wanted == null ? wanted : at.wanted;
        awaitMore(at);
      }
      case End(Finish finish, Usage usage) -> end(at, finish, usage == null ? UNTOLD : usage);
    }
    return Optional.empty();
  }

  /// The model broke off: what it said in whole sentences stands; where that is nothing, there is
  /// no answer.
  void failed(Throwable cause) {
    Answer at = answer;
    if (at != null && at.decided == null) {
      String kind = cause instanceof ChatException chat ? " " + chat.kind() : "";
      effects.error("language model failed", cause.getClass().getSimpleName() + kind);
      at.wanted = null;
      end(at, Finish.OTHER, UNTOLD);
    }
  }

  /// Of an answer that the model did not end itself, the last words may not be all of a sentence.
  private void end(Answer at, Finish finish, Usage usage) {
    boolean isEnded = finish == Finish.STOP || finish == Finish.FUNCTION_CALLS;
    boolean unused = say(at, isEnded ? at.cutter.rest() : at.cutter.whole());
    decide(at, usage);
  }

  /// Says the sentences up to one that is out of bounds, if one is: that ends the answer, and
  /// nothing of it follows. A model that is to go on after what was said may begin anew.
  private boolean say(Answer at, List<String> sentences) {
    for (String each : sentences) {
      Optional<Bounds.Breach> breach = at.bounds.breach(each);
      if (breach.isPresent()) {
        effects.error("language model out of bounds", breach.get().told());
        writer.withheld(breach.get());
        at.wanted = null;
        return false;
      }
      boolean isSaid = at.begun.stream().anyMatch(said -> said.equalsIgnoreCase(each));
      if (!isSaid) {
        effects.cancelTimer(Turns.FILLER);
        at.hasSaidAnything = true;
        writer.answer(at.turn, each, Purpose.ANSWER);
      }
    }
    return true;
  }

  /// What was neither said nor chosen is no answer.
  private void decide(Answer at, Usage usage) {
    boolean isAnswer = at.hasSaidAnything || at.wanted != null;
    at.stream.close();
    effects.cancelTimer(Turns.FILLER);
    FunctionCall wanted = at.wanted;
    at.decided =
        new Decided(
            call.id(),
            effects.now(),
            at.turn.number,
            at.turn.thoughts - 1,
            model.name(),
            at.turn.sentences,
            wanted == null ? null : wanted.function(),
            wanted == null ? null : wanted.arguments(),
            isAnswer ? Outcome.OK : Outcome.FAILED,
            at.turn.utterances(),
            usage.prompt(),
            usage.completion(),
            Duration.between(at.since, effects.now()).toMillis());
    writer.decided(at.decided);
    effects.written(WRITTEN);
  }

  /// Nobody waits for the answer any more: the model is told to stop.
  void release() {
    if (answer != null) {
      answer.stream.close();
      answer = null;
      effects.cancel(PIECE);
      effects.cancel(WRITTEN);
    }
  }
}
