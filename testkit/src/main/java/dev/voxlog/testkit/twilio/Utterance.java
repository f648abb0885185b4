package dev.voxlog.testkit.twilio;

/// A stretch of audio on the caller's clock, in samples at 8 kHz: what the caller said, or what was
/// played to them.
public record Utterance(long startSample, long samples) {
  public long endSample() {
    return startSample + samples;
  }

  public double startMs() {
    return startSample / 8.0;
  }

  public double endMs() {
    return endSample() / 8.0;
  }
}
