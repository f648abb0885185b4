package dev.voxlog.tts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.tts.text.ClauseSplitter;
import dev.voxlog.tts.text.SpokenClause;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What was said before.
class VoiceCacheTest {
  private static final int BOUND = 100_000;
  private final VoiceCache cache = new VoiceCache(BOUND);

  private static SpokenClause clause(String text) {
    return ClauseSplitter.split(text).getFirst();
  }

  private static Spoken seconds(double seconds) {
    return new Spoken(new float[(int) (seconds * 8_000)], List.of());
  }

  @Test
  void aClauseIsFoundByVoiceWordsAndRateTogether() {
    Spoken spoken = seconds(0.1);
    cache.keep("v", clause("Hello."), 8_000, spoken);

    assertThat(cache.find("v", clause("Hello."), 8_000)).containsSame(spoken);
    assertThat(cache.find("w", clause("Hello."), 8_000)).isEmpty();
    assertThat(cache.find("v", clause("Hello!"), 8_000)).isEmpty();
    assertThat(cache.find("v", clause("Hello."), 16_000)).isEmpty();
  }

  @Test
  void theByteBoundIsKeptAndTheLeastRecentlyUsedGoesFirst() {
    for (int i = 0; i < 60; i++) {
      cache.keep("v", clause("Number " + i + "."), 8_000, seconds(0.5));
      assertThat(cache.find("v", clause("Number 0."), 8_000)).as("used all the time").isPresent();
      assertThat(cache.bytes()).isLessThanOrEqualTo(BOUND);
    }

    assertThat(cache.find("v", clause("Number 1."), 8_000)).isEmpty();
    assertThat(cache.find("v", clause("Number 59."), 8_000)).isPresent();
  }

  @Test
  void aClauseSaidAgainTakesNoMoreRoom() {
    cache.keep("v", clause("Hello."), 8_000, seconds(0.5));
    long bytes = cache.bytes();

    cache.keep("v", clause("Hello."), 8_000, seconds(0.5));

    assertThat(cache.bytes()).isEqualTo(bytes);
    assertThat(cache.size()).isEqualTo(1);
  }

  @Test
  void aGiantDoesNotPushAllOthersOut() {
    cache.keep("v", clause("Hello."), 8_000, seconds(0.1));

    cache.keep("v", clause("Endless."), 8_000, seconds(30));

    assertThat(cache.size()).isEqualTo(1);
  }

  @Test
  void aCacheWithoutRoomKeepsNothing() {
    VoiceCache none = new VoiceCache(0);

    none.keep("v", clause("Hello."), 8_000, seconds(0.1));

    assertThat(none.find("v", clause("Hello."), 8_000)).isEmpty();
  }
}
