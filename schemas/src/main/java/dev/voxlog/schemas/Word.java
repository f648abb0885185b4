package dev.voxlog.schemas;

/// A word with its place in time, in milliseconds: on the call's media clock in transcripts, from
/// the sentence's start in spoken audio. `isEstimated` where the engine gives no times of its own.
public record Word(String text, long startMs, long endMs, double confidence, boolean isEstimated) {}
