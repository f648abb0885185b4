package dev.voxlog.stt.moonshine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RepetitionTest {
  private static List<Integer> looped(List<Integer> head, List<Integer> phrase, int times) {
    List<Integer> tokens = new ArrayList<>(head);
    Collections.nCopies(times, phrase).forEach(tokens::addAll);
    return tokens;
  }

  @Test
  void aPhraseOverAndOverIsKeptOnce() {
    List<Integer> head = List.of(7, 8, 9);
    assertThat(Repetition.soundLength(looped(head, List.of(1, 2, 3), 5))).isEqualTo(6);
    assertThat(Repetition.soundLength(looped(head, List.of(4), 14))).isEqualTo(4);
    assertThat(Repetition.soundLength(looped(head, List.of(1, 2, 3, 4, 5, 6), 5))).isEqualTo(9);
  }

  @Test
  void whatCallersDoRepeatStays() {
    assertThat(Repetition.soundLength(looped(List.of(), List.of(1, 2), 5))).isEqualTo(10);
    assertThat(Repetition.soundLength(looped(List.of(), List.of(1), 10))).isEqualTo(10);
    assertThat(Repetition.soundLength(looped(List.of(5), List.of(1, 2, 3, 4), 4))).isEqualTo(17);
    assertThat(Repetition.soundLength(List.of())).isZero();
  }

  @Test
  void ordinaryTextIsNeverCut() {
    Random random = new Random(3);
    for (int round = 0; round < 500; round++) {
      List<Integer> tokens = random.ints(random.nextInt(90), 3, 40).boxed().toList();
      assertThat(Repetition.soundLength(tokens)).isEqualTo(tokens.size());
    }
  }
}
