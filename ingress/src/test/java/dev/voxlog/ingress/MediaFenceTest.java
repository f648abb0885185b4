package dev.voxlog.ingress;

import static dev.voxlog.ingress.MediaFence.Ruling.ACCEPTED;
import static dev.voxlog.ingress.MediaFence.Ruling.REFUSED;
import static dev.voxlog.ingress.MediaFence.Ruling.REPEATED;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MediaFenceTest {
  private final MediaFence<String> fence = new MediaFence<>();

  @Test
  void anEgressOfALowerEpochCannotSpeak() {
    assertThat(fence.attach(7, 1, "old")).isEqualTo(ACCEPTED);
    assertThat(fence.attach(9, 1, "new")).isEqualTo(ACCEPTED);
    assertThat(fence.admit(7, 2, "old")).isEqualTo(REFUSED);
    assertThat(fence.attach(7, 3, "old")).isEqualTo(REFUSED);
    assertThat(fence.player()).isEqualTo("new");
  }

  @Test
  void aCommandIsCarriedOutOnce() {
    fence.attach(7, 1, "a");
    assertThat(fence.admit(7, 2, "a")).isEqualTo(ACCEPTED);
    assertThat(fence.admit(7, 2, "a")).isEqualTo(REPEATED);
    assertThat(fence.admit(7, 1, "a")).isEqualTo(REPEATED);
    assertThat(fence.admit(7, 3, "a")).isEqualTo(ACCEPTED);
  }

  @Test
  void anEgressThatConnectsAgainReplacesItsOldConnection() {
    fence.attach(7, 100, "first");
    assertThat(fence.attach(7, 1, "second")).isEqualTo(ACCEPTED);
    assertThat(fence.admit(7, 101, "first")).isEqualTo(REPEATED);
    assertThat(fence.admit(7, 2, "second")).isEqualTo(ACCEPTED);
  }

  @Test
  void aHigherEpochTakesOverEvenWithoutAttaching() {
    fence.attach(7, 5, "old");
    assertThat(fence.admit(8, 1, "new")).isEqualTo(ACCEPTED);
    assertThat(fence.epoch()).isEqualTo(8);
  }

  @Test
  void outstandingMarksAreThoseSentAndNotReturned() {
    fence.markSent("a");
    fence.markSent("b");
    assertThat(fence.markReturned("a")).isTrue();
    assertThat(fence.markReturned("a")).isFalse();
    assertThat(fence.outstandingMarks()).containsExactly("b");
  }

  @Test
  void whatWasClearedIsNotTakenForPlayed() {
    fence.attach(7, 1, "a");
    fence.chunkSent("1.0.3");
    fence.cleared();
    assertThat(fence.lastChunk()).isEmpty();
  }

  @Test
  void aNewStreamHasNothingInItsBufferButKeepsTheEpoch() {
    fence.attach(7, 1, "a");
    fence.chunkSent("1.1.1");
    fence.markSent("m");
    fence.streamReplaced();
    assertThat(fence.lastChunk()).isEmpty();
    assertThat(fence.outstandingMarks()).isEmpty();
    assertThat(fence.attach(6, 1, "b")).isEqualTo(REFUSED);
  }
}
