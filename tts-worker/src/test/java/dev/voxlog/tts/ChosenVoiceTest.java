package dev.voxlog.tts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.schemas.AgentAudio;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.Codec;
import dev.voxlog.tts.scripted.ScriptedVoice;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// When the caller's program has chosen who speaks.
class ChosenVoiceTest {
  private static final String WORDS = "How can I help you today?";

  private static TtsLab choosing(@Nullable String voice) {
    return new TtsLab(ScriptedVoice.voices(), voice).attach(1, Codec.MULAW_8K);
  }

  private static long millis(List<AgentAudio.Chunk> chunks) {
    return Codec.MULAW_8K.millis(TtsLab.audio(chunks).length);
  }

  @Test
  void theChosenSpeakerSpeaksAlsoAfterATakeover() {
    TtsLab lab = choosing("slow-tones");
    lab.sentence(1, 0, WORDS).turnEnded(1, 1).work();
    lab.lab.takeOver();
    lab.sentence(2, 0, WORDS).turnEnded(2, 1).work();

    assertThat(millis(lab.chunks(1, 0))).isEqualTo(2_700);
    assertThat(millis(lab.chunks(2, 0))).isEqualTo(2_700);
    assertThat(lab.errors()).isEmpty();
  }

  @Test
  void withoutAChoiceTheAgentsOwnSpeaks() {
    TtsLab lab = choosing(null);
    lab.sentence(1, 0, WORDS).work();

    assertThat(millis(lab.chunks(1, 0))).isEqualTo(1_800);
  }

  @Test
  void whereTheChosenOneIsNotThereTheAgentsOwnSpeaksAndItIsTold() {
    Voices own =
        wanted -> {
          if (!wanted.speaker().isEmpty()) {
            throw new VoiceException("there is no such speaker");
          }
          return List.of(new ScriptedVoice(ScriptedVoice.WORD));
        };
    TtsLab lab = new TtsLab(own, "1000").attach(1, Codec.MULAW_8K);
    lab.sentence(1, 0, WORDS).work();

    assertThat(millis(lab.chunks(1, 0))).isEqualTo(1_800);
    assertThat(lab.errors()).extracting(CallEvent.Error::reason).containsExactly("no such voice");
    assertThat(lab.errors().getFirst().detail()).doesNotContain("1000");
  }
}
