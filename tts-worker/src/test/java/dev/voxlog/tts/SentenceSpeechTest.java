package dev.voxlog.tts;

import static dev.voxlog.tts.TtsLab.LONG;
import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.schemas.AgentAudio;
import dev.voxlog.schemas.Codec;
import dev.voxlog.schemas.TurnEvent;
import dev.voxlog.tts.text.SpokenClause;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A sentence's chunks, whole or from any place in the middle.
class SentenceSpeechTest {
  private static final TurnEvent.Sentence SENTENCE =
      new TurnEvent.Sentence(
          TtsLab.CALL, Instant.EPOCH, 1, 0, LONG, TurnEvent.Purpose.ANSWER, List.of());

  private static List<AgentAudio.Chunk> spoken(
      int msPerWord, Codec codec, List<AgentAudio.Chunk> written) {
    ClauseSpeaker speaker = new ClauseSpeaker(new ClauseVoice("v", msPerWord), new VoiceCache(0));
    SentenceSpeech speech =
        new SentenceSpeech(SENTENCE, speaker.clauses(LONG), Duration.ofMillis(200), written);
    List<AgentAudio.Chunk> made = new ArrayList<>();
    for (SpokenClause next = speech.next(); next != null; next = speech.next()) {
      Spoken sound = speaker.speak(next, codec.sampleRate(), new StopSignal());
      made.addAll(speech.said(sound, codec, Instant.EPOCH, speaker::clauses));
    }
    return made;
  }

  private static List<AgentAudio.Chunk> whole() {
    return spoken(250, Codec.MULAW_8K, List.of());
  }

  private static List<AgentAudio.Chunk> joined(
      List<AgentAudio.Chunk> written, List<AgentAudio.Chunk> made) {
    List<AgentAudio.Chunk> all = new ArrayList<>(written);
    all.addAll(made);
    return all;
  }

  private static void assertIsOneSentence(List<AgentAudio.Chunk> chunks) {
    long offset = 0;
    for (int i = 0; i < chunks.size(); i++) {
      assertThat(chunks.get(i).chunk()).isEqualTo(i);
      assertThat(chunks.get(i).offsetMs()).isEqualTo(offset);
      assertThat(chunks.get(i).isLast()).isEqualTo(i == chunks.size() - 1);
      offset += chunks.get(i).codec().millis(chunks.get(i).audio().length());
    }
    assertThat(TtsLab.words(chunks)).isEqualTo(LONG);
  }

  @Test
  void theFirstChunkAloneHasTheWholeText() {
    assertThat(whole()).extracting(AgentAudio.Chunk::text).startsWith(LONG, null, null);
    assertThat(whole()).filteredOn(chunk -> chunk.text() != null).hasSize(1);
    assertThat(spoken(250, Codec.MULAW_8K, whole().subList(0, 2)))
        .allMatch(chunk -> chunk.text() == null);
  }

  @Test
  void theSameSentenceMakesTheSameChunks() {
    assertThat(whole()).isEqualTo(whole());
    assertIsOneSentence(whole());
  }

  @Test
  void whereverAPredecessorStoppedTheRestCompletesTheSameSound() {
    List<AgentAudio.Chunk> whole = whole();
    for (int cut = 0; cut < whole.size(); cut++) {
      List<AgentAudio.Chunk> written = whole.subList(0, cut);

      List<AgentAudio.Chunk> made = spoken(250, Codec.MULAW_8K, written);

      assertThat(joined(written, made)).isEqualTo(whole);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {180, 320})
  void whereverAPredecessorStoppedAnotherVoiceSaysTheWordsThatWereNotBegun(int msPerWord) {
    List<AgentAudio.Chunk> whole = whole();
    for (int cut = 1; cut < whole.size(); cut++) {
      List<AgentAudio.Chunk> written = whole.subList(0, cut);

      assertIsOneSentence(joined(written, spoken(msPerWord, Codec.MULAW_8K, written)));
    }
  }

  @Test
  void whereverAPredecessorStoppedAnotherCodecGoesOn() {
    List<AgentAudio.Chunk> whole = whole();
    for (int cut = 1; cut < whole.size(); cut++) {
      List<AgentAudio.Chunk> written = whole.subList(0, cut);

      assertIsOneSentence(joined(written, spoken(250, Codec.PCM16_16K, written)));
    }
  }

  @Test
  void aFailureInTheMiddleIsTheNextChunk() {
    ClauseSpeaker speaker = new ClauseSpeaker(new ClauseVoice("v", 250), new VoiceCache(0));
    List<AgentAudio.Chunk> written = whole().subList(0, 3);

    AgentAudio.Chunk failure =
        new SentenceSpeech(SENTENCE, speaker.clauses(LONG), Duration.ofMillis(200), written)
            .failure(Codec.MULAW_8K, Instant.EPOCH);

    assertThat(failure.chunk()).isEqualTo(3);
    assertThat(failure.isFailed() && failure.isLast()).isTrue();
  }
}
