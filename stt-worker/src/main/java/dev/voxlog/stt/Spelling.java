package dev.voxlog.stt;

import dev.voxlog.schemas.CallEvent;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is said character by character.
enum Spelling {
  DIGITS,
  /// Letters and digits.
  CODE;

  /// What the dialogue waits for, if that is said so.
  static Optional<Spelling> awaited(CallEvent.@Nullable Expects expects) {
    if (expects == null) {
      return Optional.empty();
    }
    return switch (expects.answer()) {
      case DIGITS -> Optional.of(DIGITS);
      case CODE -> Optional.of(CODE);
      case ANYTHING, YES_NO, UNKNOWN -> Optional.empty();
    };
  }
}
