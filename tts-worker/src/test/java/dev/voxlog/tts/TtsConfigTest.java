package dev.voxlog.tts;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Refused settings.
class TtsConfigTest {
  @Test
  void aChunkThatIsNotWholeFramesIsRefusedWithKeyValueAndFix() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TtsConfig(Duration.ofMillis(210), 0))
        .withMessageContainingAll("tts.chunk", "210", "multiple of 20", "write 200");
  }

  @Test
  void aNegativeCacheIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TtsConfig(Duration.ofMillis(200), -1))
        .withMessageContainingAll("tts.cacheBytes", "-1");
  }
}
