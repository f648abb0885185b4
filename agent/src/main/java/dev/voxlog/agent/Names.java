package dev.voxlog.agent;

import java.util.Locale;

/// How constants are spelled in agent files.
public final class Names {
  private Names() {}

  /// The camel case of a constant's name: `notUnderstood` for NOT_UNDERSTOOD.
  public static String key(Enum<?> constant) {
    StringBuilder key = new StringBuilder();
    for (String word : constant.name().toLowerCase(Locale.ROOT).split("_")) {
      key.append(
          key.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
    }
    return key.toString();
  }
}
