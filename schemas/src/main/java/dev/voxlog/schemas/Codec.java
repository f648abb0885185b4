package dev.voxlog.schemas;

import java.time.Duration;

/// How audio bytes are encoded, always mono.
public enum Codec {
  /// G.711 µ-law, one byte a sample.
  MULAW_8K(8000, 1),
  /// 16-bit little-endian PCM.
  PCM16_8K(8000, 2),
  PCM16_16K(16000, 2),
  PCM16_24K(24000, 2),
  /// A codec of a newer version: such audio cannot be played or heard by this reader.
  UNKNOWN(8000, 1);

  private final int sampleRate;
  private final int bytesPerSample;

  Codec(int sampleRate, int bytesPerSample) {
    this.sampleRate = sampleRate;
    this.bytesPerSample = bytesPerSample;
  }

  /// Samples per second.
  public int sampleRate() {
    return sampleRate;
  }

  public int bytesPerSample() {
    return bytesPerSample;
  }

  /// Playing time of so many bytes, in whole milliseconds.
  public long millis(int bytes) {
    return bytes * 1000L / ((long) sampleRate * bytesPerSample);
  }

  /// Bytes of so much playing time, whole samples.
  public int bytes(Duration duration) {
    return (int) (duration.toMillis() * sampleRate / 1000) * bytesPerSample;
  }
}
