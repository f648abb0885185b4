package dev.voxlog.llm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// That Java's own sentence breaks do the same work in deltas as on the whole.
class SentenceCutterBenchmarkTest {
  @ParameterizedTest
  @ValueSource(ints = {2, 8})
  void inDeltasEachSentenceIsGivenOnce(int sentences) {
    SentenceCutterBenchmark benchmark = new SentenceCutterBenchmark();
    benchmark.sentences = sentences;
    benchmark.answer();

    assertThat(benchmark.breakIteratorInDeltas())
        .hasSizeGreaterThanOrEqualTo(sentences)
        .isEqualTo(benchmark.breakIteratorAtOnce());
  }
}
