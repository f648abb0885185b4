package dev.voxlog.tts.scripted;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.audio.Pcm;
import dev.voxlog.audio.ToneCode;
import dev.voxlog.tts.Voice;
import dev.voxlog.tts.VoiceContract;
import dev.voxlog.tts.text.SpokenClause;
import dev.voxlog.tts.text.TextNormalizer;
import org.junit.jupiter.api.Test;

/// Tones for sentences.
class ScriptedVoiceTest extends VoiceContract {
  private final ScriptedVoice voice = new ScriptedVoice(ScriptedVoice.WORD);

  @Override
  protected Voice voice() {
    return voice;
  }

  @Test
  void theToneTellsTheSentence() {
    for (String sentence :
        new String[] {
          "Hello.", "Your order 48213 has shipped.", "Goodbye, and thanks for calling!"
        }) {
      float[] samples = say(voice, new SpokenClause(TextNormalizer.normalize(sentence))).samples();

      assertThat(ToneCode.ids(Pcm.toShorts(samples))).containsExactly(ScriptedVoice.idOf(sentence));
    }
  }
}
