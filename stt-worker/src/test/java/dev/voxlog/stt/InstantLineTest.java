package dev.voxlog.stt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.stt.scripted.EnergyDetector;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class InstantLineTest {
  @Test
  void eachWholeWindowIsAnsweredAtOnceAndWhatIsLeftOverIsNot() {
    InstantLine line = new InstantLine(new EnergyDetector(160));
    float[] audio = new float[160 * 3 + 40];
    Arrays.fill(audio, 160, 320, 0.5f);
    Arrays.fill(audio, 480, 520, 0.5f);
    assertThat(line.window()).isEqualTo(160);
    assertThat(line.detect(new VadState(), audio))
        .succeedsWithin(java.time.Duration.ZERO)
        .isEqualTo(new float[] {0, 1, 0});
  }
}
