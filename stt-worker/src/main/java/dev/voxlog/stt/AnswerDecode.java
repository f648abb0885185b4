package dev.voxlog.stt;

import dev.voxlog.schemas.CallEvent;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A final decode that knows what the dialogue has asked for.
///
/// Speech is always recognised freely first: who is asked for a number may say that there is none.
/// Only where that gives no number of the awaited length is it recognised within digits too, and
/// these are taken if they explain the sound about as well: words forced on other speech score far
/// lower.
record AnswerDecode(Recognizer recognizer, CallEvent.@Nullable Expects expects) {
  /// Digits that were said scored 0.39 and more over a telephone, digits forced on other speech
  /// 0.32 and less.
  private static final double LEAST_CONFIDENCE = 0.35;

  private static final double LEAST_SHARE = 0.6;

  /// Where both readings are digits, the free one is wrong by a digit at most, and hardly more
  /// likely.
  private static final double LEAST_SHARE_OF_DIGITS = 0.9;

  private static final double CERTAIN = 0.8;
  private static final int LONGEST = 20;

  Hypothesis words(float[] pcm16k, BooleanSupplier cancelled) {
    Hypothesis free =
        recognizer.decode(pcm16k, new DecodeRequest(null, Constraint.none(), cancelled));
    if (expects == null || !isNumberAwaited(expects.answer()) || !isDoubtful(free)) {
      return free;
    }
    Hypothesis digits = recognizer.decode(pcm16k, new DecodeRequest(null, constraint(), cancelled));
    Hypothesis chosen = isBetter(digits, free) ? digits : free;
    return chosen.took(free.decodeTime().plus(digits.decodeTime()));
  }

  private static boolean isNumberAwaited(CallEvent.Answer answer) {
    return switch (answer) {
      case DIGITS, CODE -> true;
      case ANYTHING, YES_NO, UNKNOWN -> false;
    };
  }

  private int length() {
    return expects == null ? 0 : expects.length();
  }

  private Constraint constraint() {
    return length() > 0 ? Constraint.digits(length(), length()) : Constraint.digits(1, LONGEST);
  }

  /// Whether the free words may be a number misheard.
  private boolean isDoubtful(Hypothesis free) {
    if (free.text().isBlank()) {
      return false;
    }
    int digits = DigitCount.atEndOf(free.text());
    if (digits == 0) {
      return free.confidence() < CERTAIN;
    }
    boolean isLongEnough =
        length() > 0 ? digits == length() : DigitCount.of(free.text()).isComplete();
    // Two digits too many are no mishearing: another number was said.
    return !isLongEnough
        && (length() == 0 || Math.abs(digits - length()) <= 2 || digits < length());
  }

  private boolean isBetter(Hypothesis digits, Hypothesis free) {
    boolean isAllDigits = DigitCount.of(free.text()).isComplete();
    double share = isAllDigits ? LEAST_SHARE_OF_DIGITS : LEAST_SHARE;
    return constraint().isComplete(digits.text())
        && digits.confidence() >= LEAST_CONFIDENCE
        && digits.confidence() >= share * free.confidence();
  }
}
