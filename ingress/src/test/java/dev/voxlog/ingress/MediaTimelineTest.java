package dev.voxlog.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.ingress.MediaTimeline.Missing;
import dev.voxlog.ingress.MediaTimeline.Place;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTimelineTest {
  @Test
  void audioLiesWhereTheCarriersTimestampSays() {
    MediaTimeline timeline = new MediaTimeline(10_000);
    assertThat(timeline.place(5, 20)).isEqualTo(new Place.At(10_005, null));
    assertThat(timeline.place(25, 20)).isEqualTo(new Place.At(10_025, null));
    assertThat(timeline.endMs()).isEqualTo(10_045);
  }

  @Test
  void aJumpOfMoreThanAFrameIsAGap() {
    MediaTimeline timeline = new MediaTimeline(0);
    timeline.place(0, 20);
    assertThat(timeline.place(40, 20)).isEqualTo(new Place.At(40, null));
    assertThat(timeline.place(100, 20)).isEqualTo(new Place.At(100, new Missing(60, 40)));
  }

  @Test
  void whatIsOldOrRepeatedOrAbsurdHasNoPlace() {
    MediaTimeline timeline = new MediaTimeline(0);
    timeline.place(0, 20);
    timeline.place(20, 20);
    assertThat(timeline.place(20, 20)).isEqualTo(new Place.Nowhere("repeated-frame"));
    assertThat(timeline.place(0, 20)).isEqualTo(new Place.Nowhere("repeated-frame"));
    assertThat(timeline.place(20_000_000, 20)).isEqualTo(new Place.Nowhere("absurd-timestamp"));
    assertThat(timeline.place(40, 20)).isEqualTo(new Place.At(40, null));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void audioAndGapsNeverLeaveAHoleOfMoreThanAFrame(long seed) {
    Random random = new Random(seed);
    MediaTimeline timeline = new MediaTimeline(500);
    long covered = 500;
    for (int i = 0; i < 500; i++) {
      long timestamp = Math.max(0, i * 20L + random.nextInt(-60, 120));
      if (timeline.place(timestamp, 20) instanceof Place.At at) {
        covered =
            at.missing() == null ? covered : at.missing().mediaMs() + at.missing().durationMs();
        assertThat(at.mediaMs() - covered).isLessThanOrEqualTo(20);
        covered = Math.max(covered, at.mediaMs() + 20);
      }
    }
    assertThat(timeline.endMs()).isEqualTo(covered);
  }
}
