package dev.voxlog.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The demo agent's files as they come with this module.
public final class AcmeFiles {
  private static final String AGENT = "agent.yaml";

  private AcmeFiles() {}

  /// Writes the agent file and its knowledge into `folder`; files already there are kept as they
  /// are, for they may have been edited.
  ///
  /// @return the agent file
  /// @throws UncheckedIOException if the folder cannot be written
  public static Path unpackTo(Path folder) {
    URL packed = AcmeFiles.class.getResource("/acme/" + AGENT);
    if (packed == null) {
      throw new IllegalStateException(
          "the demo agent's files are missing from the class path: build the demo module again");
    }
    try {
      URI uri = packed.toURI();
      if (!uri.getScheme().equals("jar")) {
        return copy(Path.of(uri).resolveSibling("."), folder);
      }
      try (FileSystem jar = FileSystems.newFileSystem(jarFile(uri))) {
        return copy(jar.getPath("/acme"), folder);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot write the demo agent's files to " + folder, failed);
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException("class path addresses are well-formed", impossible);
    }
  }

  private static Path jarFile(URI uri) {
    String inside = uri.getRawSchemeSpecificPart();
    return Path.of(URI.create(inside.substring(0, inside.indexOf("!/"))));
  }

  private static Path copy(Path from, Path to) throws IOException {
    Path root = from.normalize();
    List<Path> files;
    try (Stream<Path> all = Files.walk(root)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      Path target = to.resolve(root.relativize(file).toString());
      if (!Files.exists(target)) {
        Files.createDirectories(target.resolveSibling(".").normalize());
        Files.copy(file, target);
      }
    }
    return to.resolve(AGENT);
  }
}
