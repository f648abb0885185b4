package dev.voxlog.tts.piper;

import dev.voxlog.audio.Resampler;
import dev.voxlog.models.ModelStore;
import dev.voxlog.models.Progress;
import dev.voxlog.schemas.Word;
import dev.voxlog.tts.AudioSink;
import dev.voxlog.tts.StopSignal;
import dev.voxlog.tts.VoiceException;
import dev.voxlog.tts.text.ClauseSplitter;
import dev.voxlog.tts.text.SpokenClause;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Renders whole texts in any speaker's voice, for prompts and for test callers who must not sound
/// like the agent. Thread-safe.
public final class SpeechRenderer implements AutoCloseable {
  private final PiperSpeakers speakers;

  private SpeechRenderer(PiperSpeakers speakers) {
    this.speakers = speakers;
  }

  /// Fetches what is missing and loads it.
  public static SpeechRenderer load(ModelStore store, Progress progress) {
    return new SpeechRenderer(PiperSpeakers.load(store, progress));
  }

  /// Mono samples, −1 to 1. `speaker` from 0 to 903; `pace` 1 is the agent's usual one, 1.2 a fifth
  /// quicker.
  ///
  /// @throws IllegalArgumentException if there is no such speaker or pace
  /// @throws VoiceException if the text has nothing to say or the engine fails
  public float[] render(String text, int speaker, double pace, int sampleRate) {
    PiperVoice voice = speakers.voice(PiperSettings.DEFAULT.with(speaker, pace), Map.of());
    List<SpokenClause> clauses = ClauseSplitter.split(text);
    if (clauses.isEmpty()) {
      throw new VoiceException("the text has nothing to say");
    }
    Joined joined = new Joined();
    clauses.forEach(clause -> voice.speak(clause, joined, new StopSignal()));
    return Resampler.resample(joined.all(), PiperModel.SAMPLE_RATE, sampleRate);
  }

  @Override
  public void close() {
    speakers.close();
  }

  /// All clauses one after the other.
  private static final class Joined implements AudioSink {
    private final List<float[]> pieces = new ArrayList<>();

    @Override
    public void words(List<Word> words) {}

    @Override
    public void audio(float[] samples) {
      pieces.add(samples);
    }

    float[] all() {
      float[] all = new float[pieces.stream().mapToInt(piece -> piece.length).sum()];
      int at = 0;
      for (float[] piece : pieces) {
        System.arraycopy(piece, 0, all, at, piece.length);
        at += piece.length;
      }
      return all;
    }
  }
}
