package dev.voxlog.models;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/// Where weights are kept, and the user's own folder or web address to look in first.
///
/// A mirror holds files named by SHA-256, by file name, or as `<sha256>/<file name>`; the last is
/// the cache's own layout, so a copied cache folder serves as a mirror.
public record ModelSettings(Path directory, Optional<String> mirror) {
  public static final String DIRECTORY_KEY = "voxlog.models.dir";
  public static final String MIRROR_KEY = "voxlog.models.mirror";
  public static final String DIRECTORY_VARIABLE = "VOXLOG_MODELS_DIR";
  public static final String MIRROR_VARIABLE = "VOXLOG_MODELS_MIRROR";

  /// Reads system properties first, then environment variables, then the default folder.
  public static ModelSettings fromEnvironment() {
    return from(System.getProperties(), System.getenv());
  }

  static ModelSettings from(Properties properties, Map<String, String> environment) {
    String home = properties.getProperty("user.home", ".");
    Path directory =
        setting(properties, DIRECTORY_KEY, environment, DIRECTORY_VARIABLE)
            .map(Path::of)
            .orElse(Path.of(home, ".cache", "voxlog", "models"));
    return new ModelSettings(
        directory.toAbsolutePath(), setting(properties, MIRROR_KEY, environment, MIRROR_VARIABLE));
  }

  private static Optional<String> setting(
      Properties properties, String key, Map<String, String> environment, String variable) {
    return Optional.ofNullable(properties.getProperty(key))
        .or(() -> Optional.ofNullable(environment.get(variable)))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }
}
