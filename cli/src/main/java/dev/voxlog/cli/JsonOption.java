package dev.voxlog.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.nio.file.Path;
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
  /// @throws dev.voxlog.cli.settings.UserError if not
  public void check() {
    if (file != null) {
      new OutputFile("--json", file).check();
    }
  }

  /// Writes maps, lists, records, texts and numbers, if the option was given.
  ///
  /// @throws dev.voxlog.cli.settings.UserError if the file cannot be written
  public void write(Object result) {
    if (file == null) {
      return;
    }
    try {
      new OutputFile("--json", file).write(JSON.writeValueAsString(result) + "\n");
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("this result cannot be written as JSON", e);
    }
  }
}
