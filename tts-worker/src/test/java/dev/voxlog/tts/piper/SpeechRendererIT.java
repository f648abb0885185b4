package dev.voxlog.tts.piper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.voxlog.audio.Levels;
import dev.voxlog.models.ModelStore;
import dev.voxlog.models.Progress;
import dev.voxlog.tts.VoiceException;
import org.junit.jupiter.api.Test;

/// Whole texts in the voices of callers.
class SpeechRendererIT {
  private static final String TEXT =
      "Hi, I'd like to know where my order is. The number is 4 8 2 1 3.";

  @Test
  void callersSpeakInTheirOwnVoicesAndPacesAtAnyRate() {
    try (SpeechRenderer renderer =
        SpeechRenderer.load(ModelStore.fromEnvironment(), Progress.toLog())) {
      float[] man = renderer.render(TEXT, 300, 1, 8_000);
      float[] woman = renderer.render(TEXT, 250, 1, 8_000);
      float[] quick = renderer.render(TEXT, 300, 1.25, 8_000);
      float[] wide = renderer.render(TEXT, 300, 1, 16_000);

      assertThat(man.length / 8_000.0).isBetween(3.0, 12.0);
      assertThat(Levels.rmsDbfs(man)).isBetween(-30.0, -10.0);
      assertThat(pitch(man)).as("a man's voice is lower").isLessThan(pitch(woman) * 0.8);
      assertThat(quick.length).isLessThan((int) (man.length * 0.95));
      assertThat(wide.length).isBetween(2 * man.length - 4, 2 * man.length + 4);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> renderer.render(TEXT, 904, 1, 8_000))
          .withMessageContaining("904");
      assertThatExceptionOfType(VoiceException.class)
          .isThrownBy(() -> renderer.render("…", 300, 1, 8_000));
    }
  }

  /// The lag of the strongest autocorrelation between 70 and 350 Hz, as a frequency.
  private static double pitch(float[] audio) {
    int best = 0;
    double strongest = 0;
    for (int lag = 8_000 / 350; lag <= 8_000 / 70; lag++) {
      double sum = 0;
      for (int i = 0; i + lag < audio.length; i++) {
        sum += audio[i] * audio[i + lag];
      }
      if (sum > strongest) {
        strongest = sum;
        best = lag;
      }
    }
    return 8_000.0 / best;
  }
}
