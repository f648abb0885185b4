package dev.voxlog.stt;

import dev.voxlog.schemas.CallEvent;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A final decode that knows what the dialogue has asked for.
///
/// Speech is always recognised freely first: who is asked for a number may say that there is none.
/// Only where that gives no number or code of the awaited length is it recognised within digits, or
/// letters and digits, too, and these are taken if they explain the sound about as well: words
/// forced on other speech score far lower.
record AnswerDecode(Recognizer recognizer, CallEvent.@Nullable Expects expects) {
  /// Digits that were said scored 0.39 and more over a telephone, digits forced on other speech
  /// 0.32 and less.
  private static final double LEAST_CONFIDENCE = 0.35;

  private static final double LEAST_SHARE = 0.6;

  /// Where both readings are characters, the free one is wrong by one at most, and hardly more
  /// likely.
  private static final double LEAST_SHARE_OF_SPELLED = 0.9;

  private static final double CERTAIN = 0.8;
  private static final int LONGEST = 20;

  Hypothesis words(float[] pcm16k, BooleanSupplier cancelled) {
    Hypothesis free =
        recognizer.decode(pcm16k, new DecodeRequest(null, Constraint.none(), cancelled));
    Spelling spelling = Spelling.awaited(expects).orElse(null);
    if (spelling == null || !isDoubtful(spelling, free)) {
      return free;
    }
    Constraint constraint = constraint(spelling);
    Hypothesis spelled = recognizer.decode(pcm16k, new DecodeRequest(null, constraint, cancelled));
    boolean isBetter = constraint.isComplete(spelled.text()) && explains(spelling, spelled, free);
    Hypothesis chosen = isBetter ? spelled : free;
    return chosen.took(free.decodeTime().plus(spelled.decodeTime()));
  }

  private int length() {
    return expects == null ? 0 : expects.length();
  }

  private Constraint constraint(Spelling spelling) {
    int min = length() > 0 ? length() : 1;
    int max = length() > 0 ? length() : LONGEST;
    return switch (spelling) {
      case DIGITS -> Constraint.digits(min, max);
      case CODE -> Constraint.code(min, max);
    };
  }

  /// Whether the free words may be a number or code misheard.
  private boolean isDoubtful(Spelling spelling, Hypothesis free) {
    if (free.text().isBlank()) {
      return false;
    }
    int characters = CharacterCount.atEndOf(spelling, free.text());
    if (characters == 0) {
      return free.confidence() < CERTAIN;
    }
    boolean isLongEnough =
        length() > 0
            ? characters == length()
            : CharacterCount.of(spelling, free.text()).isComplete();
    // Two characters too many are no mishearing: another number was said.
    return !isLongEnough
        && (length() == 0 || Math.abs(characters - length()) <= 2 || characters < length());
  }

  private static boolean explains(Spelling spelling, Hypothesis spelled, Hypothesis free) {
    boolean isSpelledToo = CharacterCount.of(spelling, free.text()).isComplete();
    double share = isSpelledToo ? LEAST_SHARE_OF_SPELLED : LEAST_SHARE;
    return spelled.confidence() >= LEAST_CONFIDENCE
        && spelled.confidence() >= share * free.confidence();
  }
}
