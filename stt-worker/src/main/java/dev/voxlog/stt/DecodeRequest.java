package dev.voxlog.stt;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// How to decode.
///
/// `draft` is what was made of the beginning of the same audio: an interim is then found faster.
/// Final decodes take none, since their words must not depend on the interims asked for before.
/// `cancelled` is asked between tokens.
public record DecodeRequest(
    @Nullable Hypothesis draft, Constraint constraint, BooleanSupplier cancelled) {

  /// A final decode without a constraint, never cancelled.
  public static DecodeRequest unconstrained() {
    return within(Constraint.none());
  }

  /// A final decode within a constraint, never cancelled.
  public static DecodeRequest within(Constraint constraint) {
    return new DecodeRequest(null, constraint, () -> false);
  }
}
