package dev.voxlog.tts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.audio.Levels;
import dev.voxlog.schemas.Word;
import dev.voxlog.tts.text.ClauseSplitter;
import dev.voxlog.tts.text.SpokenClause;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// What every voice promises, whatever engine is behind it.
public abstract class VoiceContract {
  private static final String SENTENCE =
      "Your order 48213 shipped on January 5, and the total was $42.50.";
  private static final double CLICK = 0.03;

  /// The voice under test; asked for once a test.
  protected abstract Voice voice();

  /// Everything a voice gave for a clause.
  public static final class Sound implements AudioSink {
    public final List<Word> words = new ArrayList<>();
    private final List<float[]> pieces = new ArrayList<>();
    private int timesTold;

    @Override
    public void words(List<Word> told) {
      assertThat(pieces).as("word times come before audio").isEmpty();
      timesTold++;
      words.addAll(told);
    }

    @Override
    public void audio(float[] samples) {
      assertThat(timesTold).as("word times come once").isEqualTo(1);
      pieces.add(samples);
    }

    public float[] samples() {
      float[] all = new float[pieces.stream().mapToInt(piece -> piece.length).sum()];
      int at = 0;
      for (float[] piece : pieces) {
        System.arraycopy(piece, 0, all, at, piece.length);
        at += piece.length;
      }
      return all;
    }
  }

  public static Sound say(Voice voice, SpokenClause clause) {
    Sound sound = new Sound();
    voice.speak(clause, sound, new StopSignal());
    return sound;
  }

  private static List<SpokenClause> clauses() {
    return ClauseSplitter.split(SENTENCE);
  }

  @Test
  void theWordsAreThoseOfTheTextInOrderWithinTheSound() {
    Voice voice = voice();
    for (SpokenClause clause : clauses()) {
      Sound sound = say(voice, clause);
      long lengthMs = sound.samples().length * 1_000L / voice.traits().sampleRate();

      assertThat(sound.words)
          .extracting(Word::text)
          .isEqualTo(clause.words().stream().map(word -> word.written()).toList());
      long at = 0;
      for (Word word : sound.words) {
        assertThat(word.startMs()).isGreaterThanOrEqualTo(at);
        assertThat(word.endMs()).isBetween(word.startMs() + 1, lengthMs);
        at = word.endMs();
      }
    }
  }

  @Test
  void somethingIsHeardThatTakesAboutAsLongAsSpeech() {
    Voice voice = voice();
    for (SpokenClause clause : clauses()) {
      float[] samples = say(voice, clause).samples();

      double wordsASecond = clause.count() * (double) voice.traits().sampleRate() / samples.length;
      assertThat(wordsASecond).isBetween(1.0, 6.0);
      assertThat(Levels.rmsDbfs(samples)).isBetween(-32.0, -8.0);
      assertThat(Levels.peakDbfs(samples)).isLessThanOrEqualTo(0.0);
    }
  }

  @Test
  void aClauseBeginsAndEndsWithoutAClick() {
    Voice voice = voice();
    for (SpokenClause clause : clauses()) {
      float[] samples = say(voice, clause).samples();

      assertThat(Math.abs(samples[0])).isLessThan((float) CLICK);
      assertThat(Math.abs(samples[samples.length - 1])).isLessThan((float) CLICK);
    }
  }

  @Test
  void theSameClauseAlwaysSoundsTheSameOnAnyThread() throws Exception {
    Voice voice = voice();
    SpokenClause clause = clauses().getFirst();
    float[] first = say(voice, clause).samples();
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      List<Future<float[]>> others = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        others.add(threads.submit(() -> say(voice, clause).samples()));
      }
      for (Future<float[]> other : others) {
        assertThat(Arrays.equals(other.get(), first)).isTrue();
      }
    }
  }

  @Test
  void differentWordsSoundDifferent() {
    Voice voice = voice();

    float[] one = say(voice, ClauseSplitter.split("Hello.").getFirst()).samples();
    float[] other = say(voice, ClauseSplitter.split("Goodbye.").getFirst()).samples();

    assertThat(Arrays.equals(one, other)).isFalse();
  }

  @Test
  void aStoppedVoiceGivesNoMoreAudio() {
    StopSignal stop = new StopSignal();
    stop.stop();
    Sound sound = new Sound();

    voice().speak(clauses().getFirst(), sound, stop);

    assertThat(sound.samples()).isEmpty();
  }

  @Test
  void theIdTellsTheVoiceFromOthers() {
    VoiceTraits traits = voice().traits();

    assertThat(traits.id()).startsWith(traits.engine() + "/" + traits.voice() + "/");
    assertThat(traits.sampleRate()).isBetween(8_000, 48_000);
  }
}
