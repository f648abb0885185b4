package dev.voxlog.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// Node.js with packages from npm in a folder of its own, for tests with official clients. Calls
/// block.
public final class NodeJs {
  private static final int PATIENCE_SECONDS = 120;

  private final Path folder;

  public NodeJs(Path folder) {
    this.folder = folder;
  }

  /// Whether this machine has Node.js and npm.
  public static boolean isThere() {
    return isThere("node") && isThere("npm");
  }

  private static boolean isThere(String program) {
    try {
      return new ProcessBuilder(program, "--version").start().waitFor() == 0;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// Installs packages, each name@version.
  ///
  /// @throws IllegalStateException if npm fails
  public void install(List<String> packages) {
    List<String> command =
        new ArrayList<>(List.of("npm", "install", "--no-audit", "--no-fund", "--prefix", "."));
    command.addAll(packages);
    run(Map.of(), command);
  }

  /// Runs a script that lies beside the class, with these environment variables; gives what it
  /// printed.
  ///
  /// @throws IllegalStateException if it fails or does not end
  public String script(
      Class<?> beside, String name, Map<String, String> variables, String... arguments) {
    try (InputStream script = Objects.requireNonNull(beside.getResourceAsStream(name), name)) {
      Files.copy(script, folder.resolve(name));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    List<String> command = new ArrayList<>(List.of("node", name));
    command.addAll(List.of(arguments));
    return run(variables, command);
  }

  /// Runs a program in the folder; gives what it printed. Its errors go to the test's own output.
  ///
  /// @throws IllegalStateException if it fails or does not end
  public String run(Map<String, String> variables, List<String> command) {
    ProcessBuilder program =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    program.environment().putAll(variables);
    try {
      Process process = program.start();
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IllegalStateException(command.getFirst() + " failed: " + printed);
      }
      return printed;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
