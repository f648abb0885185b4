package dev.voxlog.tts;

/// Brings the voice to telephone level by a fixed gain, so that clauses keep their loudness to each
/// other, and rounds off what would clip.
public final class Loudness {
  private static final float GAIN = 1.0f;
  private static final float KNEE = 0.8f;

  private Loudness() {}

  public static float[] leveled(float[] audio) {
    float[] result = new float[audio.length];
    for (int i = 0; i < audio.length; i++) {
      result[i] = limited(audio[i] * GAIN);
    }
    return result;
  }

  /// Linear up to the knee, then bending towards full scale.
  private static float limited(float sample) {
    float magnitude = Math.abs(sample);
    if (magnitude <= KNEE) {
      return sample;
    }
    float room = 1 - KNEE;
    float bent = KNEE + room * (float) Math.tanh((magnitude - KNEE) / room);
    return Math.copySign(bent, sample);
  }
}
