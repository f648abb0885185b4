package dev.voxlog.stt.silero;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.voxlog.audio.Resampler;
import dev.voxlog.stt.EngineException;
import dev.voxlog.stt.VadState;
import dev.voxlog.stt.VadWindow;
import dev.voxlog.stt.VoiceActivityDetector;
import dev.voxlog.stt.speech.Recording;
import dev.voxlog.stt.speech.Weights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SileroDetectorIT {
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

  private static List<float[]> windows(Recording recording) {
    float[] pcm8k =
        Resampler.resample(recording.byPhone().pcm16k(), 16_000, VoiceActivityDetector.SAMPLE_RATE);
    List<float[]> windows = new ArrayList<>();
    for (int from = 0; from + 256 <= pcm8k.length; from += 256) {
      windows.add(Arrays.copyOfRange(pcm8k, from, from + 256));
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

  private static double share(float[] probabilities) {
    int speech = 0;
    for (float probability : probabilities) {
      speech += probability >= 0.5 ? 1 : 0;
    }
    return (double) speech / probabilities.length;
  }

  @Test
  void speechOverATelephoneIsFoundAndNoiseIsNot() {
    for (Recording recording : Recording.own()) {
      double share = share(alone(recording));
      if (recording.text().isEmpty()) {
        assertThat(share).as(recording.name()).isLessThan(0.05);
      } else {
        assertThat(share).as(recording.name()).isGreaterThan(0.3);
      }
    }
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
