package dev.voxlog.testkit.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EarTest {
  private final Ear ear = new Ear();
  private final byte[] frame = new byte[160];

  @Test
  void aMarkComesBackOnceEverythingBeforeItHasBeenPlayed() {
    ear.receive(new byte[320]);
    assertThat(ear.mark("end")).isEmpty();

    ear.play(frame);
    assertThat(ear.finishFrame()).isEmpty();
    ear.play(frame);
    assertThat(ear.finishFrame()).containsExactly("end");
  }

  @Test
  void aMarkOnAnEmptyBufferComesBackAtOnce() {
    assertThat(ear.mark("now")).containsExactly("now");
  }

  @Test
  void aMarkWaitsForTheFrameThatIsBeingPlayed() {
    ear.receive(new byte[160]);
    ear.play(frame);

    assertThat(ear.mark("end")).isEmpty();
    assertThat(ear.finishFrame()).containsExactly("end");
  }

  @Test
  void clearDropsTheBufferAndReturnsItsMarksInOrder() {
    ear.receive(new byte[1600]);
    ear.mark("a");
    ear.receive(new byte[1600]);
    ear.mark("b");
    ear.play(frame);

    assertThat(ear.clear()).containsExactly("a", "b");
    assertThat(ear.play(frame)).isZero();
    assertThat(frame).containsOnly(0xFF);
  }

  @Test
  void piecesOfAnyLengthArePlayedWithoutSeams() {
    ear.receive(new byte[] {1, 2, 3});
    ear.receive(new byte[200]);

    assertThat(ear.play(frame)).isEqualTo(160);
    assertThat(frame).startsWith(1, 2, 3, 0);
    assertThat(ear.play(frame)).isEqualTo(43);
    assertThat(frame[43]).isEqualTo((byte) 0xFF);
  }
}
