package dev.voxlog.tts.scripted;

import dev.voxlog.audio.Pcm;
import dev.voxlog.audio.ToneCode;
import dev.voxlog.tts.AudioSink;
import dev.voxlog.tts.StopSignal;
import dev.voxlog.tts.Voice;
import dev.voxlog.tts.VoiceTraits;
import dev.voxlog.tts.Voices;
import dev.voxlog.tts.WordTimes;
import dev.voxlog.tts.text.SpokenClause;
import dev.voxlog.tts.text.SpokenWord;
import dev.voxlog.tts.text.TextNormalizer;
import java.time.Duration;
import java.util.List;

/// Says each sentence as one tone code whose id follows from its words, so that what was heard can
/// be told from the sound.
public final class ScriptedVoice implements Voice {
  public static final Duration WORD = Duration.ofMillis(300);

  private static final String TONES = "tones";
  private static final String SLOW_TONES = "slow-tones";

  /// Who may be asked for: another one takes half as long again for a word.
  public static final List<String> SPEAKERS = List.of(TONES, SLOW_TONES);

  private static final ScriptedVoice USUAL = new ScriptedVoice(WORD, TONES);
  private static final ScriptedVoice SLOW =
      new ScriptedVoice(WORD.multipliedBy(3).dividedBy(2), SLOW_TONES);
  private static final Duration SHORTEST = Duration.ofMillis(280);

  private final Duration perWord;
  private final VoiceTraits traits;

  /// Takes `perWord` for each spoken word, at least 280 ms for a sentence.
  public ScriptedVoice(Duration perWord) {
    this(perWord, TONES);
  }

  private ScriptedVoice(Duration perWord, String speaker) {
    this.perWord = perWord;
    this.traits =
        new VoiceTraits("scripted", speaker, perWord.toMillis() + "ms", ToneCode.RATE, true);
  }

  /// The speaker of this name, the usual one for any other name.
  public static ScriptedVoice of(String speaker) {
    return speaker.equals(SLOW_TONES) ? SLOW : USUAL;
  }

  /// What the speaker is called who speaks for this name.
  public static String speaker(String named) {
    return of(named).traits.voice();
  }

  /// These voices for every agent, whatever engine its file names.
  public static Voices voices() {
    return wanted -> List.of(of(wanted.speaker()));
  }

  /// The tone code of a sentence.
  public static int idOf(String sentence) {
    return idOf(TextNormalizer.normalize(sentence));
  }

  /// How many samples a sentence lasts at the usual pace.
  public static int samplesOf(String sentence) {
    long words = TextNormalizer.normalize(sentence).stream().mapToLong(SpokenWord::count).sum();
    return (int) (millis(WORD, words) * ToneCode.RATE / 1_000);
  }

  private static long millis(Duration perWord, long words) {
    return Math.max(SHORTEST.toMillis(), perWord.toMillis() * words);
  }

  private static int idOf(List<SpokenWord> words) {
    int hash = words.stream().map(SpokenWord::spoken).toList().hashCode();
    return (hash ^ hash >>> 16) & 0xFFFF;
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
    long millis = millis(perWord, clause.count());
    List<Integer> phones = clause.words().stream().map(WordTimes::phones).toList();
    sink.words(WordTimes.estimate(clause.words(), phones, 0, millis));
    sink.audio(Pcm.toFloats(ToneCode.encode(idOf(clause.words()), (int) millis)));
  }
}
