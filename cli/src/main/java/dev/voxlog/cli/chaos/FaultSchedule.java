package dev.voxlog.cli.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/// Which processes go when, from a seed: every kind as often as any other, at random moments spread
/// over the run.
///
/// `victims` are the kinds with the number of processes of each. `kills` processes are killed;
/// `terms` and `pauses` further ones are asked to end, or stand still for a while, on top.
record FaultSchedule(
    long seed, Map<String, Integer> victims, int kills, int terms, int pauses, Duration every) {
  private static final int SHORTEST_PAUSE_MS = 500;
  private static final int LONGEST_PAUSE_MS = 4_000;

  FaultSchedule {
    victims = Map.copyOf(victims);
  }

  /// How long the run is by this schedule.
  Duration length() {
    return every.multipliedBy(kills + terms + pauses);
  }

  /// In the order of their moments.
  List<Fault> faults() {
    Random random = new Random(seed);
    List<Hit> hits = new ArrayList<>();
    add(Fault.Kind.KILL, kills, random, hits);
    add(Fault.Kind.TERM, terms, random, hits);
    add(Fault.Kind.PAUSE, pauses, random, hits);
    Collections.shuffle(hits, random);
    List<Fault> faults = new ArrayList<>();
    for (Hit hit : hits) {
      // Not upon each other as a rule, so that what was heard can be laid to one of them.
      double at = (faults.size() + random.nextDouble() / 2) * every.toMillis();
      int pause =
          hit.kind() == Fault.Kind.PAUSE ? random.nextInt(SHORTEST_PAUSE_MS, LONGEST_PAUSE_MS) : 0;
      faults.add(
          new Fault(
              faults.size() + 1,
              hit.victim(),
              random.nextInt(Objects.requireNonNull(victims.get(hit.victim()))),
              hit.kind(),
              Duration.ofMillis((long) at),
              Duration.ofMillis(pause)));
    }
    return faults;
  }

  private record Hit(String victim, Fault.Kind kind) {}

  private void add(Fault.Kind kind, int count, Random random, List<Hit> hits) {
    List<String> order = new ArrayList<>();
    while (order.size() < count) {
      List<String> round = new ArrayList<>(victims.keySet().stream().sorted().toList());
      Collections.shuffle(round, random);
      order.addAll(round);
    }
    order.subList(0, count).forEach(victim -> hits.add(new Hit(victim, kind)));
  }
}
