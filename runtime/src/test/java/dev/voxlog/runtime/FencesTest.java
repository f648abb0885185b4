package dev.voxlog.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.runtime.Fences.Fence;
import dev.voxlog.schemas.StageName;
import dev.voxlog.schemas.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FencesTest {
  private static final Topic TOPIC = Topic.TRANSCRIPTS;
  private static final Fence FENCE = new Fence(TOPIC, StageName.STT);

  private final Fences fences = new Fences();

  static List<Long> seeds() {
    return Seeds.all();
  }

  private boolean admits(long epoch, long offset) {
    return fences.admits(TOPIC, StageName.STT, epoch, offset);
  }

  @Test
  void whatALowerEpochWritesAfterAMarkerIsVoid() {
    assertThat(admits(5, 10)).isTrue();
    fences.raise(TOPIC, StageName.STT, 8, 11);
    assertThat(admits(5, 12)).isFalse();
    assertThat(admits(8, 13)).isTrue();
  }

  @Test
  void aReaderWithoutAMarkerTakesTheHighestEpochItHasSeen() {
    assertThat(admits(5, 10)).isTrue();
    assertThat(admits(9, 11)).isTrue();
    assertThat(admits(5, 12)).isFalse();
  }

  @Test
  void stagesAndTopicsAreFencedEachForItself() {
    fences.raise(TOPIC, StageName.STT, 8, 11);
    assertThat(fences.admits(Topic.CALLS, StageName.STT, 3, 12)).isTrue();
    assertThat(fences.admits(TOPIC, StageName.NLU, 3, 12)).isTrue();
  }

  @Test
  void whoReadsAgainFromBeforeTheMarkerStillHearsTheEarlierOwner() {
    admits(5, 10);
    fences.raise(TOPIC, StageName.STT, 8, 20);
    admits(8, 21);
    Map<Fence, Long> committed = fences.before(Map.of(TOPIC, 15L));
    assertThat(committed).containsExactly(Map.entry(FENCE, 5L));

    Fences successor = Fences.startingWith(committed);
    assertThat(successor.admits(TOPIC, StageName.STT, 5, 15)).isTrue();
    successor.raise(TOPIC, StageName.STT, 8, 20);
    assertThat(successor.admits(TOPIC, StageName.STT, 5, 22)).isFalse();
  }

  @Test
  void aTopicOfWhichNothingIsCommittedSaysNothing() {
    admits(5, 10);
    assertThat(fences.before(Map.of(Topic.CALLS, 100L))).isEmpty();
  }

  /// A reader that stops anywhere and whose successor begins anywhere before that judges every
  /// record alike.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aSuccessorJudgesEveryRecordAsItsPredecessorDid(long seed) {
    Random random = new Random(seed);
    record Written(long epoch, boolean isMarker) {}
    List<Written> log = new ArrayList<>();
    long owner = 0;
    for (int offset = 0; offset < 120; offset++) {
      if (random.nextInt(12) == 0) {
        owner = offset;
        log.add(new Written(owner, true));
      } else {
        log.add(new Written(random.nextInt(5) == 0 ? random.nextLong(owner + 1) : owner, false));
      }
    }
    List<Boolean> first = new ArrayList<>();
    int bound = 0;
    Fences current = fences;
    for (int offset = 0; offset < log.size(); offset++) {
      first.add(judge(current, log.get(offset).epoch, log.get(offset).isMarker, offset));
      if (random.nextInt(20) == 0) {
        bound = bound + random.nextInt(offset + 2 - bound);
        Fences successor = Fences.startingWith(current.before(Map.of(TOPIC, (long) bound)));
        for (int again = bound; again <= offset; again++) {
          boolean verdict = judge(successor, log.get(again).epoch, log.get(again).isMarker, again);
          assertThat(verdict)
              .as("offset %d read again from %d", again, bound)
              .isEqualTo(first.get(again));
        }
        current = successor;
      }
    }
  }

  private static boolean judge(Fences fences, long epoch, boolean isMarker, long offset) {
    if (isMarker) {
      fences.raise(TOPIC, StageName.STT, epoch, offset);
      return true;
    }
    return fences.admits(TOPIC, StageName.STT, epoch, offset);
  }
}
