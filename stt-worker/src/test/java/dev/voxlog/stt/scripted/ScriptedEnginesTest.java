package dev.voxlog.stt.scripted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.voxlog.audio.G711;
import dev.voxlog.audio.Pcm;
import dev.voxlog.audio.Resampler;
import dev.voxlog.audio.ToneCode;
import dev.voxlog.schemas.Word;
import dev.voxlog.stt.Constraint;
import dev.voxlog.stt.DecodeRequest;
import dev.voxlog.stt.Hypothesis;
import dev.voxlog.stt.VadState;
import dev.voxlog.stt.VadWindow;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class ScriptedEnginesTest {
  private final ScriptedRecognizer recognizer =
      new ScriptedRecognizer(Map.of(7, "where is my order", 8, "thanks"));

  /// 250 ms of silence around sounds, over a telephone line.
  private static float[] line(short[]... sounds) {
    int length = 4_000 + Arrays.stream(sounds).mapToInt(sound -> sound.length).sum();
    short[] pcm = new short[length];
    int at = 2_000;
    for (short[] sound : sounds) {
      System.arraycopy(sound, 0, pcm, at, sound.length);
      at += sound.length;
    }
    return Resampler.resample(Pcm.toFloats(G711.decodeMulaw(G711.encodeMulaw(pcm))), 8_000, 16_000);
  }

  @Test
  void aCodeIsItsPhraseWithWordTimes() {
    Hypothesis heard =
        recognizer.decode(line(ToneCode.encode(7, 800)), DecodeRequest.unconstrained());
    assertThat(heard.text()).isEqualTo("where is my order");
    assertThat(heard.noSpeech()).isZero();
    assertThat(heard.confidence()).isEqualTo(1);
    assertThat(heard.words()).extracting(Word::text).containsExactly("where", "is", "my", "order");
    assertThat((double) heard.words().getFirst().startMs()).isCloseTo(250, within(10.0));
    assertThat((double) heard.words().getLast().endMs()).isCloseTo(1_050, within(10.0));
  }

  @Test
  void anIdWithoutAPhraseAndSeveralIdsAreHeardInOrder() {
    assertThat(
            recognizer
                .decode(
                    line(ToneCode.encode(901), ToneCode.encode(8)), DecodeRequest.unconstrained())
                .text())
        .isEqualTo("utterance 901 thanks");
  }

  @Test
  void soundWithoutACodeIsNoSpeech() {
    Random random = new Random(4);
    short[] noise = new short[8_000];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (short) (random.nextGaussian() * 3_000);
    }
    Hypothesis heard = recognizer.decode(line(noise), DecodeRequest.unconstrained());
    assertThat(heard.text()).isEmpty();
    assertThat(heard.noSpeech()).isEqualTo(1);
  }

  @Test
  void aCancelledRequestEnds() {
    assertThatThrownBy(() ->
            recognizer.decode(
                new float[1_600], new DecodeRequest(null, Constraint.none(), () -> true)))
        .isInstanceOf(CancellationException.class);
  }

  @Test
  void everyWindowOfACodeIsSpeechAndSilenceIsNot() {
    float[] sound = Pcm.toFloats(ToneCode.encode(7, 800));
    EnergyDetector detector = new EnergyDetector();
    VadState state = new VadState();
    for (int from = 0; from + 256 <= sound.length; from += 256) {
      assertThat(
              detector.detect(
                  List.of(new VadWindow(state, Arrays.copyOfRange(sound, from, from + 256)))))
          .containsExactly(1);
    }
    float[] quiet = new float[256];
    Arrays.fill(quiet, 0.003f);
    float[] loud = new float[256];
    Arrays.fill(loud, 0.0033f);
    assertThat(detector.detect(List.of(new VadWindow(state, quiet), new VadWindow(state, loud))))
        .containsExactly(0, 1);
  }
}
