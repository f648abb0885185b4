package dev.voxlog.testkit.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.audio.G711;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class MouthTest {
  private static final int FRAME = 160;

  private final Mouth mouth = new Mouth(Double.NEGATIVE_INFINITY, 1);
  private final byte[] frame = new byte[FRAME];
  private long position;

  private CompletableFuture<Utterance> says(int samples, int grid) {
    short[] pcm = new short[samples];
    Arrays.fill(pcm, (short) 9_000);
    CompletableFuture<Utterance> said = new CompletableFuture<>();
    mouth.say(pcm, grid, said);
    return said;
  }

  private int loudInNextFrame() {
    mouth.next(frame, position);
    position += FRAME;
    int loud = 0;
    for (byte sample : frame) {
      loud += sample == G711.MULAW_SILENCE ? 0 : 1;
    }
    return loud;
  }

  @Test
  void whatIsSaidOneAfterTheOtherHasNothingInBetween() {
    var first = says(200, 1);
    var second = says(50, 1);
    assertThat(loudInNextFrame()).isEqualTo(160);
    assertThat(loudInNextFrame()).isEqualTo(90);
    assertThat(first.join()).isEqualTo(new Utterance(0, 200));
    assertThat(second.join()).isEqualTo(new Utterance(200, 50));
  }

  @Test
  void anUtteranceOnAGridWaitsForItsNextLine() {
    loudInNextFrame();
    var first = says(100, 256);
    assertThat(loudInNextFrame()).isEqualTo(64);
    assertThat(loudInNextFrame()).isEqualTo(36);
    assertThat(first.join()).isEqualTo(new Utterance(256, 100));
    var second = says(10, 1_280);
    for (int i = 3; i < 8; i++) {
      assertThat(loudInNextFrame()).isZero();
    }
    assertThat(loudInNextFrame()).isEqualTo(10);
    assertThat(second.join()).isEqualTo(new Utterance(1_280, 10));
  }
}
