package dev.voxlog.tts.piper;

import dev.voxlog.audio.Resampler;
import dev.voxlog.models.ModelStore;
import dev.voxlog.models.Models;
import dev.voxlog.models.Progress;
import dev.voxlog.schemas.Word;
import dev.voxlog.tts.AudioSink;
import dev.voxlog.tts.StopSignal;
import dev.voxlog.tts.VoiceException;
import dev.voxlog.tts.pronounce.Pronouncer;
import dev.voxlog.tts.text.ClauseSplitter;
import dev.voxlog.tts.text.SpokenClause;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Renders whole texts in any speaker's voice, for prompts and for test callers who must not sound
/// like the agent. Thread-safe.
public final class SpeechRenderer implements AutoCloseable {
  private final PiperModel model;
  private final Pronouncer pronouncer;

  private SpeechRenderer(PiperModel model, Pronouncer pronouncer) {
    this.model = model;
    this.pronouncer = pronouncer;
  }

  /// Fetches what is missing and loads it.
  public static SpeechRenderer load(ModelStore store, Progress progress) {
    PiperModel model = PiperModel.load(store, progress);
    try {
      return new SpeechRenderer(model, Pronouncer.load(store.get(Models.CMUDICT, progress)));
    } catch (IOException failed) {
      model.close();
      throw new VoiceException(
          "the pronouncing dictionary did not load: " + failed.getMessage(), failed);
    }
  }

  /// Mono samples, −1 to 1. `speaker` from 0 to 903; `pace` 1 is the agent's usual one, 1.2 a fifth
  /// quicker.
  ///
  /// @throws IllegalArgumentException if there is no such speaker or pace
  /// @throws VoiceException if the text has nothing to say or the engine fails
  public float[] render(String text, int speaker, double pace, int sampleRate) {
    PiperVoice voice =
        new PiperVoice(model, PiperSettings.DEFAULT.with(speaker, pace), pronouncer, "");
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
    model.close();
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
