package dev.voxlog.tts.piper;

import dev.voxlog.models.ModelStore;
import dev.voxlog.models.Models;
import dev.voxlog.models.Progress;
import dev.voxlog.tts.VoiceException;
import dev.voxlog.tts.pronounce.Pronouncer;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/// All speakers of the neural voice: one loaded model and one dictionary that their voices share.
/// Thread-safe.
public final class PiperSpeakers implements AutoCloseable {
  private final PiperModel model;
  private final Pronouncer pronouncer;

  private PiperSpeakers(PiperModel model, Pronouncer pronouncer) {
    this.model = model;
    this.pronouncer = pronouncer;
  }

  /// Fetches what is missing and loads it; ready to speak when it returns.
  public static PiperSpeakers load(ModelStore store, Progress progress) {
    PiperModel model = PiperModel.load(store, progress);
    try {
      return new PiperSpeakers(model, Pronouncer.load(store.get(Models.CMUDICT, progress)));
    } catch (IOException failed) {
      model.close();
      throw new VoiceException(
          "the pronouncing dictionary did not load: " + failed.getMessage(), failed);
    }
  }

  /// A speaker's voice, with an agent's own pronunciations of words.
  public PiperVoice voice(PiperSettings settings, Map<String, String> pronunciations) {
    String id = new TreeMap<>(pronunciations).toString();
    return new PiperVoice(model, settings, pronouncer.with(pronunciations), id);
  }

  /// Waits for what is being synthesised.
  @Override
  public void close() {
    model.close();
  }
}
