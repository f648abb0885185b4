package dev.voxlog.cli.load.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MachineTest {
  private static Machine at(long seconds, long stt, long broker, long generator, long all) {
    return new Machine(
        Duration.ofSeconds(seconds).toNanos(),
        Map.of("stt", Duration.ofMillis(stt), "broker", Duration.ofMillis(broker)),
        Duration.ofMillis(generator),
        Optional.of(Duration.ofMillis(all)));
  }

  @Test
  void coresAreWhatWasUsedBetweenTwoLooksForEachSecondBetweenThem() {
    Machine.Use use =
        at(30, 6_000, 9_000, 3_000, 50_000).since(at(20, 1_000, 5_000, 1_000, 36_000));
    assertThat(use.elapsed()).hasSeconds(10);
    assertThat(use.processes()).containsOnly(Map.entry("stt", 0.5), Map.entry("broker", 0.4));
    assertThat(use.server()).isCloseTo(0.9, within(1e-9));
    assertThat(use.generator()).isEqualTo(0.2);
    assertThat(use.others())
        .hasValueSatisfying(cores -> assertThat(cores).isCloseTo(0.3, within(1e-9)));
  }

  @Test
  void otherProgramsAreNeverLessThanNone() {
    Machine.Use use =
        at(30, 6_000, 9_000, 3_000, 46_000).since(at(20, 1_000, 5_000, 1_000, 36_000));
    assertThat(use.others()).hasValue(0.0);
  }
}
