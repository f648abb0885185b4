package dev.voxlog.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SentenceEmbedderTest {
  private static SentenceEmbedder embedder;

  @BeforeAll
  static void load() {
    embedder = SentenceEmbedder.load(Path.of("target", "embedder"));
  }

  @AfterAll
  static void close() {
    embedder.close();
  }

  @Test
  void aParaphraseIsNearerThanAnUnrelatedSentence() {
    float[] question = embedder.embed("where is my order");

    assertThat(dot(question, embedder.embed("can you track my package")))
        .isGreaterThan(dot(question, embedder.embed("the cat sat on the mat")) + 0.05);
  }

  @Test
  void vectorsHaveUnitLength() {
    float[] vector = embedder.embed("I want a refund");

    assertThat(vector).hasSize(SentenceEmbedder.DIMENSION);
    assertThat(dot(vector, vector)).isCloseTo(1.0, within(1e-3));
  }

  @Test
  void aQuestionFindsItsPassage() {
    float[] question = embedder.embedQuery("how long do I have to send something back");
    float[] answer = embedder.embed("Items may be returned within thirty days of delivery.");

    assertThat(List.of("Our shop opens at nine on weekdays.", "We accept all major credit cards."))
        .allSatisfy(other ->
            assertThat(dot(question, answer)).isGreaterThan(dot(question, embedder.embed(other))));
  }

  @Test
  void blankTextIsTheZeroVector() {
    assertThat(embedder.embed("  ")).hasSize(SentenceEmbedder.DIMENSION).containsOnly(0f);
  }

  @Test
  void aVeryLongTextIsEmbeddedToo() {
    String essay =
        IntStream.range(0, 700).mapToObj(i -> "word" + i).collect(Collectors.joining(" "));

    assertThat(embedder.embed(essay)).hasSize(SentenceEmbedder.DIMENSION);
  }

  @Test
  void threadsSharingItGetTheSameVectors() throws Exception {
    float[] expected = embedder.embed("I lost my card");
    Callable<float[]> again = () -> embedder.embed("I lost my card");
    try (var pool = Executors.newFixedThreadPool(4)) {
      for (Future<float[]> answer :
          pool.invokeAll(IntStream.range(0, 16).mapToObj(_ -> again).toList())) {
        assertThat(Arrays.equals(answer.get(), expected)).isTrue();
      }
    }
  }

  private static double dot(float[] left, float[] right) {
    double sum = 0;
    for (int i = 0; i < left.length; i++) {
      sum += left[i] * right[i];
    }
    return sum;
  }
}
