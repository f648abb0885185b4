package dev.voxlog.tts.stub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.schemas.Word;
import dev.voxlog.tts.AudioSink;
import dev.voxlog.tts.StopSignal;
import dev.voxlog.tts.text.SpokenClause;
import dev.voxlog.tts.text.TextNormalizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StubVoiceTest {
  private final List<Word> words = new ArrayList<>();
  private final List<float[]> sound = new ArrayList<>();

  private final AudioSink sink =
      new AudioSink() {
        @Override
        public void words(List<Word> said) {
          words.addAll(said);
        }

        @Override
        public void audio(float[] samples) {
          sound.add(samples);
        }
      };

  private static SpokenClause clause(String text) {
    return new SpokenClause(TextNormalizer.normalize(text));
  }

  @Test
  void everyWordLastsEquallyLongAndIsHeardFromTheFirstFrameOn() {
    new StubVoice(Duration.ZERO).speak(clause("It will be there."), sink, new StopSignal());
    assertThat(words).hasSize(4);
    assertThat(sound).singleElement().satisfies(samples -> assertThat(samples).hasSize(9_600));
    float[] samples = sound.getFirst();
    double most = 0;
    for (int i = 0; i < 160; i++) {
      most = Math.max(most, Math.abs(samples[i]));
    }
    assertThat(most).isGreaterThan(0.2);
  }

  @Test
  void itTakesItsDelay() {
    Duration delay = Duration.ofMillis(20);
    long asked = System.nanoTime();
    new StubVoice(delay).speak(clause("It will be there."), sink, new StopSignal());
    assertThat(System.nanoTime() - asked).isGreaterThanOrEqualTo(delay.toNanos());
    assertThat(sound).hasSize(1);
  }

  @Test
  void nothingIsSaidOnceItIsStopped() {
    StopSignal stop = new StopSignal();
    stop.stop();
    new StubVoice(Duration.ofMinutes(1)).speak(clause("Never."), sink, stop);
    assertThat(sound).isEmpty();
  }
}
