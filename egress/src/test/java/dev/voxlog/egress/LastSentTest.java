package dev.voxlog.egress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.egress.LastSent.Stop;
import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.TurnEvent.Purpose;
import org.junit.jupiter.api.Test;

class LastSentTest {
  private static final ChunkName FIRST = new ChunkName(1, 0, 0);
  private final LastSent lastSent = new LastSent();

  private SpokenSentence sent(int sentence, int chunks) {
    SpokenSentence said = new SpokenSentence(1, sentence, Purpose.ANSWER);
    for (int i = 0; i < chunks; i++) {
      ChunkName name = new ChunkName(1, sentence, i);
      boolean isEnd = i == chunks - 1;
      lastSent.add(new Piece(said, name, AudioBytes.EMPTY, i * 100L, i * 100L + 100, isEnd));
    }
    return said;
  }

  @Test
  void whatWasHeardEndsInTheChunkAndWhatFollowsWasNotHeard() {
    SpokenSentence one = sent(0, 3);
    SpokenSentence two = sent(1, 2);
    lastSent.cut();

    assertThat(lastSent.stops(new ChunkName(1, 0, 1), 40))
        .containsExactly(new Stop(one, 140, false), new Stop(two, 0, false));
  }

  @Test
  void aSentenceWhoseLastChunkWasPlayedToItsEndIsWhole() {
    SpokenSentence one = sent(0, 2);
    lastSent.cut();

    assertThat(lastSent.stops(new ChunkName(1, 0, 1), 5_000))
        .containsExactly(new Stop(one, 200, true));
  }

  @Test
  void itIsAskedOnceAndOfTheLastCutAlone() {
    sent(0, 2);
    assertThat(lastSent.stops(FIRST, 10)).as("not cut").isEmpty();
    lastSent.cut();
    lastSent.cut();
    assertThat(lastSent.stops(FIRST, 10)).as("nothing sent between two cuts").isEmpty();
    sent(0, 2);
    lastSent.cut();
    assertThat(lastSent.stops(FIRST, 10)).hasSize(1);
    assertThat(lastSent.stops(FIRST, 10)).isEmpty();
  }

  @Test
  void whatWasPlayedIsNotKeptNorMoreThanSomeSeconds() {
    sent(0, 2);
    lastSent.played();
    lastSent.cut();
    assertThat(lastSent.stops(FIRST, 10)).isEmpty();

    sent(0, 100);
    lastSent.cut();
    assertThat(lastSent.stops(FIRST, 10)).isEmpty();
  }
}
