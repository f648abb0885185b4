package dev.voxlog.tts;

import dev.voxlog.audio.Resampler;
import dev.voxlog.schemas.Word;
import dev.voxlog.tts.text.SpokenClause;
import java.util.ArrayList;
import java.util.List;

/// A voice as a call hears it: at the call's sample rate, and from the cache when it has been said
/// before. Thread-safe.
public final class ClauseSpeaker {
  private final Voice voice;
  private final VoiceCache cache;

  public ClauseSpeaker(Voice voice, VoiceCache cache) {
    this.voice = voice;
    this.cache = cache;
  }

  public VoiceTraits traits() {
    return voice.traits();
  }

  /// Whether the clause would be served without synthesis.
  public boolean isCached(SpokenClause clause, int rate) {
    return cache.find(voice.traits().id(), clause, rate).isPresent();
  }

  /// Says the clause into `sink` at `rate` samples a second, streaming as the engine does.
  ///
  /// @throws VoiceException if the engine fails
  public void speak(SpokenClause clause, int rate, AudioSink sink, Cancellation cancellation) {
    String id = voice.traits().id();
    var cached = cache.find(id, clause, rate);
    if (cached.isPresent()) {
      sink.words(cached.get().words());
      sink.audio(cached.get().samples());
      return;
    }
    Resampling resampling = new Resampling(sink, voice.traits().sampleRate(), rate);
    voice.speak(clause, resampling, cancellation);
    if (!cancellation.isCancelled()) {
      resampling.finish();
      cache.keep(id, clause, rate, resampling.spoken());
    }
  }

  /// Passes audio on at another rate and remembers it.
  private static final class Resampling implements AudioSink {
    private final AudioSink sink;
    private final Resampler resampler;
    private final List<float[]> pieces = new ArrayList<>();
    private List<Word> words = List.of();

    Resampling(AudioSink sink, int from, int to) {
      this.sink = sink;
      this.resampler = new Resampler(from, to);
    }

    @Override
    public void words(List<Word> words) {
      this.words = words;
      sink.words(words);
    }

    @Override
    public void audio(float[] samples) {
      pass(resampler.process(samples));
    }

    void finish() {
      pass(resampler.flush());
    }

    private void pass(float[] samples) {
      if (samples.length > 0) {
        pieces.add(samples);
        sink.audio(samples);
      }
    }

    VoiceCache.Spoken spoken() {
      float[] all = new float[pieces.stream().mapToInt(piece -> piece.length).sum()];
      int at = 0;
      for (float[] piece : pieces) {
        System.arraycopy(piece, 0, all, at, piece.length);
        at += piece.length;
      }
      return new VoiceCache.Spoken(all, words);
    }
  }
}
