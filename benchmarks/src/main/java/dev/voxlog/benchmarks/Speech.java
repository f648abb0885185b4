package dev.voxlog.benchmarks;

import dev.voxlog.audio.G711;
import dev.voxlog.audio.Pcm;
import java.util.Arrays;
import java.util.Random;

/// Three seconds that sound somewhat like a voice on a line: a gliding pitch with its overtones, in
/// syllables with pauses between, over noise.
final class Speech {
  static final int SECONDS = 3;
  static final int FRAMES_PER_SECOND = 50;

  private static final int OVERTONES = 20;

  private Speech() {}

  static float[] at(int rate) {
    Random noise = new Random(7);
    float[] sound = new float[SECONDS * rate];
    double phase = 0;
    for (int i = 0; i < sound.length; i++) {
      double t = (double) i / rate;
      double pitch = 120 + 25 * Math.sin(2 * Math.PI * 0.7 * t);
      phase += 2 * Math.PI * pitch / rate;
      double syllable = Math.max(0, Math.sin(2 * Math.PI * 2.2 * t));
      double pause = t < 1 ? 1 : 0;
      double voice = 0;
      for (int k = 1; k <= OVERTONES && k * pitch < rate / 2.0; k++) {
        voice += Math.sin(k * phase) / k;
      }
      sound[i] = (float) (0.2 * pause * syllable * voice + 0.003 * noise.nextGaussian());
    }
    return sound;
  }

  /// Frames of 20 ms, as a telephone line carries them.
  static byte[][] frames() {
    byte[] mulaw = G711.encodeMulaw(Pcm.toShorts(at(8_000)));
    int length = 8_000 / FRAMES_PER_SECOND;
    byte[][] frames = new byte[mulaw.length / length][];
    for (int i = 0; i < frames.length; i++) {
      frames[i] = Arrays.copyOfRange(mulaw, i * length, (i + 1) * length);
    }
    return frames;
  }
}
