package dev.voxlog.tts;

import dev.voxlog.audio.G711;
import dev.voxlog.audio.Pcm;
import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.Codec;
import dev.voxlog.schemas.Word;
import java.util.Arrays;
import java.util.List;

/// A clause's sound with its word times, from the clause's start, kept as 16-bit samples.
public final class Spoken {
  private final short[] samples;
  private final List<Word> words;

  Spoken(float[] samples, List<Word> words) {
    this(Pcm.toShorts(samples), words);
  }

  private Spoken(short[] samples, List<Word> words) {
    this.samples = samples;
    this.words = List.copyOf(words);
  }

  /// The caller hands the array over and must not change it afterwards.
  static Spoken of(short[] samples, List<Word> words) {
    return new Spoken(samples, words);
  }

  /// Not a copy: read it, never write it.
  short[] samples() {
    return samples;
  }

  /// In a call's codec: whole frames of the carrier, the last filled up with silence.
  AudioBytes encoded(Codec codec) {
    int frame = (int) (codec.sampleRate() * TtsConfig.FRAME.toMillis() / 1_000);
    short[] whole =
        Arrays.copyOf(samples, Math.max(1, Math.ceilDiv(samples.length, frame)) * frame);
    return AudioBytes.wrap(
        codec.bytesPerSample() == 1 ? G711.encodeMulaw(whole) : Pcm.toBytes(whole));
  }

  List<Word> words() {
    return words;
  }
}
