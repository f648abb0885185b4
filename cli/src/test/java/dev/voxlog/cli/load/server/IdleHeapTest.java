package dev.voxlog.cli.load.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class IdleHeapTest {
  @Test
  void whatIsThereHoweverManyCallsThereAreIsNoCalls() {
    IdleHeap.Look half = look(50, Map.of("stt", 30_000_000L, "egress", 20_000_000L));
    IdleHeap.Look all = look(100, Map.of("stt", 31_000_000L, "egress", 20_500_000L));

    IdleHeap heap = Objects.requireNonNull(IdleHeap.between(half, all));

    assertThat(heap.bytes()).isEqualTo(Map.of("stt", 20_000.0, "egress", 10_000.0));
    assertThat(heap.total()).isEqualTo(30_000.0);
  }

  @Test
  void aProcessThatHoldsLessThanBeforeCountsAsItIs() {
    IdleHeap heap =
        Objects.requireNonNull(
            IdleHeap.between(
                look(10, Map.of("stt", 5_000L, "llm", 1_000L)),
                look(20, Map.of("stt", 4_000L, "llm", 3_000L))));

    assertThat(heap.bytes()).isEqualTo(Map.of("stt", -100.0, "llm", 200.0));
    assertThat(heap.total()).isEqualTo(100.0);
  }

  @Test
  void withoutTwoLooksAndCallsInBetweenThereIsNoFigure() {
    IdleHeap.Look look = look(10, Map.of("stt", 1_000L));

    assertThat(IdleHeap.between(null, look)).isNull();
    assertThat(IdleHeap.between(look, null)).isNull();
    assertThat(IdleHeap.between(look, look(10, Map.of("stt", 2_000L)))).isNull();
  }

  private static IdleHeap.Look look(int calls, Map<String, Long> heaps) {
    return new IdleHeap.Look(calls, heaps);
  }
}
