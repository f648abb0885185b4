package dev.voxlog.tts.embedded;

import dev.voxlog.agent.Voice.Engine;
import dev.voxlog.models.ModelStore;
import dev.voxlog.models.Progress;
import dev.voxlog.tts.Voice;
import dev.voxlog.tts.VoiceException;
import dev.voxlog.tts.Voices;
import dev.voxlog.tts.mary.MaryVoice;
import dev.voxlog.tts.piper.PiperSettings;
import dev.voxlog.tts.piper.PiperSpeakers;
import dev.voxlog.tts.scripted.ScriptedVoice;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Piper, with Mary to take over when it fails, Mary alone, or the scripted voice, as the agent
/// file says. One Piper model serves all agents.
public final class EmbeddedVoices implements Voices {
  private final PiperSpeakers speakers;
  private final Map<dev.voxlog.agent.Voice, List<Voice>> voices = new ConcurrentHashMap<>();

  /// Mary has one speaker, whoever was asked for.
  private final Map<dev.voxlog.agent.Voice, Voice> maries = new ConcurrentHashMap<>();

  private EmbeddedVoices(PiperSpeakers speakers) {
    this.speakers = speakers;
  }

  /// Fetches what is missing and loads it; ready to speak when it returns.
  public static EmbeddedVoices load(ModelStore store, Progress progress) {
    return new EmbeddedVoices(PiperSpeakers.load(store, progress));
  }

  /// By which names an engine's speakers may be asked for.
  public static List<String> speakers(Engine engine) {
    return switch (engine) {
      case PIPER -> PiperSettings.SPEAKERS;
      case MARY -> List.of(MaryVoice.VOICE);
      case SCRIPTED -> ScriptedVoice.SPEAKERS;
    };
  }

  /// The name of an agent's own.
  public static String speaker(dev.voxlog.agent.Voice of) {
    String named = of.speaker().strip();
    return switch (of.engine()) {
      case PIPER -> named.isEmpty() ? Integer.toString(PiperSettings.DEFAULT.speaker()) : named;
      case MARY -> MaryVoice.VOICE;
      case SCRIPTED -> ScriptedVoice.speaker(named);
    };
  }

  @Override
  public List<Voice> of(dev.voxlog.agent.Voice wanted) {
    return voices.computeIfAbsent(wanted, this::make);
  }

  private List<Voice> make(dev.voxlog.agent.Voice wanted) {
    return switch (wanted.engine()) {
      case PIPER -> List.of(piper(wanted), mary(wanted));
      case MARY -> List.of(mary(wanted));
      case SCRIPTED -> List.of(ScriptedVoice.of(wanted.speaker()));
    };
  }

  private Voice piper(dev.voxlog.agent.Voice wanted) {
    return speakers.voice(settings(wanted), wanted.pronunciations());
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

  private Voice mary(dev.voxlog.agent.Voice wanted) {
    return maries.computeIfAbsent(
        wanted.with(""), any -> new MaryVoice(any.pace(), any.pronunciations()));
  }

  @Override
  public void close() {
    speakers.close();
  }
}
