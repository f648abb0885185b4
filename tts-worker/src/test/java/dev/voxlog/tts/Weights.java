package dev.voxlog.tts;

import dev.voxlog.models.ModelStore;
import dev.voxlog.models.Models;
import dev.voxlog.models.Weight;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/// The voice's real weights, where these are; otherwise the test is skipped and says what is
/// missing.
public final class Weights {
  private Weights() {}

  /// A store that need not fetch anything for the voice.
  public static ModelStore store() {
    ModelStore store = ModelStore.fromEnvironment();
    for (Weight weight : List.of(Models.PIPER_LIBRITTS_R, Models.PIPER_TOKENS, Models.CMUDICT)) {
      Assumptions.assumeTrue(
          store.cached(weight).isPresent(),
          () ->
              "skipped: no "
                  + weight.fileName()
                  + " in "
                  + store.directory()
                  + " (voxlog.models.dir)");
    }
    return store;
  }
}
