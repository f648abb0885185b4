package dev.voxlog.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.StageName;
import dev.voxlog.schemas.TurnEvent;
import dev.voxlog.schemas.TurnEvent.Purpose;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FenceTest {
  private static final TurnEvent.Sentence SENTENCE =
      new TurnEvent.Sentence(Story.CALL, Story.ZERO, 2, 0, "Hello.", Purpose.ANSWER, List.of());

  @Test
  void whatAFormerOwnerWritesAfterItsSuccessorsMarkerIsVoid() {
    Fence fence = new Fence();
    assertThat(fence.admits(SENTENCE, 1, 10)).isTrue();
    assertThat(fence.admits(new TurnEvent.Owner(Story.ZERO, 20), 2, 20)).isFalse();
    assertThat(fence.admits(SENTENCE, 3, 10)).isFalse();
    assertThat(fence.admits(SENTENCE, 4, 20)).isTrue();
  }

  @Test
  void inTheCallsTopicAMarkersOwnOffsetIsItsEpochAndEachStageHasItsOwn() {
    Fence fence = new Fence();
    CallEvent playing = new CallEvent.Playing(Story.CALL, Story.ZERO, 2, 0);
    CallEvent expects =
        new CallEvent.Expects(Story.CALL, Story.ZERO, 2, CallEvent.Answer.DIGITS, 5);
    fence.admits(new CallEvent.Owner(Story.ZERO, StageName.EGRESS), 50, -1);

    assertThat(fence.admits(playing, 51, 30)).isFalse();
    assertThat(fence.admits(playing, 52, 50)).isTrue();
    assertThat(fence.admits(expects, 53, 30)).isTrue();
  }

  @Test
  void ingressHasNoEpochsAndAlwaysCounts() {
    Fence fence = new Fence();
    CallEvent key = new CallEvent.Dtmf(Story.CALL, Story.ZERO, 1, 0, "0", 5);
    assertThat(fence.admits(key, 1, -1)).isTrue();
  }
}
