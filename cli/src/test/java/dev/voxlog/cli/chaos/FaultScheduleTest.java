package dev.voxlog.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultScheduleTest {
  private static final Map<String, Integer> VICTIMS =
      Map.of("stt", 2, "nlu", 2, "llm", 2, "tts", 2, "broker", 3);

  private static FaultSchedule schedule(long seed) {
    return new FaultSchedule(seed, VICTIMS, 50, 10, 5, Duration.ofSeconds(2));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void everyKindIsKilledAsOftenAsAnyOtherAndAllWithinTheRun(long seed) {
    List<Fault> faults = schedule(seed).faults();

    assertThat(faults)
        .hasSize(65)
        .isSortedAccordingTo(Comparator.comparing(Fault::at))
        .allSatisfy(
            fault -> assertThat(fault.at()).isBetween(Duration.ZERO, Duration.ofSeconds(130)));
    assertThat(faults).extracting(Fault::number).doesNotHaveDuplicates();
    Map<String, Long> kills =
        faults.stream()
            .filter(fault -> fault.kind() == Fault.Kind.KILL)
            .collect(Collectors.groupingBy(Fault::victim, Collectors.counting()));
    assertThat(kills).hasSize(5).allSatisfy((_, count) -> assertThat(count).isEqualTo(10));
    assertThat(faults).extracting(Fault::instance).containsOnly(0, 1, 2);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void theSameSeedIsTheSameSchedule(long seed) {
    assertThat(schedule(seed).faults()).isEqualTo(schedule(seed).faults());
    assertThat(schedule(seed).faults()).isNotEqualTo(schedule(seed + 1).faults());
  }
}
