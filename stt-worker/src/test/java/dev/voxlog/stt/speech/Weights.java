package dev.voxlog.stt.speech;

import dev.voxlog.models.ModelStore;
import dev.voxlog.models.Models;
import dev.voxlog.models.Progress;
import dev.voxlog.models.Weight;
import dev.voxlog.stt.moonshine.MoonshineRecognizer;
import dev.voxlog.stt.silero.SileroDetector;
import java.nio.file.Path;

/// The engines on their real weights, fetched as the product fetches them; a test fails where they
/// cannot be had.
public final class Weights {
  private Weights() {}

  public static SileroDetector silero() {
    return new SileroDetector(file(Models.SILERO_V6));
  }

  /// Warm: its first decode takes no longer than any other.
  public static MoonshineRecognizer moonshine() {
    MoonshineRecognizer recognizer =
        new MoonshineRecognizer(
            file(Models.MOONSHINE_ENCODER),
            file(Models.MOONSHINE_DECODER),
            file(Models.MOONSHINE_VOCABULARY));
    recognizer.warmUp();
    return recognizer;
  }

  public static Path file(Weight weight) {
    return ModelStore.fromEnvironment().get(weight, Progress.toLog());
  }
}
