package dev.voxlog.cli.chaos;

import dev.voxlog.audio.ToneCode;
import dev.voxlog.tts.scripted.ScriptedVoice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How much longer callers waited for a sound because of a fault.
///
/// A wait is that for the first sound of an answer, or a pause within it. It is a fault's if it was
/// on soon after the fault struck, nobody's own if several kinds did, and else that of the lost
/// process's return, by which work moves too. What it was longer than the usual wait of a run
/// without faults is added silence. Waits that met nothing have a row, so that a machine that is
/// too slow for the run shows.
final class Silences {
  /// The row of waits that cannot be laid to one kind of fault.
  static final String SEVERAL = "several";

  static final String NO_FAULT = "no fault";

  /// In which a fault is noticed and what was lost is taken over.
  private static final Duration TAKEOVER = Duration.ofSeconds(3);

  /// Around the moment at which all are there again, in which work moves back.
  private static final Duration RETURN = Duration.ofSeconds(1);

  private Silences() {}

  /// A wait of one call: for an answer, or within one.
  record Wait(String call, boolean isForAnswer, Instant from, Instant to) {
    long millis() {
      return Duration.between(from, to).toMillis();
    }
  }

  /// The usual waits, in milliseconds.
  record Usual(long answer, long within) {
    static Usual of(List<Wait> waits) {
      return new Usual(
          median(waits.stream().filter(Wait::isForAnswer).map(Wait::millis).toList()),
          median(waits.stream().filter(wait -> !wait.isForAnswer()).map(Wait::millis).toList()));
    }

    long added(Wait wait) {
      return Math.max(0, wait.millis() - (wait.isForAnswer() ? answer : within));
    }
  }

  /// One line of the table, in milliseconds: how many faults there were; of the waits for an answer
  /// that met one (`waits`), the median; of each fault's unluckiest caller, the median and the
  /// worst, pauses within answers included. A fault that met nobody counts as none added.
  record Row(int faults, int waits, long median, long unluckiest, long worst) {}

  /// The rows by stage and kind of fault, as in "stt KILL".
  static Map<String, Row> table(List<Wait> waits, List<Fault.Done> faults, Usual usual) {
    Map<String, List<Long>> added = new TreeMap<>();
    Map<Fault.Done, Long> worst = new HashMap<>();
    Map<String, Long> worstOf = new TreeMap<>();
    for (Wait wait : waits) {
      List<Fault.Done> struck = faults.stream().filter(fault -> struckIn(fault, wait)).toList();
      String row = row(wait, struck, faults);
      long more = usual.added(wait);
      if (wait.isForAnswer()) {
        added.computeIfAbsent(row, _ -> new ArrayList<>()).add(more);
      }
      worstOf.merge(row, more, Math::max);
      if (!struck.isEmpty() && !row.equals(SEVERAL)) {
        worst.merge(struck.getLast(), more, Math::max);
      }
    }
    Set<String> names =
        faults.stream().map(Silences::row).collect(Collectors.toCollection(TreeSet::new));
    names.addAll(worstOf.keySet());
    Map<String, Row> table = new TreeMap<>();
    for (String name : names) {
      List<Fault.Done> own = faults.stream().filter(fault -> row(fault).equals(name)).toList();
      List<Long> waited = added.getOrDefault(name, List.of());
      table.put(
          name,
          new Row(
              own.size(),
              waited.size(),
              median(waited),
              median(own.stream().map(fault -> worst.getOrDefault(fault, 0L)).toList()),
              worstOf.getOrDefault(name, 0L)));
    }
    return table;
  }

  /// A wait, what it was longer than usual in milliseconds, and the faults that it met, as in "stt
  /// KILL 12".
  record LongWait(Wait span, long added, List<String> met) {}

  /// The longest waits, longest first.
  static List<LongWait> longest(List<Wait> waits, List<Fault.Done> faults, Usual usual, int most) {
    return waits.stream()
        .sorted(Comparator.comparingLong(usual::added).reversed())
        .limit(most)
        .map(wait -> new LongWait(wait, usual.added(wait), met(wait, faults)))
        .toList();
  }

  private static List<String> met(Wait wait, List<Fault.Done> faults) {
    return faults.stream()
        .filter(fault -> struckIn(fault, wait) || returnedIn(fault, wait))
        .map(fault -> row(fault) + " " + fault.fault().number())
        .toList();
  }

  /// The waits that met no fault.
  static List<Wait> withoutFaults(List<Wait> waits, List<Fault.Done> faults) {
    return waits.stream()
        .filter(wait ->
            faults.stream().noneMatch(fault -> struckIn(fault, wait) || returnedIn(fault, wait)))
        .toList();
  }

  private static String row(Wait wait, List<Fault.Done> struck, List<Fault.Done> faults) {
    Set<String> rows =
        struck.isEmpty()
            ? faults.stream()
                .filter(fault -> returnedIn(fault, wait))
                .map(fault -> fault.fault().victim() + " back")
                .collect(Collectors.toSet())
            : struck.stream().map(Silences::row).collect(Collectors.toSet());
    return switch (rows.size()) {
      case 0 -> NO_FAULT;
      case 1 -> rows.iterator().next();
      default -> SEVERAL;
    };
  }

  private static String row(Fault.Done done) {
    return done.fault().victim() + " " + done.fault().kind();
  }

  private static boolean struckIn(Fault.Done fault, Wait wait) {
    Instant end =
        fault.fault().kind() == Fault.Kind.PAUSE
            ? fault.back().plus(RETURN)
            : fault.struck().plus(TAKEOVER);
    return wait.from().isBefore(end) && wait.to().isAfter(fault.struck());
  }

  private static boolean returnedIn(Fault.Done fault, Wait wait) {
    return wait.from().isBefore(fault.back().plus(RETURN))
        && wait.to().isAfter(fault.back().minus(RETURN));
  }

  /// All waits of a call that ended with a sound.
  static List<Wait> of(CallWitness call) {
    List<Wait> waits = new ArrayList<>();
    for (CallWitness.Said said : call.said()) {
      Set<Integer> answer =
          said.line().answer().stream().map(ScriptedVoice::idOf).collect(Collectors.toSet());
      long end = -1;
      for (ToneCode.Heard piece : pieces(call, answer)) {
        boolean isFirst = end < 0;
        long from = isFirst ? said.where().endSample() : end;
        Wait wait = wait(call, isFirst, from, piece.startSample());
        if (wait != null) {
          waits.add(wait);
        }
        end = piece.endSample();
      }
    }
    return waits;
  }

  private static @Nullable Wait wait(CallWitness call, boolean isForAnswer, long from, long to) {
    return to < from ? null : new Wait(call.id().value(), isForAnswer, call.at(from), call.at(to));
  }

  private static List<ToneCode.Heard> pieces(CallWitness call, Set<Integer> ids) {
    return call.ear().sounds().stream()
        .filter(sound -> ids.contains(sound.id()))
        .flatMap(sound -> sound.pieces().stream())
        .sorted(Comparator.comparingInt(ToneCode.Heard::startSample))
        .toList();
  }

  private static long median(List<Long> values) {
    long[] sorted = values.stream().mapToLong(Long::longValue).sorted().toArray();
    return sorted.length == 0
        ? 0
        : (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }
}
