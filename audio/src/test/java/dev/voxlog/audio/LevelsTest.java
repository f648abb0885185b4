package dev.voxlog.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LevelsTest {
  @Test
  void aFullSineIsThreeDecibelsBelowItsPeak() {
    float[] sine = new float[8_000];
    for (int i = 0; i < sine.length; i++) {
      sine[i] = (float) Math.sin(2 * Math.PI * 100 * i / 8_000);
    }
    assertThat(Levels.rmsDbfs(sine)).isCloseTo(-3.01, within(0.01));
    assertThat(Levels.peakDbfs(sine)).isCloseTo(0, within(0.01));
  }

  @Test
  void silenceAndNothingAreFarDown() {
    assertThat(Levels.rmsDbfs(new float[100])).isEqualTo(-120);
    assertThat(Levels.rmsDbfs(new float[0])).isEqualTo(-120);
    assertThat(Levels.peakDbfs(new float[0])).isEqualTo(-120);
  }

  @Test
  void theLoudPartIsFoundFromBothEnds() {
    float[] audio = new float[1_000];
    audio[300] = 0.011f;
    audio[700] = -0.011f;
    audio[900] = 0.009f;
    assertThat(Levels.firstAbove(audio, -40)).isEqualTo(300);
    assertThat(Levels.lastAbove(audio, -40)).isEqualTo(700);
    assertThat(Levels.lastAbove(audio, 8_000, -40)).isEqualTo(700);
    assertThat(Levels.lastAbove(audio, -30)).isEqualTo(-1);
  }
}
