package dev.voxlog.tts;

import static dev.voxlog.tts.TtsLab.LONG;
import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.audio.Pcm;
import dev.voxlog.audio.Resampler;
import dev.voxlog.audio.ToneCode;
import dev.voxlog.schemas.AgentAudio;
import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.Codec;
import dev.voxlog.schemas.TurnEvent;
import dev.voxlog.schemas.Word;
import dev.voxlog.tts.scripted.ScriptedVoice;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the callers are told, in order, and what is no longer said.
class TtsStepTest {
  private final ClauseVoice voice = new ClauseVoice("first", 250);
  private final TtsLab lab = TtsLab.with(voice);

  @Test
  void aTurnsSentencesComeInOrderAndTurnSpokenAfterAllTheirChunks() {
    lab.sentence(1, 0, LONG).sentence(1, 1, "Goodbye for now.").turnEnded(1, 2).work();

    assertThat(lab.story().getFirst()).isEqualTo("C1.0.0");
    assertThat(lab.story().getLast()).isEqualTo("E1");
    assertThat(lab.chunks()).isSortedAccordingTo((a, b) -> a.sentence() - b.sentence());
    assertThat(lab.lab.emitted(AgentAudio.TurnSpoken.class))
        .singleElement()
        .satisfies(spoken -> {
          assertThat(spoken.sentences()).isEqualTo(2);
          assertThat(spoken.next()).isEqualTo(TurnEvent.Next.LISTEN);
        });
    assertThat(lab.lab.step().atRest()).isTrue();
  }

  @Test
  void aSentencesChunksFollowEachOtherWithoutAGapAndTheLastOneSaysSo() {
    lab.sentence(1, 0, LONG, TurnEvent.Purpose.DISCLOSURE).work();

    List<AgentAudio.Chunk> chunks = lab.chunks(1, 0);
    long offset = 0;
    for (int i = 0; i < chunks.size(); i++) {
      AgentAudio.Chunk chunk = chunks.get(i);
      assertThat(chunk.chunk()).isEqualTo(i);
      assertThat(chunk.offsetMs()).isEqualTo(offset);
      assertThat(chunk.isLast()).isEqualTo(i == chunks.size() - 1);
      assertThat(chunk.purpose()).isEqualTo(TurnEvent.Purpose.DISCLOSURE);
      assertThat(chunk.audio().length() % 160).as("whole frames").isZero();
      assertThat(chunk.audio().length()).isBetween(1_600, 3_200);
      offset += chunk.audio().length() / 8;
    }
    assertThat(voice.said).as("said in clauses, the first one short").hasSizeGreaterThan(1);
  }

  @Test
  void theWordsOfTheChunksAreTheSentenceEachInTheChunkInWhichItBegins() {
    lab.sentence(1, 0, LONG).work();

    List<AgentAudio.Chunk> chunks = lab.chunks(1, 0);
    assertThat(TtsLab.words(chunks)).isEqualTo(LONG);
    for (AgentAudio.Chunk chunk : chunks) {
      for (Word word : chunk.words()) {
        assertThat(word.isEstimated()).isTrue();
        assertThat(word.startMs())
            .isBetween(chunk.offsetMs(), chunk.offsetMs() + chunk.audio().length() / 8);
        assertThat(word.endMs()).isGreaterThanOrEqualTo(word.startMs());
      }
    }
  }

  @Test
  void theFirstClauseIsWrittenBeforeTheSecondIsSynthesised() {
    lab.sentence(1, 0, LONG);
    ClauseSpeaker speaker = new ClauseSpeaker(new ClauseVoice("first", 250), new VoiceCache(0));

    lab.answerOne(speaker, LONG);

    assertThat(lab.chunks()).isNotEmpty();
    assertThat(lab.chunks().getLast().isLast()).isFalse();
    assertThat(lab.lab.asked()).containsExactly("clause");
  }

  @Test
  void aSentenceIsHeardAsItsToneInTheCallersCodec() {
    TtsLab scripted = TtsLab.with(new ScriptedVoice(Duration.ofMillis(300)));

    scripted.sentence(1, 0, LONG).sentence(1, 1, "Goodbye.").work();

    assertThat(TtsLab.tones(scripted.chunks()))
        .containsExactly(ScriptedVoice.idOf(LONG), ScriptedVoice.idOf("Goodbye."));
  }

  @Test
  void nothingIsSaidBeforeTheCallerIsAttachedAndThenInTheCodecOfTheAttach() {
    TtsLab unattached = new TtsLab(0, voice);
    unattached.sentence(1, 0, "Hello.").turnEnded(1, 1).work();
    assertThat(unattached.lab.emitted()).isEmpty();

    unattached.attach(1, Codec.PCM16_24K).work();

    assertThat(unattached.chunks())
        .allSatisfy(chunk -> assertThat(chunk.codec()).isEqualTo(Codec.PCM16_24K));
    int bytes = TtsLab.audio(unattached.chunks()).length;
    assertThat(Codec.PCM16_24K.millis(bytes)).isBetween(280L, 300L);
    assertThat(unattached.story().getLast()).isEqualTo("E1");
  }

  @Test
  void wideAudioSaysTheSameInTheSameTime() {
    TtsLab wide = new TtsLab(0, new ScriptedVoice(Duration.ZERO)).attach(1, Codec.PCM16_24K);
    TtsLab narrow = TtsLab.with(new ScriptedVoice(Duration.ZERO));
    for (TtsLab each : List.of(wide, narrow)) {
      each.sentence(1, 0, LONG).turnEnded(1, 1).work();
    }

    float[] samples = Pcm.toFloats(Pcm.fromBytes(TtsLab.audio(wide.chunks())));
    assertThat(ToneCode.ids(Pcm.toShorts(Resampler.resample(samples, 24_000, 8_000))))
        .isEqualTo(TtsLab.tones(narrow.chunks()))
        .isNotEmpty();
    assertThat(wide.chunks())
        .extracting(chunk -> chunk.offsetMs() + " " + chunk.words())
        .isEqualTo(
            narrow.chunks().stream().map(chunk -> chunk.offsetMs() + " " + chunk.words()).toList());
  }

  @Test
  void whatWasSaidBeforeIsSaidAgainWithoutTheEngine() {
    TtsLab caching = new TtsLab(1 << 20, voice).attach(1, Codec.MULAW_8K);
    caching.sentence(1, 0, LONG).turnEnded(1, 1).work();
    int clauses = voice.said.size();

    caching.sentence(2, 0, LONG);

    assertThat(caching.lab.asked()).isEmpty();
    assertThat(voice.said).hasSize(clauses);
    assertThat(TtsLab.audio(caching.chunks(2, 0))).isEqualTo(TtsLab.audio(caching.chunks(1, 0)));
  }

  @Test
  void fixedWordingsAreReadyOnceTheyHaveBeenRendered() {
    TtsLab caching = new TtsLab(1 << 20, voice).attach(1, Codec.MULAW_8K);
    caching.worker.prerender(TtsLab.agent()).join();

    caching
        .sentence(1, 0, "Hello there.")
        .sentence(1, 1, "I'm a machine.")
        .sentence(1, 2, "How can I help you today?");

    assertThat(caching.lab.asked()).isEmpty();
    assertThat(caching.chunks(1, 2)).isNotEmpty();
  }

  @Test
  void aHigherTurnDropsWhatIsLeftOfTheLowerAndStopsTheEngine() {
    lab.sentence(1, 0, LONG).sentence(1, 1, "Goodbye.").turnEnded(1, 2);

    lab.sentence(2, 0, "Of course.").turnEnded(2, 1).work();

    assertThat(lab.chunks()).allSatisfy(chunk -> assertThat(chunk.turn()).isEqualTo(2));
    assertThat(lab.story().getLast()).isEqualTo("E2").isNotIn("E1");
    assertThat(lab.story()).doesNotContain("E1");
  }

  @Test
  void aLateSentenceOfALowerTurnIsNotSaid() {
    lab.sentence(2, 0, "Of course.").work();

    lab.sentence(1, 3, "Too late.").turnEnded(1, 4).work();

    assertThat(lab.chunks()).allSatisfy(chunk -> assertThat(chunk.turn()).isEqualTo(2));
  }

  @Test
  void anInterruptedTurnIsNotSaidToItsEndNorCalledSpoken() {
    lab.sentence(1, 0, LONG);

    lab.verdict(1, 1, CallEvent.Ruling.INTERRUPTED, 1);
    assertThat(lab.lab.asked()).isEmpty();
    lab.sentence(1, 1, "And more.").turnEnded(1, 2).work();

    assertThat(lab.lab.emitted()).isEmpty();
    assertThat(lab.lab.step().atRest()).isTrue();
  }

  @Test
  void aTurnThatWasCancelledIsNotSaidToItsEndNorCalledSpoken() {
    lab.sentence(1, 0, LONG);

    lab.lab.give(new CallEvent.Cancelled(TtsLab.CALL, lab.lab.clock().now(), 1, 1, 1));
    assertThat(lab.lab.asked()).isEmpty();
    lab.sentence(1, 1, "And more.").turnEnded(1, 2).work();

    assertThat(lab.lab.emitted()).isEmpty();
    assertThat(lab.lab.step().atRest()).isTrue();
  }

  @Test
  void aDisclosureIsSaidInAnInterruptedTurnToo() {
    lab.sentence(1, 0, LONG)
        .sentence(1, 1, "I'm a machine.", TurnEvent.Purpose.DISCLOSURE)
        .sentence(1, 2, "Well?");

    lab.verdict(1, 1, CallEvent.Ruling.INTERRUPTED, 1).work();

    assertThat(TtsLab.words(lab.chunks())).isEqualTo("I'm a machine.");
    assertThat(lab.lab.step().atRest()).isTrue();
  }

  @Test
  void onlyTheVerdictInterruptedStopsTheAgent() {
    lab.sentence(1, 0, LONG);

    lab.verdict(1, 1, CallEvent.Ruling.CLEAR, 0)
        .verdict(2, 1, CallEvent.Ruling.RESUMED, 1)
        .turnEnded(1, 1)
        .work();

    assertThat(TtsLab.words(lab.chunks())).isEqualTo(LONG);
    assertThat(lab.story().getLast()).isEqualTo("E1");
  }

  @Test
  void theTurnAfterAnInterruptionIsSaid() {
    lab.sentence(1, 0, LONG).verdict(1, 1, CallEvent.Ruling.INTERRUPTED, 1);

    lab.sentence(2, 0, "Of course.").turnEnded(2, 1).work();

    assertThat(TtsLab.words(lab.chunks())).isEqualTo("Of course.");
    assertThat(lab.story().getLast()).isEqualTo("E2");
  }

  @Test
  void aSentenceThatCannotBeSaidIsOneEmptyFailedChunkAndTheTurnGoesOn() {
    voice.failing = text -> text.contains("cursed");

    lab.sentence(1, 0, "This is cursed.").sentence(1, 1, "Goodbye.").turnEnded(1, 2).work();

    AgentAudio.Chunk failed = lab.chunks(1, 0).getFirst();
    assertThat(lab.chunks(1, 0)).hasSize(1);
    assertThat(failed.isFailed() && failed.isLast()).isTrue();
    assertThat(failed.audio()).isEqualTo(AudioBytes.EMPTY);
    assertThat(TtsLab.words(lab.chunks(1, 1))).isEqualTo("Goodbye.");
    assertThat(lab.story().getLast()).isEqualTo("E1");
    assertThat(lab.errors())
        .singleElement()
        .satisfies(error -> assertThat(error.detail()).isEqualTo("tones: VoiceException"));
  }

  @Test
  void aSentenceThatFailsInTheMiddleEndsWithAFailedChunk() {
    voice.failing = text -> text.contains("week");

    lab.sentence(1, 0, LONG).work();

    List<AgentAudio.Chunk> chunks = lab.chunks(1, 0);
    assertThat(chunks).hasSizeGreaterThan(1);
    assertThat(chunks.getLast().isFailed() && chunks.getLast().isLast()).isTrue();
    assertThat(chunks.subList(0, chunks.size() - 1))
        .noneMatch(each -> each.isLast() || each.isFailed());
  }

  @Test
  void aSentenceOfNothingButSignsFailsWithoutTheEngine() {
    lab.sentence(1, 0, "🙂 …").turnEnded(1, 1);

    assertThat(lab.story()).containsExactly("ERROR", "C1.0.0", "E1");
    assertThat(lab.chunks().getFirst().isFailed()).isTrue();
  }

  @Test
  void anotherVoiceTakesOverForTheRestOfTheTurn() {
    ClauseVoice other = new ClauseVoice("other", 400);
    TtsLab both = TtsLab.with(voice, other);
    voice.failing = text -> text.contains("week");

    both.sentence(1, 0, LONG).sentence(1, 1, "Goodbye.").turnEnded(1, 2).work();
    both.sentence(2, 0, "Hello again.").turnEnded(2, 1).work();

    assertThat(TtsLab.words(both.chunks(1, 0))).isEqualTo(LONG);
    assertThat(both.chunks()).noneMatch(AgentAudio.Chunk::isFailed);
    assertThat(other.said).hasSize(2).last().isEqualTo("goodbye.");
    assertThat(voice.said).last().isEqualTo("hello again.");
    assertThat(both.errors()).hasSize(1);
  }
}
