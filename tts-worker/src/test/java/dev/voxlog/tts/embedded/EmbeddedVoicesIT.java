package dev.voxlog.tts.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.voxlog.agent.Voice.Engine;
import dev.voxlog.models.ModelStore;
import dev.voxlog.models.Progress;
import dev.voxlog.tts.Voice;
import dev.voxlog.tts.VoiceContract;
import dev.voxlog.tts.VoiceException;
import dev.voxlog.tts.text.ClauseSplitter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The voices that agent files ask for.
class EmbeddedVoicesIT {
  private static dev.voxlog.agent.Voice wanted(Engine engine, String speaker) {
    return new dev.voxlog.agent.Voice(engine, speaker, 1, Map.of());
  }

  @Test
  void anAgentGetsTheVoiceItAsksForWithMaryBehindPiper() {
    try (EmbeddedVoices voices =
        EmbeddedVoices.load(ModelStore.fromEnvironment(), Progress.toLog())) {
      assertThat(engines(voices, wanted(Engine.PIPER, ""))).containsExactly("piper", "mary");
      assertThat(engines(voices, wanted(Engine.MARY, ""))).containsExactly("mary");
      assertThat(engines(voices, wanted(Engine.SCRIPTED, ""))).containsExactly("scripted");
      assertThat(voices.of(wanted(Engine.PIPER, "")).getFirst().traits().voice())
          .isEqualTo("libritts_r-20");
      assertThat(voices.of(wanted(Engine.PIPER, "300")).getFirst().traits().voice())
          .isEqualTo("libritts_r-300");
      for (Voice voice : voices.of(wanted(Engine.PIPER, "20"))) {
        float[] samples =
            VoiceContract.say(voice, ClauseSplitter.split("Hello.").getFirst()).samples();
        assertThat(samples)
            .as(voice.traits().engine())
            .hasSizeGreaterThan(voice.traits().sampleRate() / 5);
      }
      for (String nobody : List.of("904", "-1", "amy")) {
        assertThatExceptionOfType(VoiceException.class)
            .isThrownBy(() -> voices.of(wanted(Engine.PIPER, nobody)))
            .withMessageContainingAll("voice.speaker", nobody, "0 to 903");
      }
    }
  }

  private static List<String> engines(EmbeddedVoices voices, dev.voxlog.agent.Voice wanted) {
    return voices.of(wanted).stream().map(voice -> voice.traits().engine()).toList();
  }
}
