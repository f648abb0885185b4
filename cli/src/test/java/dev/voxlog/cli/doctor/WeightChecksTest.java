package dev.voxlog.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.cli.doctor.Finding.State;
import dev.voxlog.models.ModelSettings;
import dev.voxlog.models.ModelStore;
import dev.voxlog.models.Weight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightChecksTest {
  /// The SHA-256 of "sound".
  private static final String SOUND =
      "dd29442deca69f52c50006b831cb216edf78a7da33748f0a80ff19f2ebe57ecd";

  private static final Weight EARS = weight("ears", 20_000_000);
  private static final Weight VOICE = weight("voice", 70_400_000);

  private static Weight weight(String id, long size) {
    return new Weight(id, "the " + id, id + ".onnx", "0".repeat(64), size, "MIT", List.of());
  }

  private static List<Finding> found(
      Set<Weight> here, Set<Weight> sound, boolean canFetch, boolean isVerifying) {
    return new WeightChecks(
            List.of(EARS, VOICE), Path.of("weights"), here::contains, sound::contains)
        .all(canFetch, isVerifying);
  }

  @Test
  void whatIsMissingIsToldInMegabytesAndIsBadOnlyIfItCannotBeFetched() {
    assertThat(found(Set.of(EARS), Set.of(EARS), true, false))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.state()).isEqualTo(State.NOTE);
          assertThat(finding.what()).isEqualTo("1 of 2 are not in weights yet, 70 MB");
        });
    assertThat(found(Set.of(), Set.of(), false, false))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.state()).isEqualTo(State.BAD);
          assertThat(finding.what()).contains("90 MB");
          assertThat(finding.fix()).contains("npm").contains("models.mirror");
        });
    assertThat(WeightChecks.areAllHere(found(Set.of(EARS), Set.of(EARS), true, false))).isFalse();
  }

  @Test
  void aDamagedFileIsFoundWhenEachIsComparedAndOnlyThen() {
    Set<Weight> both = Set.of(EARS, VOICE);
    assertThat(found(both, Set.of(EARS), true, false))
        .extracting(Finding::state)
        .containsExactly(State.OK);
    assertThat(found(both, Set.of(EARS), true, true))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.state()).isEqualTo(State.BAD);
          assertThat(finding.what()).contains("the voice (voice.onnx)");
          assertThat(finding.fix()).startsWith("delete ");
        });
    assertThat(WeightChecks.areAllHere(found(both, both, true, true))).isTrue();
  }

  @Test
  void theStoreKnowsASoundFileFromOneOfItsSizeAlone(@TempDir Path folder) throws IOException {
    Weight weight = new Weight("w", "a weight", "w.bin", SOUND, 5, "MIT", List.of());
    ModelStore store = new ModelStore(new ModelSettings(folder, Optional.empty()));
    Path file = Files.createDirectories(folder.resolve(SOUND)).resolve("w.bin");
    assertThat(store.isSound(weight)).isFalse();
    Files.writeString(file, "sound");
    assertThat(store.isSound(weight)).isTrue();
    Files.writeString(file, "wrong");
    assertThat(store.isSound(weight)).isFalse();
  }
}
