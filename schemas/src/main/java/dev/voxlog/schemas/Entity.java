package dev.voxlog.schemas;

/// Something exact found in the caller's words: `kind` such as `orderId`, `digits`, `amount`,
/// `date`, `time`, `phone`; `value` in canonical form (digits only, ISO dates and times, decimal
/// amounts), `text` as said.
public record Entity(
    String kind, String value, String text, int start, int end, double confidence) {}
