package dev.voxlog.tts;

import dev.voxlog.audio.Resampler;
import dev.voxlog.schemas.Word;
import dev.voxlog.tts.text.ClauseSplitter;
import dev.voxlog.tts.text.SpokenClause;
import dev.voxlog.tts.text.SpokenWord;
import dev.voxlog.tts.text.TextNormalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/// A voice as a call hears it: at the call's sample rate, and from the cache when it has been said
/// before. Thread-safe.
final class ClauseSpeaker {
  private final Voice voice;
  private final VoiceCache cache;

  ClauseSpeaker(Voice voice, VoiceCache cache) {
    this.voice = voice;
    this.cache = cache;
  }

  VoiceTraits traits() {
    return voice.traits();
  }

  /// What to say one after the other for a sentence; nothing if it cannot be spoken.
  List<SpokenClause> clauses(String sentence) {
    return clauses(TextNormalizer.normalize(sentence));
  }

  List<SpokenClause> clauses(List<SpokenWord> words) {
    if (!voice.traits().isSentenceWise()) {
      return ClauseSplitter.split(words);
    }
    boolean isSpeakable = words.stream().anyMatch(word -> word.count() > 0);
    return isSpeakable ? List.of(new SpokenClause(words)) : List.of();
  }

  /// The clause as it was said before, if it is still at hand.
  Optional<Spoken> cached(SpokenClause clause, int rate) {
    return cache.find(voice.traits().id(), clause, rate);
  }

  /// The clause at `rate` samples a second; computes on the calling thread unless it is cached.
  ///
  /// @throws VoiceException if the engine fails
  /// @throws CancellationException if stopped meanwhile
  Spoken speak(SpokenClause clause, int rate, StopSignal stop) {
    return cached(clause, rate).orElseGet(() -> synthesize(clause, rate, stop));
  }

  /// As [#speak], and from disk if an earlier process has said it; what is new is kept there too.
  Spoken prompt(SpokenClause clause, int rate, StopSignal stop, PromptFolder folder) {
    String id = voice.traits().id();
    Optional<Spoken> kept = folder.find(id, clause, rate);
    if (kept.isPresent()) {
      cache.keep(id, clause, rate, kept.get());
      return kept.get();
    }
    Spoken spoken = speak(clause, rate, stop);
    folder.keep(id, clause, rate, spoken);
    return spoken;
  }

  private Spoken synthesize(SpokenClause clause, int rate, StopSignal stop) {
    Collecting sound = new Collecting(new Resampler(voice.traits().sampleRate(), rate));
    voice.speak(clause, sound, stop);
    if (stop.isStopped()) {
      throw new CancellationException("nobody waits for this clause");
    }
    Spoken spoken = sound.complete();
    cache.keep(voice.traits().id(), clause, rate, spoken);
    return spoken;
  }

  /// Gathers audio at another rate.
  private static final class Collecting implements AudioSink {
    private final Resampler resampler;
    private final List<float[]> pieces = new ArrayList<>();
    private List<Word> words = List.of();

    Collecting(Resampler resampler) {
      this.resampler = resampler;
    }

    @Override
    public void words(List<Word> words) {
      this.words = words;
    }

    @Override
    public void audio(float[] samples) {
      pieces.add(resampler.process(samples));
    }

    Spoken complete() {
      pieces.add(resampler.flush());
      float[] all = new float[pieces.stream().mapToInt(piece -> piece.length).sum()];
      int at = 0;
      for (float[] piece : pieces) {
        System.arraycopy(piece, 0, all, at, piece.length);
        at += piece.length;
      }
      return new Spoken(all, words);
    }
  }
}
