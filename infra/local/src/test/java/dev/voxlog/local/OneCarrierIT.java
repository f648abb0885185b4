package dev.voxlog.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.schemas.TopicCatalogue;
import java.io.File;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A JVM whose virtual threads have one carrier and can get no other: as one of few cores does
/// after half a minute of quiet, when its spare carriers have gone.
@Timeout(180)
class OneCarrierIT {
  @TempDir private Path directory;

  @Test
  void whoListensToTheBrokersOutputKeepsNoVirtualThreadWaiting() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djdk.virtualThreadScheduler.parallelism=1",
                "-Djdk.virtualThreadScheduler.maxPoolSize=1",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"))
                    .replace(File.pathSeparator + File.pathSeparator, File.pathSeparator),
                Stack.class.getName(),
                directory.toString())
            .inheritIO()
            .start();
    try {
      assertThat(process.waitFor(150, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(Stack.RAN);
    } finally {
      process.destroyForcibly();
    }
  }

  /// Starts a broker, then a virtual thread; its exit code tells whether that ran.
  static final class Stack {
    static final int RAN = 42;

    private Stack() {}

    public static void main(String[] arguments) throws Exception {
      LocalStack.Config config =
          new LocalStack.Config(Path.of(arguments[0]), 0, 0, TopicCatalogue.standard());
      CountDownLatch ran = new CountDownLatch(1);
      boolean isRun;
      try (LocalStack _ = LocalStack.start(config, _ -> {})) {
        Thread.ofVirtual().start(ran::countDown);
        isRun = ran.await(20, TimeUnit.SECONDS);
      }
      System.exit(isRun ? RAN : 1);
    }
  }
}
