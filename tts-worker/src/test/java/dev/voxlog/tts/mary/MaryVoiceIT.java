package dev.voxlog.tts.mary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.tts.Voice;
import dev.voxlog.tts.VoiceContract;
import dev.voxlog.tts.text.ClauseSplitter;
import dev.voxlog.tts.text.SpokenClause;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The voice from Maven Central.
class MaryVoiceIT extends VoiceContract {
  private static final MaryVoice VOICE = new MaryVoice(1, Map.of("Acme", "ack me"));

  @Override
  protected Voice voice() {
    return VOICE;
  }

  @Test
  void aQuickerPaceIsShorter() {
    SpokenClause clause = ClauseSplitter.split("Your order has shipped.").getFirst();

    int usual = say(VOICE, clause).samples().length;
    int quicker = say(new MaryVoice(1.25, Map.of()), clause).samples().length;

    assertThat((double) quicker / usual).isBetween(0.65, 0.95);
  }
}
