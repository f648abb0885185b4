package dev.voxlog.stt.speech;

import dev.voxlog.models.ModelStore;
import dev.voxlog.models.Models;
import dev.voxlog.models.Weight;
import dev.voxlog.stt.moonshine.MoonshineRecognizer;
import dev.voxlog.stt.silero.SileroDetector;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/// The engines on their real weights, where these are; otherwise the test is skipped and says what
/// is missing.
public final class Weights {
  private Weights() {}

  public static SileroDetector silero() {
    return new SileroDetector(file(Models.SILERO_V6));
  }

  public static MoonshineRecognizer moonshine() {
    return new MoonshineRecognizer(
        file(Models.MOONSHINE_ENCODER),
        file(Models.MOONSHINE_DECODER),
        file(Models.MOONSHINE_VOCABULARY));
  }

  public static Path file(Weight weight) {
    ModelStore store = ModelStore.fromEnvironment();
    return store
        .cached(weight)
        .orElseGet(() ->
            Assumptions.abort(
                "skipped: no "
                    + weight.fileName()
                    + " in "
                    + store.directory()
                    + " (voxlog.models.dir)"));
  }
}
