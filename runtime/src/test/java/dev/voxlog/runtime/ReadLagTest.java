package dev.voxlog.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ReadLagTest {
  private static final TopicPartition AUDIO = new TopicPartition("audio.in", 0);
  private static final long NOON = 1_800_000_000_000L;

  private final ReadLag lag = new ReadLag();

  private Telemetry.Lag measured(long records, long ms) {
    return lag.measured(AUDIO, OptionalLong.of(records), false, NOON + ms);
  }

  @Test
  void aSuccessorIsAsFarBehindAsTheRecordItReadsIsOld() {
    lag.read(AUDIO, NOON - 60_000);
    assertThat(measured(3_000, 0)).isEqualTo(new Telemetry.Lag(3_000, 60_000, 0));
    lag.read(AUDIO, NOON - 20_000);
    assertThat(measured(1_000, 100)).isEqualTo(new Telemetry.Lag(1_000, 20_100, 100));
    lag.read(AUDIO, NOON);
    assertThat(measured(0, 200)).isEqualTo(new Telemetry.Lag(0, 0, 0));
  }

  @Test
  void aRecordAfterALongSilenceIsNotAsOldAsTheSilence() {
    lag.read(AUDIO, NOON);
    assertThat(measured(0, 3_600_000).ms()).isZero();
    assertThat(measured(1, 3_601_000).ms()).isEqualTo(1_000);
  }

  @Test
  void howLongSomethingHasBeenUnreadDoesNotDependOnTheWritersClock() {
    long fast = NOON + 60_000;
    lag.read(AUDIO, fast);
    assertThat(measured(0, 0)).isEqualTo(new Telemetry.Lag(0, 0, 0));
    assertThat(measured(9, 3_000)).isEqualTo(new Telemetry.Lag(9, 0, 3_000));
    lag.read(AUDIO, NOON - 60_000);
    assertThat(measured(0, 3_100)).isEqualTo(new Telemetry.Lag(0, 0, 0));
    assertThat(measured(9, 3_200).unreadMs()).isEqualTo(100);
  }

  @Test
  void whetherItIsReadToItsEndIsAskedNowAndThenWhileItIsAndAlwaysWhileItIsNot() {
    assertThat(lag.isToAsk(AUDIO, NOON)).isTrue();
    lag.read(AUDIO, NOON);
    assertThat(lag.isToAsk(AUDIO, NOON)).isTrue();
    lag.readToEnd(AUDIO, NOON);
    assertThat(lag.isToAsk(AUDIO, NOON + 199)).isFalse();
    assertThat(lag.isToAsk(AUDIO, NOON + 200)).isTrue();
    assertThat(lag.isToAsk(AUDIO, NOON + 205)).isTrue();
    assertThat(lag.isToAsk(AUDIO, NOON - 5)).as("a clock that was set back").isTrue();
  }

  @Test
  void aPausedPartitionIsNotToldOfItsEndAndIsBehindAllTheSame() {
    lag.read(AUDIO, NOON);
    assertThat(measured(0, 0).ms()).isZero();
    assertThat(lag.measured(AUDIO, OptionalLong.of(0), true, NOON + 7_000).ms()).isEqualTo(7_000);
  }

  @Test
  void whatWasNeverReadIsBehindSinceItIsHeld() {
    assertThat(lag.measured(AUDIO, OptionalLong.empty(), true, NOON).ms()).isZero();
    assertThat(lag.measured(AUDIO, OptionalLong.empty(), true, NOON + 500).ms()).isEqualTo(500);
  }

  @Test
  void aPartitionThatComesBackBeginsAnew() {
    lag.read(AUDIO, NOON);
    lag.forget(List.of(AUDIO));
    assertThat(lag.measured(AUDIO, OptionalLong.of(5), false, NOON + 90_000).ms()).isZero();
  }
}
