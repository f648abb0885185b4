package dev.voxlog.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.CallerAudio;
import dev.voxlog.schemas.Topic;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SmallPartsTest {
  private static final CallId CALL = new CallId("call");

  // RecentIdentities.

  @Test
  void anIdentityIsNewOnceInEachTopic() {
    RecentIdentities recent = new RecentIdentities();
    assertThat(recent.isNew(Topic.CALLS, "a")).isTrue();
    assertThat(recent.isNew(Topic.CALLS, "a")).isFalse();
    assertThat(recent.isNew(Topic.INTENTS, "a")).isTrue();
    assertThat(recent.isNew(Topic.AUDIO_IN, null)).isTrue();
    assertThat(recent.isNew(Topic.AUDIO_IN, null)).isTrue();
  }

  @Test
  void identitiesThatAreAlmostAlikeAreNotTakenForOneAnother() {
    for (int call = 0; call < 100; call++) {
      RecentIdentities recent = new RecentIdentities();
      for (int n = 0; n < 500; n++) {
        assertThat(recent.isNew(Topic.SENTENCES, call + "." + n / 25 + "." + n % 25)).isTrue();
      }
      assertThat(recent.isNew(Topic.SENTENCES, call + ".19.24")).isFalse();
    }
  }

  @Test
  void onlyTheLastIdentitiesAreKept() {
    RecentIdentities recent = new RecentIdentities();
    for (int n = 0; n <= 512; n++) {
      recent.isNew(Topic.CALLS, "n" + n);
    }
    assertThat(recent.isNew(Topic.CALLS, "n512")).isFalse();
    assertThat(recent.isNew(Topic.CALLS, "n0")).as("forgotten").isTrue();
  }

  // OwnershipWatch.

  private final AtomicLong nanos = new AtomicLong(1);
  private final AtomicLong heartbeats = new AtomicLong();
  private final OwnershipWatch watch =
      new OwnershipWatch(Duration.ofSeconds(1), heartbeats::get, nanos::get);

  private void after(int ms, boolean isAnswered) {
    nanos.addAndGet(ms * 1_000_000L);
    if (isAnswered) {
      heartbeats.incrementAndGet();
    }
    watch.polled();
  }

  @Test
  void nobodyIsAnOwnerBeforeTheBrokerHasAnswered() {
    after(100, false);
    assertThat(watch.isConfirmed()).isFalse();
    after(100, true);
    after(100, false);
    assertThat(watch.isConfirmed()).isTrue();
  }

  @Test
  void anAnswerIsNoneBeforeAPollHasFollowedInWhichALossWouldHaveBeenTold() {
    after(100, true);
    assertThat(watch.isConfirmed()).isFalse();
    heartbeats.incrementAndGet();
    assertThat(watch.isConfirmed()).isFalse();
    after(100, false);
    assertThat(watch.isConfirmed()).isTrue();
  }

  @Test
  void halfASessionWithoutAnAnswerIsTooLong() {
    after(100, true);
    for (int i = 0; i < 4; i++) {
      after(100, false);
    }
    assertThat(watch.isConfirmed()).isTrue();
    after(101, false);
    assertThat(watch.isConfirmed()).isFalse();
    after(100, true);
    after(100, false);
    assertThat(watch.isConfirmed()).isTrue();
  }

  @Test
  void aProcessThatStoodStillDoesNotTrustItselfForASession() {
    after(100, true);
    after(700, true);
    assertThat(watch.isConfirmed()).isFalse();
    for (int i = 0; i < 9; i++) {
      after(100, true);
      assertThat(watch.isConfirmed()).isFalse();
    }
    after(100, true);
    assertThat(watch.isConfirmed()).isTrue();
  }

  /// Polls of 100 ms, an answer in the midst of every second one: as often as members of either
  /// protocol ask in a session of a second.
  @Test
  void anOwnerWhoIsAnsweredAsOftenAsHeAsksIsNeverInDoubt() {
    for (int i = 0; i < 4; i++) {
      after(100, i % 2 == 1);
    }
    for (int i = 0; i < 20; i++) {
      nanos.addAndGet(99_000_000L);
      assertThat(watch.isConfirmed()).as("round %s", i).isTrue();
      after(1, i % 2 == 1);
    }
  }

  @Test
  void anOwnerWhosePollThreadStandsStillIsNone() {
    after(100, true);
    nanos.addAndGet(Duration.ofMillis(501).toNanos());
    heartbeats.incrementAndGet();
    assertThat(watch.isConfirmed()).isFalse();
  }

  // EnginePool.

  @Test
  void workThatHangsAndIsGivenUpTakesNoThreadFromOtherWork() throws Exception {
    CountDownLatch hung = new CountDownLatch(1);
    try (EnginePool pool = new EnginePool(2)) {
      List<EnginePool.Run> runs = List.of(hangs(pool, hung), hangs(pool, hung));
      CountDownLatch next = new CountDownLatch(1);
      pool.run(Effects.Urgency.NORMAL, next::countDown);
      runs.forEach(EnginePool.Run::giveUp);
      assertThat(next.await(10, TimeUnit.SECONDS)).isTrue();
      hung.countDown();
      Awaitility.await().untilAsserted(() -> assertThat(pool.threads()).isEqualTo(2));
    }
  }

  @Test
  void noMoreThreadsAreReplacedThanThereWere() throws Exception {
    CountDownLatch hung = new CountDownLatch(1);
    try (EnginePool pool = new EnginePool(1)) {
      hangs(pool, hung).giveUp();
      hangs(pool, hung).giveUp();
      EnginePool.Run third = pool.run(Effects.Urgency.NORMAL, () -> {});
      third.giveUp();
      assertThat(pool.threads()).isEqualTo(2);
      assertThat(pool.backlog()).isEqualTo(1);
      hung.countDown();
      Awaitility.await().untilAsserted(() -> assertThat(pool.threads()).isEqualTo(1));
    }
  }

  /// Work that is at it, and stays.
  private static EnginePool.Run hangs(EnginePool pool, CountDownLatch until)
      throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    EnginePool.Run run =
        pool.run(
            Effects.Urgency.NORMAL,
            () -> {
              begun.countDown();
              await(until);
            });
    begun.await();
    return run;
  }

  @Test
  void theMostUrgentWorkGoesFirstAndEqualsInTurn() throws Exception {
    List<String> done = new CopyOnWriteArrayList<>();
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch all = new CountDownLatch(5);
    try (EnginePool pool = new EnginePool(1)) {
      pool.run(
          Effects.Urgency.INTERIM,
          () -> {
            begun.countDown();
            await(busy);
          });
      begun.await();
      for (String work :
          List.of("INTERIM a", "NORMAL b", "FINAL_DECODE c", "FIRST_CLAUSE d", "FINAL_DECODE e")) {
        pool.run(
            Effects.Urgency.valueOf(work.split(" ")[0]),
            () -> {
              done.add(work.split(" ")[1]);
              all.countDown();
            });
      }
      assertThat(pool.backlog()).isEqualTo(5);
      busy.countDown();
      assertThat(all.await(10, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(done).containsExactly("d", "c", "e", "b", "a");
  }

  @Test
  void workThatWaitsForAThreadIsShown() throws Exception {
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    Meters meters = new Meters();
    try (EnginePool pool = new EnginePool(1);
        var _ = pool.measured(meters.telemetry())) {
      pool.run(
          Effects.Urgency.NORMAL,
          () -> {
            begun.countDown();
            await(busy);
          });
      begun.await();
      assertThat(meters.gauge("voice.engine.backlog")).containsExactly(0L);
      pool.run(Effects.Urgency.NORMAL, () -> {});
      pool.run(Effects.Urgency.NORMAL, () -> {});
      assertThat(meters.gauge("voice.engine.backlog")).containsExactly(2L);
      busy.countDown();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  // The machine's clock.

  @Test
  void aTimerThatIsTakenBackIsGoneAtOnce() {
    VoxClock.SystemClock clock = (VoxClock.SystemClock) VoxClock.system();
    int before = clock.pending();
    VoxClock.Cancellable timer = clock.schedule(Duration.ofHours(1), () -> {});
    assertThat(clock.pending()).isEqualTo(before + 1);
    timer.cancel();
    assertThat(clock.pending()).isEqualTo(before);
  }

  // MailboxLoad.

  private final MailboxLoad load = new MailboxLoad(Duration.ofMillis(100));

  private MailboxLoad.Admission admit(CallerAudio audio) {
    return load.admit(arrival(audio), 0, TestCalls.AT);
  }

  private static Arrival arrival(CallerAudio audio) {
    return new Arrival(Topic.AUDIO_IN, 0, audio.sequence(), 0, audio, new byte[0], null, false);
  }

  @Test
  void audioOverTheBoundIsLeftOutUntilHalfOfItIsHandledAndThenTheGapIsTold() {
    for (int n = 0; n < 5; n++) {
      assertThat(admit(TestCalls.frame(CALL, 1, n)))
          .isInstanceOf(MailboxLoad.Admission.Admitted.class);
    }
    assertThat(load.waitingMs()).isEqualTo(100);
    assertThat(admit(TestCalls.frame(CALL, 1, 5)))
        .isEqualTo(new MailboxLoad.Admission.LeftOut(true));
    assertThat(admit(TestCalls.frame(CALL, 1, 6)))
        .isEqualTo(new MailboxLoad.Admission.LeftOut(false));
    load.taken(arrival(TestCalls.frame(CALL, 1, 0)));
    load.taken(arrival(TestCalls.frame(CALL, 1, 1)));
    assertThat(admit(TestCalls.frame(CALL, 1, 7)))
        .isEqualTo(new MailboxLoad.Admission.LeftOut(false));
    load.taken(arrival(TestCalls.frame(CALL, 1, 2)));
    assertThat(admit(TestCalls.frame(CALL, 1, 8)))
        .isInstanceOfSatisfying(
            MailboxLoad.Admission.AfterGap.class,
            after -> {
              assertThat(after.gap().mediaMs()).isEqualTo(100);
              assertThat(after.gap().durationMs()).isEqualTo(60);
            });
  }

  @Test
  void aCallOverItsBoundDoesWithoutInterims() {
    Arrival interim =
        new Arrival(
            Topic.TRANSCRIPTS, 0, 0, 0, TestCalls.interim(CALL, 1, 1), new byte[0], null, false);
    assertThat(load.admit(interim, 0, TestCalls.AT))
        .isInstanceOf(MailboxLoad.Admission.Admitted.class);
    assertThat(load.admit(interim, 5_000, TestCalls.AT))
        .isInstanceOf(MailboxLoad.Admission.LeftOut.class);
  }
}
