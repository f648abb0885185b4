package dev.voxlog.cli.settings;

import java.util.Arrays;
import java.util.Locale;

/// What does the hearing, understanding and speaking.
public enum EngineKind {
  /// The built-in models.
  EMBEDDED,
  /// Tones in place of voices: what was said can be told from what was heard.
  SCRIPTED,
  /// Nothing but a wait, as long as configured: what is left is the platform.
  STUB;

  /// Whether models must be fetched for it.
  public boolean needsModels() {
    return this == EMBEDDED;
  }

  /// As they are written in settings.
  static String[] names() {
    return Arrays.stream(values())
        .map(kind -> kind.name().toLowerCase(Locale.ROOT))
        .toArray(String[]::new);
  }
}
