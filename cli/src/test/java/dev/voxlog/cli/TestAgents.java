package dev.voxlog.cli;

import dev.voxlog.demo.AcmeFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Acme's agent, made fit for machines that are busy with tests.
final class TestAgents {
  private TestAgents() {}

  /// One that does not ask "are you still there" before a minute has passed.
  static Path patient(Path folder) {
    try {
      Path file = AcmeFiles.unpackTo(folder.resolve("agent"));
      String yaml = Files.readString(file);
      String patient = yaml.replace("repromptAfter: 8s", "repromptAfter: 60s");
      if (patient.equals(yaml)) {
        throw new IllegalStateException(
            "the demo agent's silence policy is written differently now");
      }
      Files.writeString(file, patient);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
