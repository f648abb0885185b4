package dev.voxlog.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeOrderTest {
  private final TimeOrder<String, Long> order = new TimeOrder<>();
  private final List<Long> given = new ArrayList<>();

  @Test
  void nothingIsGivenWhileSomethingEarlierMayCome() {
    order.begin(List.of("calls", "transcripts"));
    order.add("calls", 5, 5L);
    order.drain("transcripts"::equals, given::add);
    assertThat(given).isEmpty();

    order.add("transcripts", 3, 3L);
    order.drain("transcripts"::equals, given::add);
    assertThat(given).containsExactly(3L);
    assertThat(order.waiting("calls")).isEqualTo(1);

    order.drain(_ -> false, given::add);
    assertThat(given).containsExactly(3L, 5L);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void howeverTheSourcesAreReadTheirRecordsComeInTheOrderOfTime(long seed) {
    Random random = new Random(seed);
    List<String> sources = List.of("a", "b", "c", "d");
    Set<String> unread = new HashSet<>(sources);
    List<Integer> left = new ArrayList<>(List.of(50, 50, 50, 50));
    long[] time = new long[4];
    order.begin(sources);
    while (!unread.isEmpty()) {
      int source = random.nextInt(4);
      for (int burst = random.nextInt(20); burst > 0 && left.get(source) > 0; burst--) {
        time[source] += random.nextInt(10);
        order.add(sources.get(source), time[source], time[source]);
        left.set(source, left.get(source) - 1);
      }
      if (left.get(source) == 0) {
        unread.remove(sources.get(source));
      }
      order.drain(unread::contains, given::add);
    }

    assertThat(given).hasSize(200).isSorted();
  }
}
