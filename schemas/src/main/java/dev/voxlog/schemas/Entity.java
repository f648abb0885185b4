package dev.voxlog.schemas;

/// Something exact found in the caller's words: `kind` such as `orderId`, `digits`, `amount`,
/// `date`, `time`, `phone`; `value` in canonical form (digits only, ISO dates and times, decimal
/// amounts), `text` as said.
///
/// A `correction` says of digits that were said before or read back what is replaced by what:
/// `12>72` those digits, `@5>3` from the fifth on, `@-2>72` from the last but one on, `>72` those
/// said last; `12>` that they are wrong.
public record Entity(
    String kind, String value, String text, int start, int end, double confidence) {}
