package dev.voxlog.schemas;

import org.jspecify.annotations.Nullable;

/// How a call's turns are told apart, where its caller's program has a wish.
///
/// From a probability of `speechThreshold` (0 to 1) on it is speech; `preRollMs` before its onset
/// are recognised with it; a silence of `minSilenceMs` ends an utterance that reads as finished,
/// one of `maxSilenceMs` any. Where it `isUninterruptible`, what the caller says does not stop the
/// agent.
public record TurnDetection(
    @Nullable Double speechThreshold,
    @Nullable Long preRollMs,
    @Nullable Long minSilenceMs,
    @Nullable Long maxSilenceMs,
    boolean isUninterruptible) {
  public static final TurnDetection USUAL = new TurnDetection(null, null, null, null, false);
}
