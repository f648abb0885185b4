package dev.voxlog.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.schemas.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SafePointsTest {
  private static final Topic INPUT = Topic.TRANSCRIPTS;
  private static final long END = 1_000_000;

  private final SafePoints points = new SafePoints();

  static List<Long> seeds() {
    return Seeds.all();
  }

  private static long[] next(Topic topic, long offset) {
    long[] offsets = SafePoints.none();
    offsets[topic.ordinal()] = offset;
    return offsets;
  }

  @Test
  void aCallThatReceivedNothingNeedsNothing() {
    assertThat(points.neededFrom(INPUT, END)).isEqualTo(END);
  }

  @Test
  void whatWasReceivedIsNeededUntilACheckpointSaysOtherwise() {
    points.received(INPUT, 10);
    points.received(INPUT, 11);
    assertThat(points.neededFrom(INPUT, END)).isEqualTo(10);
    points.checkpoint(next(INPUT, 11), next(INPUT, SafePoints.NONE));
    assertThat(points.neededFrom(INPUT, END)).isEqualTo(11);
    points.checkpoint(next(INPUT, 12), next(INPUT, SafePoints.NONE));
    assertThat(points.neededFrom(INPUT, END)).isEqualTo(END);
  }

  @Test
  void aCallThatNeededNothingNeedsNoneOfWhatOthersReceivedMeanwhile() {
    points.received(INPUT, 10);
    points.checkpoint(next(INPUT, 11), next(INPUT, SafePoints.NONE));
    points.received(INPUT, 200);
    assertThat(points.neededFrom(INPUT, END)).isEqualTo(200);
  }

  @Test
  void nothingMovesBeforeTheOutputsAreInTheLog() {
    points.received(INPUT, 10);
    long output = points.sent();
    long checkpoint = points.sent();
    points.checkpoint(next(INPUT, 11), next(Topic.INTENTS, 7));
    points.acknowledged(checkpoint);
    assertThat(points.neededFrom(INPUT, END)).isEqualTo(10);
    assertThat(points.tailFrom(Topic.INTENTS, END)).isEqualTo(END);
    points.acknowledged(output);
    assertThat(points.neededFrom(INPUT, END)).isEqualTo(END);
    assertThat(points.tailFrom(Topic.INTENTS, END)).isEqualTo(7);
  }

  @Test
  void whatAStepSaysItNeedsHoldsWithTheNextCheckpoint() {
    points.received(Topic.AUDIO_IN, 100);
    points.received(Topic.AUDIO_IN, 140);
    points.needs(Topic.AUDIO_IN, 120);
    points.passed(next(Topic.AUDIO_IN, 141));
    assertThat(points.neededFrom(Topic.AUDIO_IN, END)).as("no checkpoint yet").isEqualTo(100);
    long[] resumeFrom = points.resumeFrom(next(Topic.AUDIO_IN, 141));
    assertThat(resumeFrom[Topic.AUDIO_IN.ordinal()]).isEqualTo(120);
    points.needs(Topic.AUDIO_IN, 130);
    points.checkpoint(resumeFrom, next(INPUT, SafePoints.NONE));
    assertThat(points.neededFrom(Topic.AUDIO_IN, END)).isEqualTo(120);
    points.needs(Topic.AUDIO_IN, 110);
    assertThat(points.resumeFrom(next(Topic.AUDIO_IN, 141))[Topic.AUDIO_IN.ordinal()])
        .as("never back")
        .isEqualTo(130);
  }

  @Test
  void aReleasedCallNeedsOnlyWhatComesAfter() {
    points.received(Topic.AUDIO_IN, 100);
    points.needs(Topic.AUDIO_IN, 50);
    points.release();
    assertThat(points.neededFrom(Topic.AUDIO_IN, END)).isEqualTo(END);
    points.received(Topic.AUDIO_IN, 200);
    assertThat(points.neededFrom(Topic.AUDIO_IN, END)).isLessThanOrEqualTo(200).isGreaterThan(100);
  }

  @Test
  void aReleaseWaitsForTheRecordsInFlightAndLetsGoOfWhatWasReceivedByThen() {
    points.received(Topic.AUDIO_IN, 100);
    long inFlight = points.sent();
    points.release();
    assertThat(points.neededFrom(Topic.AUDIO_IN, END)).isEqualTo(100);
    points.received(Topic.AUDIO_IN, 200);
    points.acknowledged(inFlight);
    assertThat(points.neededFrom(Topic.AUDIO_IN, END)).isGreaterThan(100).isLessThanOrEqualTo(200);
  }

  @Test
  void whatWaitsForItsRecordsRunsOnceTheyAreWritten() {
    List<String> ran = new ArrayList<>();
    long first = points.sent();
    points.whenWritten(() -> ran.add("after first"));
    long second = points.sent();
    points.acknowledged(first);
    assertThat(ran).containsExactly("after first");
    points.whenWritten(() -> ran.add("after second"));
    points.acknowledged(second);
    assertThat(ran).containsExactly("after first", "after second");
    points.whenWritten(() -> ran.add("at once"));
    assertThat(ran).last().isEqualTo("at once");
  }

  /// The model: a checkpoint counts when every record sent before it, and it itself, is
  /// acknowledged.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theSafePointIsThatOfTheLastCheckpointOfWhichAllIsWritten(long seed) {
    Random random = new Random(seed);
    List<Long> open = new ArrayList<>();
    List<long[]> checkpoints = new ArrayList<>();
    long received = 0;
    points.received(INPUT, 0);
    for (int n = 0; n < 300; n++) {
      switch (random.nextInt(4)) {
        case 0 -> points.received(INPUT, ++received);
        case 1 -> open.add(points.sent());
        case 2 -> {
          long own = points.sent();
          open.add(own);
          long handled = received + 1 - random.nextInt((int) Math.min(3, received + 1));
          points.checkpoint(next(INPUT, handled), next(Topic.INTENTS, n));
          checkpoints.add(new long[] {own, handled, n});
        }
        default -> {
          if (!open.isEmpty()) {
            points.acknowledged(open.remove(random.nextInt(open.size())));
          }
        }
      }
      long oldestOpen = open.stream().mapToLong(ticket -> ticket).min().orElse(Long.MAX_VALUE);
      long safe = 0;
      long tail = SafePoints.NONE;
      for (long[] checkpoint : checkpoints) {
        if (checkpoint[0] < oldestOpen) {
          safe = Math.max(safe, checkpoint[1]);
          tail = Math.max(tail, checkpoint[2]);
        }
      }
      assertThat(points.neededFrom(INPUT, END))
          .as("step %d", n)
          .isEqualTo(safe <= received ? safe : END);
      assertThat(points.tailFrom(Topic.INTENTS, END))
          .as("step %d", n)
          .isEqualTo(tail < 0 ? END : tail);
    }
  }
}
