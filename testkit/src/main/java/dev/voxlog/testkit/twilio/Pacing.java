package dev.voxlog.testkit.twilio;

/// How well the caller kept its own schedule of 20 ms steps; judge nothing else by a call whose
/// lateness is large.
public record Pacing(long steps, double meanLateMs, double maxLateMs, long laterThan10Ms) {}
