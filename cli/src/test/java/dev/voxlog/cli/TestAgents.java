package dev.voxlog.cli;

import dev.voxlog.demo.AcmeFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Acme's agent, made fit for machines that are busy with tests.
final class TestAgents {
  private TestAgents() {}

  /// One that does not ask "are you still there" before a minute has passed, and waits as long for
  /// a tool.
  static Path patient(Path folder) {
    try {
      Path file = AcmeFiles.unpackTo(folder.resolve("agent"));
      String yaml = Files.readString(file);
      String quiet = changed(yaml, "repromptAfter: 8s", "repromptAfter: 60s");
      Files.writeString(file, changed(quiet, "timeout: 3s", "timeout: 60s"));
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String changed(String yaml, String from, String to) {
    String changed = yaml.replace(from, to);
    if (changed.equals(yaml)) {
      throw new IllegalStateException("the demo agent's file has no " + from);
    }
    return changed;
  }
}
