package dev.voxlog.stt.silero;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.voxlog.audio.Levels;
import dev.voxlog.audio.Resampler;
import dev.voxlog.stt.EngineException;
import dev.voxlog.stt.Recognizer;
import dev.voxlog.stt.VadState;
import dev.voxlog.stt.VadWindow;
import dev.voxlog.stt.VoiceActivityDetector;
import dev.voxlog.stt.speech.Recording;
import dev.voxlog.stt.speech.Weights;
import dev.voxlog.testkit.speech.PhoneLine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SileroDetectorIT {
  private static final int SILENCE_MS = 512;

  private static SileroDetector detector;

  @BeforeAll
  static void load() {
    detector = Weights.silero();
  }

  @AfterAll
  static void close() {
    if (detector != null) {
      detector.close();
    }
  }

  /// As a call brings it: µ-law decoded at 8 kHz, not resampled again, with the line's silence
  /// before it. The network hears noticeably less of speech that is filtered twice or that begins
  /// with its very first window.
  private static List<float[]> windows(Recording recording) {
    return split(PhoneLine.received(recording.padded(SILENCE_MS).pcm16k()));
  }

  private static List<float[]> split(float[] pcm8k) {
    int size = VoiceActivityDetector.WINDOW_SAMPLES;
    List<float[]> windows = new ArrayList<>();
    for (int from = 0; from + size <= pcm8k.length; from += size) {
      windows.add(Arrays.copyOfRange(pcm8k, from, from + size));
    }
    return windows;
  }

  private static float[] alone(Recording recording) {
    VadState state = new VadState();
    List<float[]> windows = windows(recording);
    float[] probabilities = new float[windows.size()];
    for (int i = 0; i < probabilities.length; i++) {
      probabilities[i] = detector.detect(List.of(new VadWindow(state, windows.get(i))))[0];
    }
    return probabilities;
  }

  /// Whether each window is speech by the clean recording: little quieter than its loudest.
  private static boolean[] isLoud(Recording recording) {
    List<float[]> clean =
        split(
            Resampler.resample(
                recording.padded(SILENCE_MS).pcm16k(),
                Recognizer.SAMPLE_RATE,
                VoiceActivityDetector.SAMPLE_RATE));
    double loudest = clean.stream().mapToDouble(Levels::rmsDbfs).max().orElseThrow();
    boolean[] isLoud = new boolean[clean.size()];
    for (int i = 0; i < isLoud.length; i++) {
      isLoud[i] = Levels.rmsDbfs(clean.get(i)) > loudest - 15;
    }
    return isLoud;
  }

  private static boolean isSpeech(float probability) {
    return probability >= 0.5;
  }

  /// Windows taken for speech, of those the recording has without the silence around it.
  private static double share(Recording recording) {
    int speech = 0;
    for (float probability : alone(recording)) {
      speech += isSpeech(probability) ? 1 : 0;
    }
    return (double) speech / split(PhoneLine.received(recording.pcm16k())).size();
  }

  @Test
  void speechOverATelephoneIsFoundAndNoiseIsNot() {
    for (Recording recording : Recording.own()) {
      double share = share(recording);
      if (recording.text().isEmpty()) {
        assertThat(share).as(recording.name()).isLessThan(0.05);
      } else {
        assertThat(share).as(recording.name()).isGreaterThan(0.4);
      }
    }
  }

  @Test
  void whatIsLoudInTheCleanRecordingIsSpeechOverATelephone() {
    int loudOfAll = 0;
    int foundOfAll = 0;
    for (Recording recording : Recording.own()) {
      if (recording.text().isEmpty()) {
        continue;
      }
      float[] probabilities = alone(recording);
      boolean[] isLoud = isLoud(recording);
      int loud = 0;
      int found = 0;
      for (int i = 0; i < isLoud.length; i++) {
        loud += isLoud[i] ? 1 : 0;
        found += isLoud[i] && isSpeech(probabilities[i]) ? 1 : 0;
      }
      assertThat((double) found / loud).as(recording.name()).isGreaterThan(0.85);
      loudOfAll += loud;
      foundOfAll += found;
    }
    assertThat((double) foundOfAll / loudOfAll).isGreaterThan(0.97);
  }

  @Test
  void aCallInABatchIsHeardAsAlone() {
    List<Recording> recordings = Recording.own();
    List<List<float[]>> calls = new ArrayList<>();
    List<VadState> states = new ArrayList<>();
    // More calls than one run takes.
    for (int call = 0; call < 40; call++) {
      calls.add(windows(recordings.get(call % recordings.size())));
      states.add(new VadState());
    }
    int longest = calls.stream().mapToInt(List::size).min().orElseThrow();
    float[][] batched = new float[calls.size()][longest];
    for (int window = 0; window < longest; window++) {
      List<VadWindow> batch = new ArrayList<>();
      for (int call = 0; call < calls.size(); call++) {
        batch.add(new VadWindow(states.get(call), calls.get(call).get(window)));
      }
      float[] probabilities = detector.detect(batch);
      for (int call = 0; call < calls.size(); call++) {
        batched[call][window] = probabilities[call];
      }
    }
    for (int call = 0; call < calls.size(); call++) {
      float[] alone = Arrays.copyOf(alone(recordings.get(call % recordings.size())), longest);
      assertThat(batched[call]).as("call %s", call).containsExactly(alone, within(1e-4f));
    }
  }

  @Test
  void aModelThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> new SileroDetector(Path.of("nowhere.onnx")))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("nowhere.onnx is missing");
  }
}
