package dev.voxlog.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
  @Test
  void chunksAreOrderedAsTheyArePlayed() {
    assertThat(
            Stream.of("2.0.0", "1.10.0", "1.2.10", "1.2.9")
                .map(ChunkName::parse)
                .flatMap(each -> each.stream())
                .sorted())
        .extracting(ChunkName::toString)
        .containsExactly("1.2.9", "1.2.10", "1.10.0", "2.0.0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "1.2", "1.2.3.4", "a.b.c", "1.2.-3", "1.2.9999999999"})
  void whatIsNoChunkIsNotTakenForOne(String text) {
    assertThat(ChunkName.parse(text)).isEmpty();
  }

  @Test
  void aMarkTellsItsEpochAndItsChunk() {
    String name = new MarkName(12, 3, new ChunkName(4, 1, 7)).toString();
    assertThat(name).isEqualTo("12.3/4.1.7");
    assertThat(MarkName.chunkOf(name)).contains(new ChunkName(4, 1, 7));
    assertThat(MarkName.chunkOf(MarkName.cleared(12))).isEmpty();
  }

  @Test
  void wordsAreComparedWithoutCaseAndPunctuation() {
    assertThat(SaidWords.of("Uh-huh!").isOneOf(List.of("mhm", "uh-huh"))).isTrue();
    assertThat(SaidWords.of("I see it").isOneOf(List.of("i see"))).isFalse();
    assertThat(SaidWords.of("Thank you very much, bye.").areCourtesies()).isTrue();
    assertThat(SaidWords.of("Thank you, one more thing").areCourtesies()).isFalse();
    assertThat(SaidWords.of(" … ").areCourtesies()).isFalse();
  }
}
