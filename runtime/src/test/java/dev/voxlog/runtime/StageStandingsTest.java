package dev.voxlog.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.runtime.StageWatch.Standing;
import dev.voxlog.schemas.StageName;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class StageStandingsTest {
  private static final TopicPartition AUDIO = new TopicPartition("audio.in", 3);
  private static final TopicPartition OTHER = new TopicPartition("audio.in", 4);

  private final StageStandings standings = new StageStandings();

  private static long at(double seconds) {
    return (long) (seconds * 1e9);
  }

  private void read(long position, double at) {
    says(AUDIO, ReadNote.of(position, Duration.ZERO, 0), at);
  }

  private void says(TopicPartition partition, ReadNote note, double at) {
    standings.says(StageName.STT, Map.of(partition, note), at(at));
  }

  private Standing stt(double at) {
    return standings
        .now(at(at))
        .getOrDefault(StageName.STT, new Standing(Duration.ZERO, Duration.ZERO));
  }

  @Test
  void aStageOfWhichNothingIsKnownIsNotTold() {
    standings.ends(AUDIO, 100, at(0));
    standings.ends(AUDIO, 200, at(1));
    assertThat(standings.now(at(9))).isEmpty();
  }

  @Test
  void aStageIsAsFarBehindAsTheOldestOfWhatItHasNotReadIsOld() {
    standings.ends(AUDIO, 100, at(0));
    standings.ends(AUDIO, 150, at(1));
    standings.ends(AUDIO, 200, at(2));
    read(100, 2);
    assertThat(stt(3).lag()).isEqualTo(Duration.ofSeconds(2));
    read(150, 3);
    assertThat(stt(3).lag()).isEqualTo(Duration.ofSeconds(1));
    read(200, 3);
    assertThat(stt(3).lag()).isZero();
  }

  @Test
  void theWorstPartitionCounts() {
    standings.ends(OTHER, 5, at(0));
    standings.ends(AUDIO, 5, at(0));
    standings.ends(OTHER, 9, at(1));
    standings.ends(AUDIO, 9, at(4));
    ReadNote five = ReadNote.of(5, Duration.ZERO, 0);
    standings.says(StageName.STT, Map.of(AUDIO, five, OTHER, five), at(4));
    assertThat(stt(6).lag()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void whatLayUnreadWhenWatchingBeganCountsOnceMoreIsWritten() {
    standings.ends(AUDIO, 500, at(0));
    read(100, 0);
    assertThat(stt(10).lag()).isZero();
    standings.ends(AUDIO, 501, at(10));
    assertThat(stt(12).lag()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void aDeadStageThatNobodyNeedsForAMinuteIsGivenAnotherChance() {
    standings.ends(AUDIO, 1, at(0));
    read(1, 0);
    standings.ends(AUDIO, 9, at(1));
    standings.ends(AUDIO, 9, at(60));
    assertThat(stt(60).lag()).isEqualTo(Duration.ofSeconds(59));
    standings.ends(AUDIO, 9, at(62));
    assertThat(stt(62).lag()).isZero();
    standings.ends(AUDIO, 10, at(63));
    assertThat(stt(65).lag()).isEqualTo(Duration.ofSeconds(2));
  }

  /// As after going back to a version that says nothing.
  @Test
  void aStageThatSaysNothingAnyMoreIsNotTakenAtItsOldWord() {
    standings.ends(AUDIO, 5, at(0));
    read(5, 0);
    standings.ends(AUDIO, 50, at(1));
    assertThat(stt(9).lag()).isEqualTo(Duration.ofSeconds(8));
    standings.says(StageName.STT, Map.of(), at(9));
    assertThat(standings.now(at(9))).isEmpty();
  }

  @Test
  void aWaitThatNobodyRenewsIsOver() {
    ReadNote busy = ReadNote.of(1, Duration.ofSeconds(4), 1);
    says(AUDIO, busy, 0);
    says(AUDIO, busy, 4);
    assertThat(stt(5).engineWait()).isEqualTo(Duration.ofSeconds(4));
    assertThat(stt(5.1).engineWait()).isZero();
    says(AUDIO, ReadNote.of(1, Duration.ofSeconds(4), 2), 6);
    assertThat(standings.now(at(6)))
        .isEqualTo(Map.of(StageName.STT, new Standing(Duration.ZERO, Duration.ofSeconds(4))));
  }
}
