package dev.voxlog.tts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.schemas.AgentAudio;
import dev.voxlog.schemas.CallEvent;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Calls of random turns, interruptions, and workers that die at random moments.
class RandomCallsTest {
  private static final List<String> SENTENCES =
      List.of(
          TtsLab.LONG,
          "Goodbye.",
          "Your total is $42.50, paid by card.",
          "I have order 48213. Is that right?",
          "We can call you back tomorrow, or connect you with a person who knows more about it.");

  static Stream<Integer> seeds() {
    return IntStream.range(0, 200).boxed();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everyTurnThatWasNotCutOffIsSaidOnceAndWhole(int seed) {
    Random random = new Random(seed);
    TtsLab lab = TtsLab.with(new ClauseVoice("v", 200));
    int turns = 1 + random.nextInt(4);
    int[] sentences = new int[turns + 1];
    for (int turn = 1; turn <= turns; turn++) {
      sentences[turn] = 1 + random.nextInt(3);
      for (int sentence = 0; sentence < sentences[turn]; sentence++) {
        lab.sentence(turn, sentence, text(turn, sentence));
        happens(random, lab);
      }
      lab.turnEnded(turn, sentences[turn]);
      happens(random, lab);
      if (turn < turns && random.nextBoolean()) {
        lab.verdict(turn, 1, CallEvent.Ruling.INTERRUPTED, turn);
      }
    }
    lab.work();

    assertThat(lab.story()).doesNotHaveDuplicates();
    assertThat(lab.errors()).isEmpty();
    assertTurnsNeverGoBack(lab.chunks());
    for (AgentAudio.TurnSpoken spoken : lab.lab.emitted(AgentAudio.TurnSpoken.class)) {
      assertIsWhole(lab, spoken.turn(), sentences[spoken.turn()]);
    }
    assertThat(lab.story()).as("the last turn is spoken").contains("E" + turns);
    assertThat(lab.lab.step().atRest()).isTrue();
    assertThat(lab.lab.deadLetters()).isEmpty();
  }

  private static void happens(Random random, TtsLab lab) {
    switch (random.nextInt(4)) {
      case 0 -> lab.work();
      case 1 -> lab.lab.takeOver();
      default -> {}
    }
  }

  private static String text(int turn, int sentence) {
    return SENTENCES.get((turn * 7 + sentence * 3) % SENTENCES.size());
  }

  private static void assertTurnsNeverGoBack(List<AgentAudio.Chunk> chunks) {
    int turn = 0;
    for (AgentAudio.Chunk chunk : chunks) {
      assertThat(chunk.turn()).isGreaterThanOrEqualTo(turn);
      turn = chunk.turn();
    }
  }

  private static void assertIsWhole(TtsLab lab, int turn, int sentences) {
    for (int sentence = 0; sentence < sentences; sentence++) {
      List<AgentAudio.Chunk> chunks = lab.chunks(turn, sentence);
      TtsLab alone = TtsLab.with(new ClauseVoice("v", 200));
      alone.sentence(turn, sentence, text(turn, sentence)).work();
      assertThat(chunks.getLast().isLast()).isTrue();
      assertThat(TtsLab.audio(chunks)).isEqualTo(TtsLab.audio(alone.chunks(turn, sentence)));
    }
  }
}
