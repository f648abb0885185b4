package dev.voxlog.cli.chaos;

import dev.voxlog.cli.fleet.ChildProcess;
import dev.voxlog.cli.fleet.WorkerFleet;
import dev.voxlog.cli.fleet.WorkerFleet.Slot;
import dev.voxlog.schemas.StageName;
import java.time.Duration;

/// The worker processes of one stage.
record StageVictims(WorkerFleet fleet, StageName stage, int count) implements Victims {
  private static final Duration PATIENCE_FOR_TERM = Duration.ofSeconds(12);

  /// A successor takes over before the dead one's place is filled again, or else there is none.
  private static final Duration TAKEOVER = Duration.ofSeconds(2);

  @Override
  public void awaitWhole() throws InterruptedException {
    for (int i = 0; i < count; i++) {
      fleet.awaitReady(slot(i));
    }
  }

  @Override
  public void kill(int instance) throws InterruptedException {
    fleet.process(slot(instance)).kill();
    startAgain(instance);
  }

  @Override
  public void term(int instance) throws InterruptedException {
    ChildProcess process = fleet.process(slot(instance));
    process.terminate();
    if (process.end(PATIENCE_FOR_TERM) == null) {
      throw new IllegalStateException(slot(instance) + " does not end when it is asked to");
    }
    startAgain(instance);
  }

  @Override
  public void pause(int instance, Duration pause) throws InterruptedException {
    ChildProcess process = fleet.process(slot(instance));
    process.pause();
    Thread.sleep(pause);
    process.resume();
  }

  private void startAgain(int instance) throws InterruptedException {
    if (count > 1) {
      Thread.sleep(TAKEOVER);
    }
    fleet.start(slot(instance));
    fleet.awaitReady(slot(instance));
  }

  private Slot slot(int instance) {
    return new Slot(stage, instance);
  }
}
