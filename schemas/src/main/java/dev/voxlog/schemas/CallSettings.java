package dev.voxlog.schemas;

import org.jspecify.annotations.Nullable;

/// What the caller's program has set for its call. What it left out is null, and the agent file's
/// choice.
///
/// `instructions` are for the language model, below the agent file's; `voice` is the speech
/// engine's own name of a speaker.
public record CallSettings(
    @Nullable String instructions, @Nullable String voice, TurnDetection turnDetection) {
  /// All is as the agent file has it.
  public static final CallSettings NONE = new CallSettings(null, null, TurnDetection.USUAL);

  public CallSettings with(TurnDetection other) {
    return new CallSettings(instructions, voice, other);
  }

  public CallSettings withInstructions(@Nullable String other) {
    return new CallSettings(other, voice, turnDetection);
  }

  public CallSettings withoutInstructions() {
    return withInstructions(null);
  }
}
