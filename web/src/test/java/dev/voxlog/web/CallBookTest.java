package dev.voxlog.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.web.CallBook.Bounds;
import dev.voxlog.web.CallBook.Standing;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CallBookTest {
  private static final InstantSource CLOCK = InstantSource.fixed(TestCall.ZERO);

  private static CallBook book(int calls) {
    return new CallBook(Bounds.of(calls), CLOCK);
  }

  private static void take(CallBook book, TestCall call) {
    call.records().forEach(record -> book.take(call.id, record));
  }

  private static List<String> names(CallBook book, TestCall call, long after) {
    return book.after(call.id, after, 1_000).orElseThrow().entries().stream()
        .map(entry -> entry.news().name())
        .toList();
  }

  private static List<String> ids(List<CallBook.Row> rows) {
    return rows.stream().map(row -> row.call().value()).toList();
  }

  @Test
  void theNewestCallComesFirst() {
    CallBook book = book(10);
    take(book, TestCall.whole("c1"));
    take(book, new TestCall("c2").add(TestCall.whole("c2").events().getFirst()));

    assertThat(book.rows(10)).hasSize(2);
    assertThat(book.rows(1)).hasSize(1);
    assertThat(book.rows(10))
        .anySatisfy(row ->
            assertThat(row.json())
                .isEqualTo(
                    "{\"callId\":\"c1\",\"carrier\":\"realtime\",\"agent\":\"acme\",\"startedAt\":\"2026-11-25T10:00:00.000Z\",\"endedAt\":\"2026-11-25T10:00:04.000Z\",\"endReason\":\"hung-up\",\"turns\":2,\"live\":false}"));
  }

  @Test
  void whatHasChangedSinceIsToldInItsOrder() {
    CallBook book = book(10);
    take(book, new TestCall("c1").started());
    take(book, new TestCall("c2").started());
    long since = book.changes(0, 10).getLast().revision();
    assertThat(ids(book.changes(0, 10))).containsExactly("c1", "c2");
    assertThat(book.changes(since, 10)).isEmpty();

    take(book, new TestCall("c1").attached(1, 0, 5).ended(10));
    assertThat(ids(book.changes(since, 10))).containsExactly("c1");
  }

  @Test
  void aCallWhoseBeginningWasNotReadIsNotKnown() {
    CallBook book = book(10);
    TestCall tail = new TestCall("c1").said(4, "thanks", 5_000);
    take(book, tail);
    assertThat(book.standing(tail.id)).isEqualTo(Standing.UNKNOWN);
    assertThat(book.rows(10)).isEmpty();

    take(book, new TestCall("c1").started());
    assertThat(book.standing(tail.id)).isEqualTo(Standing.HELD);
  }

  @Test
  void overTheBoundsThoseThatEndedGoFirstAndThatIsRemembered() {
    CallBook book = book(3);
    TestCall live = new TestCall("live").started();
    TestCall first = TestCall.whole("first");
    TestCall second = TestCall.whole("second");
    List.of(live, first, second).forEach(call -> take(book, call));
    take(book, new TestCall("third").started());

    assertThat(book.calls()).isEqualTo(3);
    assertThat(book.standing(first.id)).isEqualTo(Standing.FORGOTTEN);
    assertThat(book.standing(live.id)).isEqualTo(Standing.HELD);
    assertThat(book.standing(second.id)).isEqualTo(Standing.HELD);

    take(book, first);
    assertThat(book.standing(first.id))
        .as("it does not come back by halves")
        .isEqualTo(Standing.FORGOTTEN);
    take(book, new TestCall("fourth").started());
    take(book, new TestCall("fifth").started());
    assertThat(book.standing(live.id)).as("then the oldest").isEqualTo(Standing.FORGOTTEN);
  }

  @Test
  void thoseWithoutABeginningGoBeforeAll() {
    CallBook book = book(2);
    take(book, TestCall.whole("ended"));
    take(book, new TestCall("tail").said(1, "hello", 10));
    take(book, new TestCall("new").started());

    assertThat(ids(book.rows(10))).containsExactlyInAnyOrder("ended", "new");
  }

  @Test
  void theBytesOfOneCallAreBounded() {
    CallBook book = new CallBook(new Bounds(10, 20_000, 1 << 20), CLOCK);
    TestCall call = new TestCall("c1").started();
    for (int n = 1; n <= 500; n++) {
      call.said(n, "where is my order", n * 1_000L);
    }
    take(book, call);

    assertThat(book.bytes()).isLessThanOrEqualTo(20_000);
    assertThat(names(book, call, 0)).startsWith("started", "final").hasSizeGreaterThan(10);
    assertThat(book.after(call.id, 0, 1_000).orElseThrow().entries().getLast().json())
        .contains("\"utterance\":500,");
  }

  @Test
  void theBytesOfAllAreBounded() {
    CallBook book = new CallBook(new Bounds(1_000, 1 << 20, 50_000), CLOCK);
    for (int call = 0; call < 100; call++) {
      take(book, TestCall.whole("c" + call));
    }

    assertThat(book.bytes()).isBetween(20_000L, 50_000L);
    assertThat(book.standing(TestCall.whole("c99").id)).isEqualTo(Standing.HELD);
    assertThat(book.standing(TestCall.whole("c0").id)).isEqualTo(Standing.FORGOTTEN);
  }

  @Test
  void ofInterimWordsTheLatestAreKeptUntilTheFinalOnesCome() {
    CallBook book = book(10);
    TestCall call =
        new TestCall("c1")
            .started()
            .interim(1, 0, "where", 0, 300)
            .interim(1, 1, "where is", 1, 600)
            .interim(2, 0, "thanks", 0, 700);
    take(book, call);
    assertThat(names(book, call, 0)).containsExactly("started", "interim", "interim");

    take(book, new TestCall("c1").said(1, "where is my order", 1_500));
    assertThat(names(book, call, 0)).containsExactly("started", "interim", "final");
  }

  @Test
  void whoComesBackGoesOnAfterWhatTheyHad() {
    CallBook book = book(10);
    TestCall call = TestCall.whole("c1");
    take(book, call);
    List<HeldCall.Entry> all = book.after(call.id, 0, 1_000).orElseThrow().entries();
    long fifth = all.get(4).id();

    assertThat(all).extracting(HeldCall.Entry::id).isSorted().doesNotHaveDuplicates();
    assertThat(book.resume(call.id, fifth)).isEqualTo(fifth);
    assertThat(names(book, call, fifth)).hasSize(all.size() - 5);
    assertThat(book.after(call.id, 0, 3).orElseThrow().entries()).hasSize(3);
  }

  @Test
  void whoComesFromAnotherProcessIsToldAllFromTheBeginning() {
    CallBook earlier = book(10);
    CallBook later =
        new CallBook(Bounds.of(10), InstantSource.fixed(TestCall.ZERO.plusSeconds(60)));
    TestCall call = TestCall.whole("c1");
    take(earlier, call);
    take(later, call);
    long ofEarlier = earlier.after(call.id, 0, 1_000).orElseThrow().entries().getLast().id();
    long ofLater = later.after(call.id, 0, 1_000).orElseThrow().entries().getFirst().id();

    assertThat(ofLater).isGreaterThan(ofEarlier);
    assertThat(later.resume(call.id, ofEarlier)).isZero();
    assertThat(earlier.resume(call.id, ofLater)).isZero();
  }

  @Test
  void watchersAreWokenByNewsAlone() {
    CallBook book = book(10);
    AtomicInteger woken = new AtomicInteger();
    Runnable watcher = woken::incrementAndGet;
    book.watch(watcher);
    TestCall call = new TestCall("c1").started();
    take(book, call);
    take(book, call);
    assertThat(woken).hasValue(1);

    book.unwatch(watcher);
    take(book, new TestCall("c1").ended(5));
    assertThat(woken).hasValue(1);
  }
}
