package dev.voxlog.tts.piper;

import dev.voxlog.tts.AudioSink;
import dev.voxlog.tts.Edges;
import dev.voxlog.tts.Loudness;
import dev.voxlog.tts.StopSignal;
import dev.voxlog.tts.Voice;
import dev.voxlog.tts.VoiceTraits;
import dev.voxlog.tts.WordTimes;
import dev.voxlog.tts.pronounce.Ipa;
import dev.voxlog.tts.pronounce.PhoneticWord;
import dev.voxlog.tts.pronounce.Pronouncer;
import dev.voxlog.tts.text.Break;
import dev.voxlog.tts.text.SpokenClause;
import java.util.List;
import java.util.stream.Collectors;

/// One speaker of the neural voice, with one agent's pronunciations.
///
/// A clause comes in one piece; word times are spread over its speech by phones.
public final class PiperVoice implements Voice {
  private final PiperModel model;
  private final PiperSettings settings;
  private final Ipa ipa;
  private final VoiceTraits traits;

  /// `pronunciationsId` tells voices apart that differ in the pronouncer's own words only.
  public PiperVoice(
      PiperModel model, PiperSettings settings, Pronouncer pronouncer, String pronunciationsId) {
    this.model = model;
    this.settings = settings;
    this.ipa = new Ipa(pronouncer);
    this.traits =
        new VoiceTraits(
            "piper",
            "libritts_r-" + settings.speaker(),
            settings.id() + "/" + pronunciationsId,
            PiperModel.SAMPLE_RATE,
            false);
  }

  @Override
  public VoiceTraits traits() {
    return traits;
  }

  @Override
  public void speak(SpokenClause clause, AudioSink sink, StopSignal stop) {
    if (stop.isStopped()) {
      return;
    }
    List<List<PhoneticWord>> words = ipa.write(clause);
    float[] audio = model.synthesize(text(words, clause.after()), settings, stop);
    if (stop.isStopped()) {
      return;
    }
    Edges.Trimmed trimmed = Edges.trim(audio, clause.after(), PiperModel.SAMPLE_RATE);
    List<Integer> phones = words.stream().map(PiperVoice::phones).toList();
    sink.words(
        WordTimes.estimate(clause.words(), phones, trimmed.speechFromMs(), trimmed.speechToMs()));
    sink.audio(Loudness.leveled(trimmed.samples()));
  }

  /// A clause cut where nothing is written goes on as if after a comma: the model learned whole
  /// sentences and would fall silent without a mark.
  static String text(List<List<PhoneticWord>> words, Break after) {
    String joined =
        words.stream()
            .flatMap(List::stream)
            .map(word -> word.ipa() + word.mark())
            .collect(Collectors.joining(" "));
    return after == Break.NONE ? joined + Break.COMMA.mark() : joined;
  }

  private static int phones(List<PhoneticWord> spoken) {
    int count = 0;
    for (PhoneticWord word : spoken) {
      count += (int) word.ipa().chars().filter(Character::isLetter).count();
    }
    return Math.max(1, count);
  }
}
