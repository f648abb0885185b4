package dev.voxlog.schemas;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the agent will say, sentence by sentence; topic `sentences`, written by llm.
///
/// Turns are numbered from 1 (the greeting); a higher turn supersedes every lower one. Sentences of
/// a turn from 0.
public sealed interface TurnEvent extends VoxEvent {
  @Override
  default StageName writer() {
    return StageName.LLM;
  }

  /// What a sentence is to the turn.
  enum Purpose {
    ANSWER,
    /// Bridges a wait; not part of the answer.
    FILLER,
    /// Must be heard whole: it cannot be interrupted.
    DISCLOSURE,
    UNKNOWN
  }

  /// What happens once the turn has been heard.
  enum Next {
    LISTEN,
    HANG_UP,
    TRANSFER,
    UNKNOWN
  }

  /// One sentence to speak. `utterances` are those this turn answers (empty for the greeting and
  /// re-prompts).
  record Sentence(
      CallId callId,
      Instant at,
      int turn,
      int sentence,
      String text,
      Purpose purpose,
      List<Integer> utterances)
      implements TurnEvent {
    public Sentence {
      utterances = List.copyOf(utterances);
    }

    public boolean isInterruptible() {
      return purpose != Purpose.DISCLOSURE;
    }

    @Override
    public String identity() {
      return "S" + turn + "." + sentence;
    }
  }

  /// The turn has no more than `sentences` sentences. `route` says what made it: greeting, flow,
  /// knowledge, tool, llm, reprompt, fixed; `intent` what it answered.
  record TurnEnded(
      CallId callId,
      Instant at,
      int turn,
      int sentences,
      Next next,
      String route,
      @Nullable String intent,
      List<Integer> utterances)
      implements TurnEvent {
    public TurnEnded {
      utterances = List.copyOf(utterances);
    }

    @Override
    public String identity() {
      return "E" + turn;
    }
  }

  /// What llm needs from before its safe point.
  record Checkpoint(CallId callId, Instant at, AudioBytes state) implements TurnEvent {
    @Override
    public @Nullable String identity() {
      return null;
    }
  }

  /// A new owner of the partition writes from here on.
  record Owner(Instant at, long epoch) implements TurnEvent {
    @Override
    public @Nullable CallId callId() {
      return null;
    }

    @Override
    public @Nullable String identity() {
      return null;
    }
  }
}
