package dev.voxlog.schemas;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What nlu makes of an utterance; topic `intents`.
public sealed interface Understanding extends VoxEvent {
  /// The intent of an utterance the classifier is not sure of.
  String UNSURE = "unsure";

  @Override
  default StageName writer() {
    return StageName.NLU;
  }

  /// An utterance understood: provisional for a stable interim (`revision` is the interim's), final
  /// (revision −1) for the final.
  ///
  /// `intent` is one of the agent file's or [#UNSURE]; `alternatives` are ordered, best first;
  /// `recognition` is the recogniser's confidence. `onsetMs`, `endMs` and `mediaMs` are the
  /// transcript's.
  record Understood(
      CallId callId,
      Instant at,
      int utterance,
      int revision,
      String text,
      String intent,
      double confidence,
      List<Score> alternatives,
      List<Entity> entities,
      @Nullable String sentiment,
      @Nullable String language,
      double recognition,
      long onsetMs,
      long endMs,
      long mediaMs)
      implements Understanding {
    public static final int FINAL = -1;

    public Understood {
      alternatives = List.copyOf(alternatives);
      entities = List.copyOf(entities);
    }

    public boolean isFinal() {
      return revision == FINAL;
    }

    @Override
    public String identity() {
      return isFinal() ? "F" + utterance : "P" + utterance + "." + revision;
    }
  }

  /// What nlu needs from before its safe point.
  record Checkpoint(CallId callId, Instant at, AudioBytes state) implements Understanding {
    @Override
    public @Nullable String identity() {
      return null;
    }
  }

  /// A new owner of the partition writes from here on.
  record Owner(Instant at, long epoch) implements Understanding {
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
