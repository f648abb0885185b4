package dev.voxlog.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.voxlog.cli.fleet.WorkerFleet.Slot;
import dev.voxlog.schemas.StageName;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// stt goes from one process to three and back to one under calls.
@Tag("long")
class ScalingIT {
  private static final int CALLERS = 30;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /// How long after a change a wait is still laid to it.
  private static final Duration AFTERMATH = Duration.ofSeconds(2);

  private static final Slot FIRST = new Slot(StageName.STT, 0);
  private static final Slot SECOND = new Slot(StageName.STT, 1);
  private static final Slot THIRD = new Slot(StageName.STT, 2);

  @TempDir Path folder;

  private final List<Change> changes = new ArrayList<>();

  /// Something was done to the fleet.
  private record Change(String what, Instant from, Instant to) {
    boolean meets(Silences.Wait wait) {
      return wait.from().isBefore(to.plus(AFTERMATH)) && wait.to().isAfter(from);
    }
  }

  @Test
  void noWordIsLostOrDoubledWhenSttGrowsAndShrinksUnderCalls() throws InterruptedException {
    Lines lines = Lines.of(17, CALLERS, 4);
    List<CallWitness> heard;
    try (Site site = Site.open(folder, lines, Map.of())) {
      int port = site.fleet().start(1);
      AtomicBoolean isOver = new AtomicBoolean();
      try (ScriptedCallers calling = new ScriptedCallers(Site.webhook(port), 17)) {
        calling.begin(lines, () -> !isOver.get());
        awaitAnswers(calling);

        Instant grows = Instant.now();
        site.fleet().start(SECOND);
        site.fleet().start(THIRD);
        site.awaitShared(FIRST, SECOND, THIRD);
        changes.add(new Change("1 to 3", grows, Instant.now()));
        awaitAnswers(calling);
        stop(site, FIRST, SECOND, THIRD);
        awaitAnswers(calling);
        stop(site, SECOND, THIRD);
        awaitAnswers(calling);

        isOver.set(true);
        heard = calling.join();
      }
      LogWitness log = site.log();
      List<CallWitness> calls = heard.stream().map(log::with).toList();
      printGaps(calls);
      Verdict verdict = site.verdict(calls);
      assertThat(verdict.violations()).isEmpty();
      assertThat(verdict.calls()).isGreaterThanOrEqualTo(CALLERS);
      assertThat(site.fleet().ended()).isEmpty();
    }
  }

  private void stop(Site site, Slot stopped, Slot... rest) throws InterruptedException {
    Instant from = Instant.now();
    Duration took = site.fleet().stop(stopped);
    site.awaitShared(rest);
    changes.add(new Change("TERM, ended in %d ms".formatted(took.toMillis()), from, Instant.now()));
  }

  /// As many lines as there are callers are answered from now on.
  private static void awaitAnswers(ScriptedCallers calling) {
    int before = calling.answered();
    await().atMost(PATIENCE).until(() -> calling.answered() >= before + CALLERS);
  }

  private void printGaps(List<CallWitness> calls) {
    List<Silences.Wait> waits = calls.stream().flatMap(call -> Silences.of(call).stream()).toList();
    Silences.Usual usual =
        Silences.Usual.of(
            waits.stream()
                .filter(wait -> changes.stream().noneMatch(change -> change.meets(wait)))
                .toList());
    System.out.printf("usual wait for an answer: %d ms%n", usual.answer());
    for (Change change : changes) {
      long[] added =
          waits.stream().filter(change::meets).mapToLong(usual::added).sorted().toArray();
      System.out.printf(
          "stt %s: %d waits met it, added silence median %d ms, worst %d ms%n",
          change.what(),
          added.length,
          added.length == 0 ? 0 : added[added.length / 2],
          added.length == 0 ? 0 : added[added.length - 1]);
    }
  }
}
