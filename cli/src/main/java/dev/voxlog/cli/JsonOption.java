package dev.voxlog.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.voxlog.cli.settings.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The option by which a command also writes its result for programs.
public final class JsonOption {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Also write the result to this file, as JSON.")
  private @Nullable Path file;

  /// Before long work, whether [#write] will find where to write.
  ///
  /// @throws UserError if not
  public void check() {
    check("--json", file);
  }

  /// The same for the file of another option; nothing is left there.
  public static void check(String option, @Nullable Path file) {
    if (file == null) {
      return;
    }
    Path folder = file.toAbsolutePath().normalize().getParent();
    while (folder != null && !Files.exists(folder)) {
      folder = folder.getParent();
    }
    try {
      boolean isThere = Files.exists(file);
      if (folder == null || isThere && Files.isDirectory(file)) {
        throw new IOException("it is a folder");
      }
      // Asking for permission does not tell everything.
      Path tried = isThere ? file : Files.createTempFile(folder, "voxlog", null);
      Files.newOutputStream(tried, StandardOpenOption.APPEND).close();
      if (!isThere) {
        Files.delete(tried);
      }
    } catch (IOException e) {
      throw new UserError(
          "%s %s cannot be written (%s); name a file in a folder of yours"
              .formatted(option, file, e.getMessage()));
    }
  }

  /// Writes maps, lists, records, texts and numbers, if the option was given.
  ///
  /// @throws UserError if the file cannot be written
  public void write(Object result) {
    Path target = file;
    if (target == null) {
      return;
    }
    try {
      Path folder = target.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Files.writeString(target, JSON.writeValueAsString(result) + "\n");
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("this result cannot be written as JSON", e);
    } catch (IOException e) {
      throw new UserError(
          "--json %s cannot be written (%s); name a file in a folder of yours"
              .formatted(target, e.getMessage()));
    }
  }
}
