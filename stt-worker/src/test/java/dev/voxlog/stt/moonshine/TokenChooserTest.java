package dev.voxlog.stt.moonshine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.stt.Constraint;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TokenChooserTest {
  private static final Vocabulary VOCABULARY = vocabulary();

  /// Every hundredth piece is a digit's word.
  private static Vocabulary vocabulary() {
    List<String> words =
        List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine");
    StringBuilder list = new StringBuilder("<unk>\n<s>\n</s>");
    for (int id = 3; id < Vocabulary.SIZE; id++) {
      list.append("\n▁").append(id % 100 == 0 ? words.get(id / 100 % 10) : "piece" + id);
    }
    return Vocabulary.parse(
        "'"
            + Base64.getEncoder().encodeToString(list.toString().getBytes(StandardCharsets.UTF_8))
            + "'");
  }

  static IntStream seeds() {
    return IntStream.range(0, 50);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theMostLikelyAllowedTokenIsChosenWhereverItRanks(int seed) {
    Random random = new Random(seed);
    float[] logits = logits(random);
    List<Integer> tokens = IntStream.range(0, random.nextInt(4)).mapToObj(i -> 4_000).toList();
    Constraint constraint = Constraint.digits(1 + random.nextInt(2), 3);

    int chosen = new TokenChooser(VOCABULARY, constraint).choose(logits, tokens).token();

    assertThat(chosen).isEqualTo(mostLikelyAllowed(logits, tokens, constraint));
  }

  /// Flat or steep, with many ties or none, some of them forbidden.
  private static float[] logits(Random random) {
    double spread = Math.pow(10, random.nextInt(-2, 4));
    boolean hasTies = random.nextInt(3) == 0;
    float[] logits = new float[32_768];
    for (int token = 0; token < logits.length; token++) {
      double logit = spread * random.nextGaussian();
      logits[token] = (float) (hasTies ? Math.round(logit) : logit);
      if (random.nextInt(10) == 0) {
        logits[token] = Float.NEGATIVE_INFINITY;
      }
    }
    return logits;
  }

  /// By going through all tokens; of equals the first.
  private static int mostLikelyAllowed(
      float[] logits, List<Integer> tokens, Constraint constraint) {
    int chosen = Vocabulary.END;
    float highest = Float.NEGATIVE_INFINITY;
    for (int token = Vocabulary.END; token < Vocabulary.SIZE; token++) {
      if (logits[token] > highest && isAllowed(token, tokens, constraint)) {
        highest = logits[token];
        chosen = token;
      }
    }
    return chosen;
  }

  private static boolean isAllowed(int token, List<Integer> tokens, Constraint constraint) {
    if (token == Vocabulary.END) {
      return constraint.isComplete(VOCABULARY.text(tokens));
    }
    List<Integer> longer = new ArrayList<>(tokens);
    longer.add(token);
    return constraint.isViable(VOCABULARY.text(longer));
  }

  @Test
  void whereNothingIsAllowedItEnds() {
    float[] logits = logits(new Random(7));
    List<Integer> twoDigits = List.of(100, 200);
    assertThat(
            new TokenChooser(VOCABULARY, Constraint.digits(1, 1)).choose(logits, twoDigits).token())
        .isEqualTo(Vocabulary.END);
  }
}
