package dev.voxlog.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class ModelSettingsTest {
  @Test
  void theDefaultFolderIsInTheUsersCache() {
    Properties properties = new Properties();
    properties.setProperty("user.home", "/home/someone");

    ModelSettings settings = ModelSettings.from(properties, Map.of());

    assertThat(settings.directory()).isEqualTo(Path.of("/home/someone/.cache/voxlog/models"));
    assertThat(settings.mirror()).isEmpty();
  }

  @Test
  void aPropertyWinsOverTheEnvironment() {
    Properties properties = new Properties();
    properties.setProperty("voxlog.models.mirror", "/mirror/property");

    ModelSettings settings =
        ModelSettings.from(
            properties,
            Map.of("VOXLOG_MODELS_MIRROR", "/mirror/env", "VOXLOG_MODELS_DIR", "/dir/env"));

    assertThat(settings.mirror()).contains("/mirror/property");
    assertThat(settings.directory()).isEqualTo(Path.of("/dir/env"));
  }
}
