package dev.voxlog.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One process for each stage, three callers, and one death in each of the stages.
class ChaosIT {
  @TempDir Path folder;

  @Test
  void noDeathOfAnyStageButIngressIsMoreThanAPauseToAnyCaller() throws InterruptedException {
    FaultSchedule schedule =
        new FaultSchedule(11, WorkerFleet.HIT, 1, 5, 0, 0, Duration.ofSeconds(6));
    ChaosRun.Plan plan = new ChaosRun.Plan(3, 4, false, schedule);
    try (ChaosRun run = new ChaosRun(plan, folder, System.out::println)) {
      ChaosRun.Outcome outcome = run.run();

      assertThat(outcome.verdict().violations()).isEmpty();
      assertThat(outcome.ended()).isEmpty();
      assertThat(outcome.faults()).hasSize(5);
      assertThat(outcome.verdict().calls()).isGreaterThanOrEqualTo(3);
      assertThat(outcome.verdict().tools()).isPositive();
      assertThat(outcome.isClean()).isTrue();
    }
  }
}
