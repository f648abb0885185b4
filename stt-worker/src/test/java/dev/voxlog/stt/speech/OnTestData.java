package dev.voxlog.stt.speech;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Path;
import org.junit.jupiter.api.condition.EnabledIf;

/// A test on the larger recordings of the folder that `voxlog.test.data` names; skipped where none
/// is named.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@EnabledIf(
    value = "dev.voxlog.stt.speech.OnTestData$Folder#isNamed",
    disabledReason = "-Dvoxlog.test.data names no folder of recordings")
public @interface OnTestData {
  /// Where the recordings are.
  final class Folder {
    private Folder() {}

    private static String name() {
      return System.getProperty(
          "voxlog.test.data", System.getenv().getOrDefault("VOXLOG_TEST_DATA", ""));
    }

    static boolean isNamed() {
      return !name().isEmpty();
    }

    public static Path of(String recordings) {
      return Path.of(name(), recordings);
    }
  }
}
