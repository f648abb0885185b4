package dev.voxlog.llm;

import dev.voxlog.llm.dialogue.Move;
import dev.voxlog.llm.knowledge.Found;
import dev.voxlog.runtime.CallView;
import dev.voxlog.runtime.Effects;
import dev.voxlog.schemas.CallEvent.Decided;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Answers what is open: looks it up in the documents and, where there is a model, has that answer.
final class OpenAnswers {
  private static final int PASSAGES_FOR_A_MODEL = 3;

  private final Lookup lookup;
  private final @Nullable Thinking thinking;
  private final History history;
  private final Next next;

  /// What follows: the dialogue's next move for the turn; or nothing, since the log has the turn's
  /// end.
  record Next(BiConsumer<OpenTurn, Move> follow, Consumer<OpenTurn> breakOff) {}

  OpenAnswers(
      CallView call,
      Effects effects,
      LlmWorker.Surroundings around,
      OwnLog own,
      TurnWriter writer,
      History history,
      Next next) {
    this.lookup = new Lookup(call, effects, around);
    this.thinking =
        around.model() == null
            ? null
            : new Thinking(call, effects, around, around.model(), own, writer);
    this.history = history;
    this.next = next;
  }

  void look(OpenTurn turn, Move.Look look) {
    turn.think = null;
    begin(turn, new Lookup.Question(look.question(), look.isSure(), 1));
  }

  void think(OpenTurn turn, Move.Think think) {
    turn.think = think;
    begin(turn, new Lookup.Question(think.question(), true, PASSAGES_FOR_A_MODEL));
  }

  private void begin(OpenTurn turn, Lookup.Question question) {
    lookup.begin(question).ifPresent(found -> found(turn, found));
  }

  private void found(OpenTurn turn, List<Found> found) {
    Move.Think think = turn.think;
    if (think == null || thinking == null) {
      List<String> sentences = found.stream().flatMap(each -> each.sentences().stream()).toList();
      next.follow.accept(turn, turn.dialogue.found(sentences));
      return;
    }
    turn.think = null;
    thinking.begin(turn, think.question(), found, history).ifPresent(each -> decided(turn, each));
    if (turn.wasBrokenOff) {
      next.breakOff.accept(turn);
    }
  }

  private void decided(OpenTurn turn, Decided decided) {
    next.follow.accept(turn, turn.dialogue.decided(decided, history.endsInAQuestion(turn.number)));
  }

  boolean isKey(String key) {
    return lookup.isKey(key) || thinking != null && thinking.isKey(key);
  }

  void answered(OpenTurn turn, String key, Object value) {
    if (lookup.isKey(key)) {
      lookup.answered(value).ifPresent(found -> found(turn, found));
    } else if (thinking != null) {
      thinking.answered(key, value).ifPresent(each -> decided(turn, each));
    }
  }

  void failed(OpenTurn turn, String key, Throwable cause) {
    if (lookup.isKey(key)) {
      lookup.failed(cause).ifPresent(found -> found(turn, found));
    } else if (thinking != null) {
      thinking.failed(cause);
    }
  }

  /// Nobody waits for an answer any more. What a predecessor said of one that is not begun here yet
  /// was said all the same.
  void release(OpenTurn turn) {
    lookup.release();
    if (thinking != null) {
      if (turn.think != null) {
        thinking.takeUp(turn);
      }
      thinking.release();
    }
  }

  /// The call is over, or another worker's.
  void close() {
    if (thinking != null) {
      thinking.release();
    }
  }
}
