package dev.voxlog.cli.call;

import dev.voxlog.audio.G711;
import dev.voxlog.audio.Levels;
import dev.voxlog.audio.Pcm;
import dev.voxlog.testkit.speech.PhoneLine;
import java.util.Arrays;
import java.util.Random;

/// A caller's voice as it comes over a noisy telephone line: band-limited, with noise of a given
/// distance below the speech over the whole file, as µ-law. The same seed gives the same bytes.
@SuppressWarnings("ArrayRecordComponent") // a carrier of samples between two calls, never compared
record LineNoise(byte[] mulaw, SpeechEdges edges) {
  private static final int MARGIN = 2_400; // 300 ms before and after
  private static final int FRAME = 160;
  private static final double ACTIVE_DB = 30;

  /// Speech at 8 kHz; `snrDb` is the level of its active frames over the noise.
  static LineNoise over(float[] speech, double snrDb, long seed) {
    float[] clean = new float[speech.length + 2 * MARGIN];
    System.arraycopy(speech, 0, clean, MARGIN, speech.length);
    clean = PhoneLine.narrowed(clean);
    Random random = new Random(seed);
    float[] white = new float[clean.length];
    for (int i = 0; i < white.length; i++) {
      white[i] = (float) random.nextGaussian() * 0.1f;
    }
    float[] noise = PhoneLine.narrowed(white);
    float gain = (float) Math.pow(10, (activeDbfs(clean) - snrDb - Levels.rmsDbfs(noise)) / 20);
    float[] mixed = new float[clean.length];
    for (int i = 0; i < mixed.length; i++) {
      mixed[i] = clean[i] + gain * noise[i];
    }
    return new LineNoise(G711.encodeMulaw(Pcm.toShorts(mixed)), SpeechEdges.of(clean));
  }

  /// As it is, without noise.
  static LineNoise without(float[] sound) {
    return new LineNoise(G711.encodeMulaw(Pcm.toShorts(sound)), SpeechEdges.of(sound));
  }

  /// The mean level of the frames that are within 30 dB of the loudest one: pauses do not count.
  static double activeDbfs(float[] speech) {
    int frames = speech.length / FRAME;
    double[] power = new double[frames];
    double loudest = 0;
    for (int f = 0; f < frames; f++) {
      power[f] =
          Math.pow(10, Levels.rmsDbfs(Arrays.copyOfRange(speech, f * FRAME, (f + 1) * FRAME)) / 10);
      loudest = Math.max(loudest, power[f]);
    }
    double floor = loudest * Math.pow(10, -ACTIVE_DB / 10);
    double mean = Arrays.stream(power).filter(each -> each >= floor).average().orElse(1e-12);
    return 10 * Math.log10(Math.max(mean, 1e-12));
  }
}
