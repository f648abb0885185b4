package dev.voxlog.cli;

import dev.voxlog.cli.settings.Settings;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/// The settings of what runs here, as a file that other commands on this machine read; gone when it
/// stops.
public final class RunningFile implements AutoCloseable {
  private static final String NAME = "running.properties";

  private final Path file;

  private RunningFile(Path file) {
    this.file = file;
  }

  /// Where it is while something runs.
  public static Path in(Path dataFolder) {
    return dataFolder.resolve(NAME);
  }

  /// Writes what was set, with the addresses that hold; without secrets.
  static RunningFile write(Path dataFolder, Settings settings, int ingressPort) {
    Properties running = new Properties();
    settings.shareable().forEach(running::setProperty);
    running.setProperty("ingress.host", settings.text("ingress.host"));
    running.setProperty("ingress.port", Integer.toString(ingressPort));
    StringWriter text = new StringWriter();
    try {
      running.store(text, "Written by voxlog run, removed when it stops");
      Files.writeString(in(dataFolder), text.toString());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + in(dataFolder), e);
    }
    return new RunningFile(in(dataFolder));
  }

  /// As one types it: relative to where the user is, if that is shorter.
  String shown() {
    Path here = Path.of("").toAbsolutePath();
    return file.startsWith(here) ? here.relativize(file).toString() : file.toString();
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + file, e);
    }
  }
}
