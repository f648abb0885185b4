package dev.voxlog.tts.piper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.voxlog.models.ModelStore;
import dev.voxlog.models.Models;
import dev.voxlog.tts.StopSignal;
import dev.voxlog.tts.Voice;
import dev.voxlog.tts.VoiceContract;
import dev.voxlog.tts.VoiceException;
import dev.voxlog.tts.Weights;
import dev.voxlog.tts.pronounce.Pronouncer;
import dev.voxlog.tts.text.ClauseSplitter;
import dev.voxlog.tts.text.SpokenClause;
import dev.voxlog.tts.text.TextNormalizer;
import java.io.IOException;
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
  private static PiperModel model;
  private static Pronouncer pronouncer;

  @BeforeAll
  static void load() throws IOException {
    ModelStore store = Weights.store();
    model = PiperModel.load(store, _ -> {});
    pronouncer = Pronouncer.load(store.get(Models.CMUDICT, _ -> {}));
  }

  @AfterAll
  static void close() {
    if (model != null) {
      model.close();
    }
  }

  @Override
  protected Voice voice() {
    return voice(PiperSettings.DEFAULT);
  }

  private static Voice voice(PiperSettings settings) {
    return new PiperVoice(model, settings, pronouncer, "");
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
    Voice own =
        new PiperVoice(
            model, PiperSettings.DEFAULT, pronouncer.with(Map.of("Acme", "refund")), "own");

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
    PiperModel closed = PiperModel.load(Weights.store(), _ -> {});
    closed.close();
    closed.close();

    assertThatExceptionOfType(VoiceException.class)
        .isThrownBy(() ->
            new PiperVoice(closed, PiperSettings.DEFAULT, pronouncer, "")
                .speak(clause("Hello."), new Sound(), new StopSignal()))
        .withMessageContaining("closed");
  }
}
