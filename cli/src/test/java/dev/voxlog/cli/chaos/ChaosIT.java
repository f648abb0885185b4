package dev.voxlog.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.cli.fleet.WorkerFleet;
import dev.voxlog.schemas.StageName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two processes of each stage, three callers, and one death in each of the stages.
class ChaosIT {
  private static final int INSTANCES = 2;

  @TempDir Path folder;

  @Test
  void noDeathOfAnyStageButIngressIsMoreThanAPauseToAnyCaller() throws InterruptedException {
    Map<String, Integer> victims =
        WorkerFleet.HIT.stream().collect(Collectors.toMap(StageName::id, _ -> INSTANCES));
    FaultSchedule schedule = new FaultSchedule(11, victims, 5, 1, 1, Duration.ofSeconds(5));
    ChaosRun.Plan plan = new ChaosRun.Plan(3, 3, false, 1, INSTANCES, schedule);
    try (ChaosRun run = new ChaosRun(plan, folder, System.out::println)) {
      ChaosRun.Outcome outcome = run.run();

      assertThat(outcome.verdict().violations()).isEmpty();
      assertThat(outcome.ended()).isEmpty();
      assertThat(outcome.faults()).hasSize(7);
      assertThat(outcome.verdict().calls()).isGreaterThanOrEqualTo(3);
      assertThat(outcome.verdict().tools()).isPositive();
      assertThat(outcome.isClean()).isTrue();
    }
  }
}
