package dev.voxlog.cli;

import dev.voxlog.agent.AgentBundle;
import dev.voxlog.cli.settings.Settings;
import dev.voxlog.cli.settings.UserError;
import dev.voxlog.demo.AcmeFiles;
import dev.voxlog.demo.AcmeSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where things lie on this machine: data, and the agent file. Standard places are in the clone,
/// given ones where the user is.
record LocalPlace(Path data, Path agentFile) {

  static LocalPlace of(Settings settings) {
    Path home = Path.of(System.getProperty("voxlog.home", "")).toAbsolutePath();
    Path data =
        settings.isSet("local.data")
            ? settings.path("local.data")
            : home.resolve(settings.text("local.data"));
    try {
      Files.createDirectories(data);
    } catch (IOException e) {
      throw new UserError(
          "local.data = %s cannot be written (%s); choose another folder with --data"
              .formatted(data, e.getMessage()));
    }
    Path standard = home.resolve(settings.text("local.agent"));
    boolean isGiven = settings.isSet("local.agent");
    return new LocalPlace(
        data,
        isGiven
            ? settings.path("local.agent")
            : Files.exists(standard) ? standard : AcmeFiles.unpackTo(data.resolve("acme-agent")));
  }

  /// @throws dev.voxlog.agent.AgentFileException with every problem in the file
  AgentBundle agent() {
    return AgentBundle.load(agentFile);
  }

  AcmeSettings acme(int port) {
    return AcmeSettings.in(data.resolve("acme"), port);
  }
}
