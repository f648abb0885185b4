package dev.voxlog.cli;

import dev.voxlog.cli.settings.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The options by which every command takes its settings.
public final class SettingOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings: .yaml or .properties, keys as in docs/configuration.md.")
  private @Nullable Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "One setting, over the file and the environment. May be given again.")
  private List<String> given = new ArrayList<>();

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init")
  private CommandSpec command;

  /// Whether a file was named.
  public boolean hasFile() {
    return file != null;
  }

  /// The keys that were given one by one.
  public List<String> keys() {
    return given.stream().map(each -> each.split("=", 2)[0].strip()).toList();
  }

  /// @throws dev.voxlog.cli.settings.UserError if a key or value is wrong
  public Settings read() {
    return readOr(null);
  }

  /// From `otherwise` where no file was named.
  public Settings readOr(@Nullable Path otherwise) {
    Map<String, String> variables = System.getenv();
    Settings.warnings(variables)
        .forEach(warning -> command.commandLine().getErr().println("voxlog: " + warning));
    return Settings.read(new Settings.Given(file == null ? otherwise : file, variables, given));
  }
}
