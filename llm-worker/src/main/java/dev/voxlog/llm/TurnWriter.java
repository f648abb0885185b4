package dev.voxlog.llm;

import dev.voxlog.llm.dialogue.Expectation;
import dev.voxlog.llm.dialogue.Reply;
import dev.voxlog.runtime.CallView;
import dev.voxlog.runtime.Effects;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallEvent.Answer;
import dev.voxlog.schemas.CallEvent.Decided;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.TurnEvent.Next;
import dev.voxlog.schemas.TurnEvent.Purpose;
import dev.voxlog.schemas.TurnEvent.Sentence;
import dev.voxlog.schemas.TurnEvent.TurnEnded;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Writes turns: what is expected, the sentences, where the call goes, the end; keeps the history
/// of them, and measures.
final class TurnWriter {
  private static final String BEGUN = "begun";

  private final CallId call;
  private final Effects effects;
  private final OwnLog own;
  private final History history;
  private final LlmMetrics metrics;
  private Expectation expected;

  TurnWriter(CallView call, Effects effects, OwnLog own, History history, Expectation expected) {
    this.call = call.id();
    this.effects = effects;
    this.own = own;
    this.history = history;
    this.metrics = new LlmMetrics(call.agent().agent());
    this.expected = expected;
  }

  Expectation expected() {
    return expected;
  }

  /// Bridges a wait, unless the log has the answer's sentence in that place already.
  void filler(OpenTurn turn) {
    for (String text : turn.filler) {
      if (!own.isAnswer(turn.number, turn.sentences)) {
        sentence(turn, text, Purpose.FILLER);
      }
    }
    turn.hasFiller = true;
  }

  /// What a language model came to, and used.
  void decided(Decided decided) {
    metrics.used(decided);
    effects.emit(decided);
  }

  /// A sentence of a language model's was out of bounds, and is not said.
  void withheld(Bounds.Breach breach) {
    metrics.withheld(breach);
  }

  /// Takes note of a flow that has reached its goal in this turn.
  void completed(OpenTurn turn, Reply reply) {
    if (reply.completed() != null) {
      turn.completed.add(reply.completed());
    }
  }

  /// The turn's answer, to its end.
  void answer(OpenTurn turn, Reply reply, @Nullable String destination) {
    expect(turn.number, reply.expects());
    Stream.concat(reply.answer().stream(), reply.question().stream())
        .forEach(text -> answer(turn, text, Purpose.ANSWER));
    if (destination != null) {
      effects.emit(
          new CallEvent.Transfer(
              call, effects.now(), turn.number, destination, "asked for a person"));
    }
    end(turn, reply.next(), reply.route(), reply.intent());
  }

  /// Each question tells what it expects; that anything may come is told once.
  private void expect(int turn, Expectation expects) {
    if (expects.answer() != Answer.ANYTHING || !expects.equals(expected)) {
      expected = expects;
      effects.emit(
          new CallEvent.Expects(call, effects.now(), turn, expects.answer(), expects.length()));
    }
  }

  /// Fillers that a predecessor said in the place of the next sentence keep their numbers.
  void skipFillers(OpenTurn turn) {
    while (own.isFiller(turn.number, turn.sentences)) {
      turn.sentences++;
      turn.hasFiller = true;
      put(turn, "", Purpose.FILLER);
    }
  }

  /// A sentence of the answer.
  void answer(OpenTurn turn, String text, Purpose purpose) {
    skipFillers(turn);
    if (!turn.isAnswering) {
      turn.isAnswering = true;
      metrics.begun(turn, effects.now());
    }
    sentence(turn, text, purpose);
  }

  private void sentence(OpenTurn turn, String text, Purpose purpose) {
    effects.emit(
        new Sentence(
            call, effects.now(), turn.number, turn.sentences++, text, purpose, turn.utterances()));
    put(turn, text, purpose);
  }

  private void put(OpenTurn turn, String text, Purpose purpose) {
    SpokenTurn spoken =
        history
            .turn(turn.number)
            .orElseGet(() -> new SpokenTurn(turn.number, BEGUN, turn.callerSaid(), List.of()));
    history.put(spoken.saying(text, purpose));
  }

  void end(OpenTurn turn, Next next, Reply.Route route, @Nullable String intent) {
    String made = SpokenTurn.route(route);
    if (!own.isEnded(turn.number)) {
      metrics.ended(turn, effects.now(), next, intent);
    }
    effects.emit(
        new TurnEnded(
            call,
            effects.now(),
            turn.number,
            turn.sentences,
            next,
            made,
            intent,
            turn.utterances()));
    history.turn(turn.number).ifPresent(spoken -> history.put(spoken.routed(made)));
  }

  /// The turn will not be finished. One of which nothing was written leaves no trace where a later
  /// turn answers the same words; else its end tells that they need no answer any more.
  void breakOff(OpenTurn turn, boolean isJoined) {
    if (turn.sentences > 0 || !isJoined && !turn.utterances().isEmpty()) {
      end(turn, Next.LISTEN, Reply.Route.FIXED, null);
    }
  }

  /// Whether the log has some of the turn's answer.
  boolean isAnswered(OpenTurn turn) {
    return own.isAnswered(turn.number);
  }
}
