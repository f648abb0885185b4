package dev.voxlog.ingress.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.Codec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlayoutTest {
  private final List<String> seen = new ArrayList<>();
  private final Playout playout = new Playout(Codec.MULAW_8K, new Seeing());
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private int items = 1;

  /// Says what comes out; a new item begins when something was broken off.
  private final class Seeing implements Playout.Outlet {
    @Override
    public String send(String chunk, AudioBytes audio) {
      seen.add("audio " + chunk);
      return "item" + items;
    }

    @Override
    public void returned(String mark) {
      seen.add("mark " + mark);
    }

    @Override
    public void truncated(String chunk, long ms) {
      seen.add("truncated " + chunk + " " + ms);
    }

    @Override
    public void brokenOff() {
      items++;
    }
  }

  private void audio(String chunk, int ms) {
    playout.audio(chunk, AudioBytes.wrap(new byte[ms * 8]), now);
  }

  private void mark(String name) {
    playout.mark(name, now);
  }

  /// Time passes; who waits for it is woken when they asked to be.
  private void pass(int ms) {
    Instant until = now.plusMillis(ms);
    for (Instant at = playout.wakesAt(); at != null && !at.isAfter(until); at = playout.wakesAt()) {
      now = at.isAfter(now) ? at : now;
      playout.wake(now);
    }
    now = until;
  }

  private List<String> seen() {
    List<String> before = List.copyOf(seen);
    seen.clear();
    return before;
  }

  @Test
  void aMarkComesBackWhenWhatIsBeforeItHasBeenPlayed() {
    audio("1.0.0", 200);
    mark("a");
    audio("1.0.1", 100);
    mark("b");
    pass(199);
    assertThat(seen()).containsExactly("audio 1.0.0", "audio 1.0.1");
    pass(1);
    assertThat(seen()).containsExactly("mark a");
    pass(99);
    assertThat(seen()).isEmpty();
    pass(1);
    assertThat(seen()).containsExactly("mark b");
    assertThat(playout.wakesAt()).isNull();
  }

  @Test
  void aMarkBehindNothingComesBackAtOnce() {
    mark("a");

    assertThat(seen()).containsExactly("mark a");
  }

  @Test
  void whatComesAfterASilenceBeginsToPlayWhenItComes() {
    audio("1.0.0", 100);
    pass(5_000);
    audio("1.0.1", 100);
    mark("a");
    pass(99);
    assertThat(seen()).doesNotContain("mark a");
    pass(1);
    assertThat(seen()).containsExactly("mark a");
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void howOftenItIsAskedDoesNotChangeTheClock(long seed) {
    Random random = new Random(seed);
    audio("1.0.0", 1_000);
    mark("a");
    long passed = 0;
    while (passed < 999_000_000L) {
      long step = 1 + random.nextInt(3_000_000);
      passed = Math.min(999_000_000L, passed + step);
      playout.wake(now.plusNanos(passed));
    }
    assertThat(seen()).containsExactly("audio 1.0.0");
    playout.wake(now.plusMillis(1_000));
    assertThat(seen()).containsExactly("mark a");
  }

  static LongStream seeds() {
    return LongStream.range(0, 20);
  }

  @Test
  void aClearDropsWhatWasNotPlayedAndWaitsForTheClientsWord() {
    audio("1.0.0", 400);
    audio("1.0.1", 400);
    mark("a");
    pass(500);
    playout.clear(now);
    mark("cleared-5");
    assertThat(seen()).containsExactly("audio 1.0.0", "audio 1.0.1", "mark a");

    pass(100);
    playout.stopped("item1", 450, now);
    assertThat(seen()).containsExactly("truncated 1.0.1 50", "mark cleared-5");
    assertThat(playout.wakesAt()).isNull();
  }

  @Test
  void aClientThatSaysNothingIsWaitedForNoLongerThanHalfASecond() {
    audio("1.0.0", 400);
    pass(100);
    playout.clear(now);
    mark("cleared-5");
    seen();
    pass(499);
    assertThat(seen()).isEmpty();
    pass(1);
    assertThat(seen()).containsExactly("mark cleared-5");
    playout.stopped("item1", 50, now);
    assertThat(seen()).isEmpty();
  }

  @Test
  void aClearOfNothingIsAnsweredAtOnce() {
    audio("1.0.0", 100);
    pass(100);
    seen();
    playout.clear(now);
    mark("cleared-5");

    assertThat(seen()).containsExactly("mark cleared-5");
  }

  @Test
  void whatTheAgentGoesOnWithEndsTheWait() {
    audio("1.0.0", 400);
    pass(100);
    playout.clear(now);
    mark("cleared-5");
    seen();
    audio("1.0.0", 300);

    assertThat(seen()).containsExactly("mark cleared-5", "audio 1.0.0");
  }

  @Test
  void aClientThatStoppedBeforeTheClearIsSentNothingMoreUntilIt() {
    audio("1.0.0", 400);
    mark("a");
    audio("1.0.1", 400);
    mark("b");
    pass(450);
    seen();
    playout.stopped("item1", 420, now);
    audio("1.0.2", 200);
    mark("c");
    assertThat(seen()).isEmpty();

    playout.clear(now);
    mark("cleared-5");
    assertThat(seen()).containsExactly("truncated 1.0.1 20", "mark b", "mark c", "mark cleared-5");
    pass(5_000);
    assertThat(seen()).isEmpty();
  }

  @Test
  void whatTheClientPlayedThoughTheClockWasBehindIsHeard() {
    audio("1.0.0", 400);
    mark("a");
    pass(380);
    playout.stopped("item1", 400, now);

    assertThat(seen()).containsExactly("audio 1.0.0", "mark a");
  }

  @Test
  void whereNoClearComesTheAgentIsHeardAgainAndTheDroppedIsNotTakenForHeard() {
    audio("1.0.0", 800);
    mark("a");
    pass(100);
    playout.stopped("item1", 90, now);
    audio("1.0.1", 200);
    mark("b");
    seen();
    pass(999);
    assertThat(seen()).isEmpty();
    pass(1);
    assertThat(seen()).containsExactly("audio 1.0.1");
    pass(200);
    assertThat(seen()).containsExactly("mark b");
    playout.clear(now);
    assertThat(seen()).containsExactly("mark a");
  }

  @Test
  void aTruncationOfWhatWasPlayedLongAgoChangesNothing() {
    audio("1.0.0", 400);
    items++;
    audio("2.0.0", 400);
    mark("a");
    pass(500);
    seen();
    playout.stopped("item1", 100, now);
    pass(300);

    assertThat(seen()).containsExactly("mark a");
  }

  @Test
  void aClientThatStopsByItselfAgainAndAgainFillsNoMemory() {
    for (int n = 0; n < 6_000; n++) {
      audio("1.0." + n, 200);
      mark("m" + n);
      playout.stopped("item" + items, 0, now);
      pass(1_100);
    }
    seen();
    playout.clear(now);

    assertThat(seen()).hasSize(4_096).last().isEqualTo("mark m5999");
  }
}
