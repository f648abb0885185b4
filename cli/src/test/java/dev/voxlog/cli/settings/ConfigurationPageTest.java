package dev.voxlog.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The page and the program say the same.
class ConfigurationPageTest {
  private static final Path PAGE = Path.of("..", "docs", "configuration.md");

  @Test
  void thePageIsTheTable() throws IOException {
    assertThat(Files.readString(PAGE))
        .as("write it anew: java … dev.voxlog.cli.settings.ConfigurationPage docs/configuration.md")
        .isEqualTo(ConfigurationPage.text());
  }

  @Test
  void theExampleOnThePageIsAccepted() throws IOException {
    String page = Files.readString(PAGE);
    String example = page.substring(page.indexOf("```yaml\n") + 8, page.indexOf("\n```\n"));
    Path file = Files.createTempFile("example", ".yaml");
    try {
      Files.writeString(file, example);
      Settings settings =
          Settings.read(
              new Settings.Given(file, java.util.Map.of("TWILIO_AUTH_TOKEN", "t"), List.of()));
      assertThat(new Cluster(settings).topics().spec("calls").name()).isEqualTo("voice.calls");
      assertThat(settings.text("ingress.authToken")).isEqualTo("t");
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void everyStandardValueIsOfItsKind() {
    SettingTable.all()
        .filter(setting -> !setting.standard().isEmpty())
        .forEach(setting -> setting.check(setting.key(), setting.standard(), "standard"));
  }
}
