package dev.voxlog.stt;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class DetectorLineTest {
  private static float[] windows(int count, float value) {
    float[] audio = new float[count * VoiceActivityDetector.WINDOW_SAMPLES];
    java.util.Arrays.fill(audio, value);
    return audio;
  }

  /// Tells the first sample of each window, and how many windows came at once.
  private static final class Echo implements VoiceActivityDetector {
    final List<Integer> batches = new CopyOnWriteArrayList<>();
    final CountDownLatch isFirstIn = new CountDownLatch(1);
    final CountDownLatch mayGoOn = new CountDownLatch(1);

    @Override
    public float[] detect(List<VadWindow> windows) {
      batches.add(windows.size());
      isFirstIn.countDown();
      try {
        mayGoOn.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      float[] firsts = new float[windows.size()];
      for (int i = 0; i < firsts.length; i++) {
        firsts[i] = windows.get(i).samples()[0];
      }
      return firsts;
    }
  }

  @Test
  void callsThatWaitAtTheSameTimeShareABatchAndGetTheirOwnAnswers() throws Exception {
    Echo echo = new Echo();
    try (DetectorLine line = new DetectorLine(echo)) {
      CompletableFuture<float[]> first = line.detect(new VadState(), windows(1, 0.5f));
      echo.isFirstIn.await();
      List<CompletableFuture<float[]>> others = new ArrayList<>();
      for (int call = 0; call < 70; call++) {
        others.add(line.detect(new VadState(), windows(1 + call % 3, call / 100f)));
      }
      assertThat(first).as("asking never waits for the detector").isNotDone();
      echo.mayGoOn.countDown();
      for (int call = 0; call < 70; call++) {
        assertThat(others.get(call).get(5, SECONDS))
            .hasSize(1 + call % 3)
            .containsOnly(call / 100f);
      }
      assertThat(first.get(5, SECONDS)).containsExactly(0.5f);
      assertThat(echo.batches.get(1)).isEqualTo(64);
      assertThat(echo.batches.stream().mapToInt(Integer::intValue).sum()).isEqualTo(1 + 23 * 6 + 1);
    }
  }

  @Test
  void aBatchWaitsForOthersIfTheOneBeforeBeganJustNow() throws Exception {
    Echo echo = new Echo();
    echo.mayGoOn.countDown();
    try (DetectorLine line = new DetectorLine(echo, Duration.ofSeconds(1))) {
      var _ = line.detect(new VadState(), windows(1, 0.1f)).get(5, SECONDS);
      CompletableFuture<float[]> second = line.detect(new VadState(), windows(1, 0.2f));
      CompletableFuture<float[]> third = line.detect(new VadState(), windows(2, 0.3f));
      assertThat(second.get(5, SECONDS)).containsExactly(0.2f);
      assertThat(third.get(5, SECONDS)).containsExactly(0.3f, 0.3f);
      assertThat(echo.batches).as("the first at once, none for its own").startsWith(1, 2);
    }
  }

  @Test
  void aBatchThatIsFullWaitsForNobody() throws Exception {
    Echo echo = new Echo();
    try (DetectorLine line = new DetectorLine(echo, Duration.ofDays(1))) {
      CompletableFuture<float[]> first = line.detect(new VadState(), windows(1, 0.1f));
      echo.isFirstIn.await();
      List<CompletableFuture<float[]>> others = new ArrayList<>();
      for (int call = 0; call < 64; call++) {
        others.add(line.detect(new VadState(), windows(1, 0.2f)));
      }
      echo.mayGoOn.countDown();
      assertThat(first.get(5, SECONDS)).containsExactly(0.1f);
      for (CompletableFuture<float[]> each : others) {
        assertThat(each.get(5, SECONDS)).containsExactly(0.2f);
      }
    }
  }

  @Test
  void closingRefusesWhoWaitsForOthers() throws Exception {
    Echo echo = new Echo();
    echo.mayGoOn.countDown();
    DetectorLine line = new DetectorLine(echo, Duration.ofDays(1));
    var _ = line.detect(new VadState(), windows(1, 0.1f)).get(5, SECONDS);
    CompletableFuture<float[]> waiting = line.detect(new VadState(), windows(1, 0.2f));
    line.close();
    assertThatThrownBy(() -> waiting.get(5, SECONDS)).isInstanceOf(CancellationException.class);
    assertThat(echo.batches).containsExactly(1);
  }

  @Test
  void aDetectorThatFailsFailsThoseInItsBatchAndServesTheNext() throws Exception {
    VoiceActivityDetector shaky =
        windows -> {
          if (windows.getFirst().samples()[0] > 0.5) {
            throw new EngineException("broken");
          }
          return new float[windows.size()];
        };
    try (DetectorLine line = new DetectorLine(shaky)) {
      assertThatThrownBy(() -> line.detect(new VadState(), windows(2, 0.9f)).get(5, SECONDS))
          .hasCauseInstanceOf(EngineException.class);
      assertThat(line.detect(new VadState(), windows(2, 0.1f)).get(5, SECONDS))
          .containsExactly(0, 0);
    }
  }

  @Test
  void closingAnswersOrRefusesEverybodyAndLeavesTheDetectorUnused() throws Exception {
    Echo echo = new Echo();
    DetectorLine line = new DetectorLine(echo);
    CompletableFuture<float[]> running = line.detect(new VadState(), windows(1, 0.5f));
    echo.isFirstIn.await();
    CompletableFuture<float[]> waiting = line.detect(new VadState(), windows(1, 0.6f));
    line.close();
    int batches = echo.batches.size();
    assertThat(running).isDone();
    assertThatThrownBy(waiting::join).isInstanceOf(CancellationException.class);
    assertThatThrownBy(() -> line.detect(new VadState(), windows(1, 0.7f)).join())
        .isInstanceOf(CancellationException.class);
    assertThat(echo.batches).hasSize(batches);
  }
}
