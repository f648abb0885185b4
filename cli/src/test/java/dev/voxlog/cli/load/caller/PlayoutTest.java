package dev.voxlog.cli.load.caller;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlayoutTest {
  private final Playout playout = new Playout();

  @Test
  void audioIsPlayedOneAfterTheOtherInRealTime() {
    assertThat(playout.receive(1_000, 500)).isZero();
    assertThat(playout.receive(1_100, 500)).isZero();
    assertThat(playout.endsAt()).isEqualTo(2_000);
    assertThat(playout.isPlaying(1_999)).isTrue();
    assertThat(playout.isPlaying(2_000)).isFalse();
  }

  @Test
  void whatComesTooLateTellsHowLongTheBufferWasEmpty() {
    playout.receive(1_000, 500);
    assertThat(playout.receive(1_700, 500)).isEqualTo(200);
    assertThat(playout.endsAt()).isEqualTo(2_200);
  }

  @Test
  void aMarkComesBackOnceWhatIsBeforeItWasPlayed() {
    playout.receive(1_000, 500);
    playout.mark("a", 1_010);
    playout.receive(1_020, 500);
    playout.mark("b", 1_030);
    assertThat(playout.passed(1_499)).isEmpty();
    assertThat(playout.passed(1_500)).containsExactly("a");
    assertThat(playout.passed(2_000)).containsExactly("b");
    assertThat(playout.passed(2_001)).isEmpty();
  }

  @Test
  void aMarkWithNothingBeforeItComesBackAtOnce() {
    playout.mark("a", 1_000);
    assertThat(playout.passed(1_000)).containsExactly("a");
  }

  @Test
  void clearingDropsWhatIsLeftAndReturnsItsMarks() {
    playout.receive(1_000, 500);
    playout.mark("a", 1_000);
    playout.clear(1_200);
    assertThat(playout.isPlaying(1_200)).isFalse();
    assertThat(playout.passed(1_200)).containsExactly("a");
    assertThat(playout.receive(1_300, 100)).isEqualTo(100);
  }
}
