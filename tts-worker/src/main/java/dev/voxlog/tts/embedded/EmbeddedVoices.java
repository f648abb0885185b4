package dev.voxlog.tts.embedded;

import dev.voxlog.models.ModelStore;
import dev.voxlog.models.Models;
import dev.voxlog.models.Progress;
import dev.voxlog.tts.Voice;
import dev.voxlog.tts.VoiceException;
import dev.voxlog.tts.Voices;
import dev.voxlog.tts.mary.MaryVoice;
import dev.voxlog.tts.piper.PiperModel;
import dev.voxlog.tts.piper.PiperSettings;
import dev.voxlog.tts.piper.PiperVoice;
import dev.voxlog.tts.pronounce.Pronouncer;
import dev.voxlog.tts.scripted.ScriptedVoice;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// Piper, with Mary to take over when it fails, Mary alone, or the scripted voice, as the agent
/// file says. One Piper model serves all agents.
public final class EmbeddedVoices implements Voices {
  private final PiperModel model;
  private final Pronouncer pronouncer;
  private final Map<dev.voxlog.agent.Voice, List<Voice>> voices = new ConcurrentHashMap<>();

  private EmbeddedVoices(PiperModel model, Pronouncer pronouncer) {
    this.model = model;
    this.pronouncer = pronouncer;
  }

  /// Fetches what is missing and loads it; ready to speak when it returns.
  public static EmbeddedVoices load(ModelStore store, Progress progress) {
    PiperModel model = PiperModel.load(store, progress);
    try {
      return new EmbeddedVoices(model, Pronouncer.load(store.get(Models.CMUDICT, progress)));
    } catch (IOException failed) {
      model.close();
      throw new VoiceException(
          "the pronouncing dictionary did not load: " + failed.getMessage(), failed);
    }
  }

  @Override
  public List<Voice> of(dev.voxlog.agent.Voice wanted) {
    return voices.computeIfAbsent(wanted, this::make);
  }

  private List<Voice> make(dev.voxlog.agent.Voice wanted) {
    return switch (wanted.engine()) {
      case PIPER -> List.of(piper(wanted), mary(wanted));
      case MARY -> List.of(mary(wanted));
      case SCRIPTED -> List.of(new ScriptedVoice(ScriptedVoice.WORD));
    };
  }

  private Voice piper(dev.voxlog.agent.Voice wanted) {
    Map<String, String> pronunciations = new TreeMap<>(wanted.pronunciations());
    return new PiperVoice(
        model, settings(wanted), pronouncer.with(pronunciations), pronunciations.toString());
  }

  private static PiperSettings settings(dev.voxlog.agent.Voice wanted) {
    String speaker = wanted.speaker().strip();
    try {
      int id = speaker.isEmpty() ? PiperSettings.DEFAULT.speaker() : Integer.parseInt(speaker);
      return PiperSettings.DEFAULT.with(id, wanted.pace());
    } catch (IllegalArgumentException none) {
      throw new VoiceException(
          "voice.speaker \"%s\" is no speaker of Piper libritts_r; write a number from 0 to 903"
              .formatted(speaker),
          none);
    }
  }

  private static Voice mary(dev.voxlog.agent.Voice wanted) {
    return new MaryVoice(wanted.pace(), wanted.pronunciations());
  }

  @Override
  public void close() {
    model.close();
  }
}
