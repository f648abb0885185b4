package dev.voxlog.tts.piper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.voxlog.models.ModelStore;
import dev.voxlog.models.Progress;
import dev.voxlog.tts.StopSignal;
import dev.voxlog.tts.Voice;
import dev.voxlog.tts.VoiceContract;
import dev.voxlog.tts.VoiceException;
import dev.voxlog.tts.text.ClauseSplitter;
import dev.voxlog.tts.text.SpokenClause;
import dev.voxlog.tts.text.TextNormalizer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The neural voice on its real weights.
class PiperVoiceIT extends VoiceContract {
  private static PiperSpeakers speakers;

  @BeforeAll
  static void load() {
    speakers = load(ModelStore.fromEnvironment());
  }

  private static PiperSpeakers load(ModelStore store) {
    return PiperSpeakers.load(store, Progress.toLog());
  }

  @AfterAll
  static void close() {
    if (speakers != null) {
      speakers.close();
    }
  }

  @Override
  protected Voice voice() {
    return voice(PiperSettings.DEFAULT);
  }

  private static Voice voice(PiperSettings settings) {
    return speakers.voice(settings, Map.of());
  }

  private static SpokenClause clause(String text) {
    return ClauseSplitter.split(text).getFirst();
  }

  @Test
  void anotherSpeakerSoundsOtherwiseAndHasAnotherId() {
    Voice one = voice(PiperSettings.DEFAULT);
    Voice other = voice(PiperSettings.DEFAULT.with(300, 1));

    assertThat(
            Arrays.equals(
                say(one, clause("Hello.")).samples(), say(other, clause("Hello.")).samples()))
        .isFalse();
    assertThat(one.traits().id()).isNotEqualTo(other.traits().id());
  }

  @Test
  void aQuickerPaceIsShorter() {
    SpokenClause clause = clause("Your order has shipped.");

    int usual = say(voice(PiperSettings.DEFAULT), clause).samples().length;
    int quicker = say(voice(PiperSettings.DEFAULT.with(20, 1.3)), clause).samples().length;

    assertThat((double) quicker / usual).isBetween(0.6, 0.95);
  }

  @Test
  void theAgentsOwnPronunciationIsHeard() {
    Voice own = speakers.voice(PiperSettings.DEFAULT, Map.of("Acme", "refund"));

    assertThat(
            Arrays.equals(
                say(own, clause("Acme.")).samples(), say(voice(), clause("Refund.")).samples()))
        .isTrue();
  }

  @Test
  void runningSynthesisEndsSoonWhenStopped() {
    SpokenClause endless =
        new SpokenClause(
            TextNormalizer.normalize(
                "this is a very long sentence that goes on and on, ".repeat(12)));
    StopSignal stop = new StopSignal();
    Sound sound = new Sound();
    CompletableFuture<Void> speaking =
        CompletableFuture.runAsync(() -> voice().speak(endless, sound, stop));

    CompletableFuture.delayedExecutor(150, TimeUnit.MILLISECONDS, Runnable::run)
        .execute(stop::stop);

    assertThat(speaking).succeedsWithin(Duration.ofSeconds(20));
    assertThat(sound.samples().length).isZero();
  }

  @Test
  void aClosedModelSaysSoAndDoesNoHarm() {
    PiperSpeakers closed = load(ModelStore.fromEnvironment());
    closed.close();
    closed.close();
    Voice voice = closed.voice(PiperSettings.DEFAULT, Map.of());

    assertThatExceptionOfType(VoiceException.class)
        .isThrownBy(() -> voice.speak(clause("Hello."), new Sound(), new StopSignal()))
        .withMessageContaining("closed");
  }
}
