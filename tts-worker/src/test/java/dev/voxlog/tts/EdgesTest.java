package dev.voxlog.tts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.tts.text.Break;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The silence around a clause.
class EdgesTest {
  private static final int RATE = 16_000;

  /// Silence, a tone, silence.
  private static float[] sound(int beforeMs, int toneMs, int afterMs) {
    float[] sound = new float[(beforeMs + toneMs + afterMs) * RATE / 1_000];
    for (int i = beforeMs * RATE / 1_000; i < (beforeMs + toneMs) * RATE / 1_000; i++) {
      sound[i] = (float) (0.3 * Math.sin(i * 0.3));
    }
    return sound;
  }

  private static long millis(float[] samples) {
    return samples.length * 1_000L / RATE;
  }

  @ParameterizedTest
  @EnumSource(Break.class)
  void aClauseEndsWithThePauseItsPunctuationMeansHoweverMuchTheModelLeft(Break after) {
    Edges.Trimmed little = Edges.trim(sound(200, 500, 10), after, RATE);
    Edges.Trimmed much = Edges.trim(sound(200, 500, 900), after, RATE);

    long pause = millis(much.samples()) - much.speechToMs();
    assertThat(millis(little.samples()) - little.speechToMs()).isEqualTo(pause);
    assertThat(pause).isBetween(20L, 350L);
    assertThat(much.speechToMs() - much.speechFromMs()).isBetween(490L, 520L);
  }

  @Test
  void aSentencesEndIsALongerPauseThanACommaAndThatALongerOneThanNone() {
    long none = millis(Edges.trim(sound(50, 300, 400), Break.NONE, RATE).samples());
    long comma = millis(Edges.trim(sound(50, 300, 400), Break.COMMA, RATE).samples());
    long stop = millis(Edges.trim(sound(50, 300, 400), Break.STOP, RATE).samples());

    assertThat(comma).isGreaterThan(none);
    assertThat(stop).isGreaterThan(comma);
  }

  @Test
  void silenceBeforeTheFirstWordIsNotWaitedFor() {
    Edges.Trimmed trimmed = Edges.trim(sound(400, 300, 100), Break.NONE, RATE);

    assertThat(trimmed.speechFromMs()).isLessThanOrEqualTo(30);
  }

  @Test
  void soundThatStopsInTheMiddleIsFadedOut() {
    float[] loud = sound(0, 300, 0);

    float[] trimmed = Edges.trim(loud, Break.COMMA, RATE).samples();

    float largestStep = 0;
    for (int i = 1; i < trimmed.length; i++) {
      largestStep = Math.max(largestStep, Math.abs(trimmed[i] - trimmed[i - 1]));
    }
    assertThat(largestStep).as("no step beyond the tone's own").isLessThan(0.1f);
  }

  @Test
  void nothingButSilenceStaysSilence() {
    Edges.Trimmed trimmed = Edges.trim(new float[RATE], Break.STOP, RATE);

    assertThat(trimmed.samples()).containsOnly(0f);
  }
}
