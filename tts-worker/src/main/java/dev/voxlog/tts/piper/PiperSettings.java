package dev.voxlog.tts.piper;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// Who speaks, and how: `lengthScale` above 1 is slower; `noise` and `durationNoise` vary the sound
/// and its rhythm, and at 0 the same words always sound the same.
public record PiperSettings(int speaker, double lengthScale, float noise, float durationNoise) {
  /// A clear woman's voice at telephone pace, deterministic.
  public static final PiperSettings DEFAULT = new PiperSettings(20, 1.2, 0, 0);

  /// The model's speakers, by number.
  public static final List<String> SPEAKERS =
      IntStream.range(0, PiperModel.SPEAKERS).mapToObj(Integer::toString).toList();

  public PiperSettings {
    if (speaker < 0 || speaker >= PiperModel.SPEAKERS) {
      throw new IllegalArgumentException(
          "voice speaker " + speaker + " does not exist; use 0 to " + (PiperModel.SPEAKERS - 1));
    }
    if (lengthScale < 0.4 || lengthScale > 3) {
      throw new IllegalArgumentException(
          "voice length scale " + lengthScale + " is out of range; use 0.4 to 3");
    }
  }

  /// Another speaker, at a pace relative to the default one: 1.2 is a fifth quicker.
  public PiperSettings with(int speaker, double pace) {
    return new PiperSettings(speaker, DEFAULT.lengthScale / pace, noise, durationNoise);
  }

  String id() {
    return String.format(Locale.ROOT, "%.3f/%.3f/%.3f", lengthScale, noise, durationNoise);
  }
}
