package dev.voxlog.cli.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The page docs/configuration.md, out of the table that the program itself reads.
public final class ConfigurationPage {
  private static final String HEAD =
      """
      # Configuration

      Every setting has a flat key. Values come from, the later ones winning:

      1. a file given with `--config FILE`: `.properties`, or YAML in which dots and nesting are the same thing;
      2. environment variables: `VOXLOG_` and the key in capitals, with `_` for each dot and before each inner capital;
      3. `--set key=value`, and the short options of a command (`--port` and the like).

      A value may name an environment variable as `${NAME}` or `${NAME:-default}`, so that secrets need not be in files. An
      unknown key stops the start and names the nearest known one. An empty value is the same as none.

      ```yaml
      kafka:
        bootstrap.servers: broker-1:9092,broker-2:9092
        security.protocol: SASL_SSL
      schema.registry.url: https://registry:8081
      topics:
        prefix: voice.
        partitions: 12
        replication: 3
      ingress.authToken: ${TWILIO_AUTH_TOKEN}
      ```

      This page is written from the table that the program reads; a test keeps them equal.
      """;

  private ConfigurationPage() {}

  /// Writes the page to the file given.
  public static void main(String[] arguments) throws IOException {
    Files.writeString(Path.of(arguments[0]), text());
  }

  static String text() {
    StringBuilder page = new StringBuilder(HEAD);
    for (SettingTable.Section section : SettingTable.sections()) {
      page.append("\n## ").append(section.title()).append("\n\n");
      page.append("| key | value | default | meaning |\n| --- | --- | --- | --- |\n");
      for (Setting setting : section.settings()) {
        page.append(
            "| `%s` | %s | %s | %s |\n"
                .formatted(
                    setting.key(), setting.kind().words(), standard(setting), setting.meaning()));
      }
    }
    return page.toString();
  }

  private static String standard(Setting setting) {
    return setting.standard().isEmpty() ? "" : "`" + setting.standard() + "`";
  }
}
