package dev.voxlog.schemas;

import org.jspecify.annotations.Nullable;

/// How a call's turns are told apart, where its caller's program has a wish.
///
/// From a probability of `speechThreshold` (0 to 1) on it is speech; `preRollMs` before its onset
/// are recognised with it; a silence of `minSilenceMs` ends an utterance that reads as finished,
/// one of `maxSilenceMs` any. Where it `isUninterruptible`, what the caller says does not stop the
/// agent. Where it `isAnsweredOnRequest`, what the caller says is answered once the program asks
/// for it; where it `isPushToTalk`, nothing is detected: the program says itself what is an
/// utterance.
public record TurnDetection(
    @Nullable Double speechThreshold,
    @Nullable Long preRollMs,
    @Nullable Long minSilenceMs,
    @Nullable Long maxSilenceMs,
    boolean isUninterruptible,
    boolean isAnsweredOnRequest,
    boolean isPushToTalk) {
  public static final TurnDetection USUAL = new TurnDetection(null, null, null, null, false);

  /// Who commits what is to be heard interrupts nobody by it, and asks for each answer.
  public static final TurnDetection PUSH_TO_TALK =
      new TurnDetection(null, null, null, null, true, true, true);

  /// What is detected is answered.
  public TurnDetection(
      @Nullable Double speechThreshold,
      @Nullable Long preRollMs,
      @Nullable Long minSilenceMs,
      @Nullable Long maxSilenceMs,
      boolean isUninterruptible) {
    this(speechThreshold, preRollMs, minSilenceMs, maxSilenceMs, isUninterruptible, false, false);
  }

  public TurnDetection answeredOnRequest() {
    return new TurnDetection(
        speechThreshold,
        preRollMs,
        minSilenceMs,
        maxSilenceMs,
        isUninterruptible,
        true,
        isPushToTalk);
  }
}
