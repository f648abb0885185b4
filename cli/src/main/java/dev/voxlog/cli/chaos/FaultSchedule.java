package dev.voxlog.cli.chaos;

import dev.voxlog.schemas.StageName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/// Which processes go when, from a seed: every stage as often as any other, at random moments
/// spread over the run.
///
/// `kills` processes are killed; `terms` and `pauses` further ones are asked to end, or stand still
/// for a while, on top.
record FaultSchedule(
    long seed,
    List<StageName> stages,
    int instances,
    int kills,
    int terms,
    int pauses,
    Duration every) {
  private static final int SHORTEST_PAUSE_MS = 500;
  private static final int LONGEST_PAUSE_MS = 4_000;

  FaultSchedule {
    stages = List.copyOf(stages);
  }

  /// How long the run is by this schedule.
  Duration length() {
    return every.multipliedBy(kills + terms + pauses);
  }

  /// In the order of their moments.
  List<Fault> faults() {
    Random random = new Random(seed);
    List<Fault> faults = new ArrayList<>();
    add(Fault.Kind.KILL, kills, random, faults);
    add(Fault.Kind.TERM, terms, random, faults);
    add(Fault.Kind.PAUSE, pauses, random, faults);
    faults.sort(Comparator.comparing(Fault::at));
    List<Fault> numbered = new ArrayList<>();
    for (Fault each : faults) {
      numbered.add(
          new Fault(
              numbered.size() + 1,
              each.stage(),
              each.instance(),
              each.kind(),
              each.at(),
              each.pause()));
    }
    return numbered;
  }

  private void add(Fault.Kind kind, int count, Random random, List<Fault> faults) {
    List<StageName> order = new ArrayList<>();
    while (order.size() < count) {
      List<StageName> round = new ArrayList<>(stages);
      Collections.shuffle(round, random);
      order.addAll(round);
    }
    for (StageName stage : order.subList(0, count)) {
      Duration at = Duration.ofMillis((long) (random.nextDouble() * length().toMillis()));
      int pause =
          kind == Fault.Kind.PAUSE ? random.nextInt(SHORTEST_PAUSE_MS, LONGEST_PAUSE_MS) : 0;
      faults.add(
          new Fault(0, stage, random.nextInt(instances), kind, at, Duration.ofMillis(pause)));
    }
  }
}
