package dev.voxlog.schemas.serde;

import java.util.Map;
import org.apache.kafka.common.config.ConfigException;

/// Where a writer's schema id comes from.
public enum SchemaUse {
  /// The schema is registered if it is not there yet (`auto.register.schemas`, the default).
  REGISTER,
  /// The schema must be there.
  LOOK_UP,
  /// Values are written in the layout of the subject's latest version (`use.latest.version`).
  LATEST;

  public static final String AUTO_REGISTER = "auto.register.schemas";
  public static final String USE_LATEST = "use.latest.version";

  /// As Confluent's clients read these keys: the latest version is used only where registering is
  /// switched off.
  public static SchemaUse from(Map<String, ?> keys) {
    if (isSet(keys, AUTO_REGISTER, true)) {
      return REGISTER;
    }
    return isSet(keys, USE_LATEST, false) ? LATEST : LOOK_UP;
  }

  private static boolean isSet(Map<String, ?> keys, String key, boolean otherwise) {
    Object value = keys.get(key);
    return switch (value == null ? "" : value.toString()) {
      case "" -> otherwise;
      case "true" -> true;
      case "false" -> false;
      default -> throw new ConfigException(key, value, "must be true or false");
    };
  }
}
