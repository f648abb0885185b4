package dev.voxlog.audio;

/// How loud audio is, in decibels relative to full scale.
public final class Levels {
  private Levels() {}

  public static double rmsDbfs(float[] audio) {
    double sum = 0;
    for (float sample : audio) {
      sum += (double) sample * sample;
    }
    return 10 * Math.log10(Math.max(sum / Math.max(1, audio.length), 1e-12));
  }

  public static double peakDbfs(float[] audio) {
    double peak = 0;
    for (float sample : audio) {
      peak = Math.max(peak, Math.abs(sample));
    }
    return 20 * Math.log10(Math.max(peak, 1e-6));
  }

  /// The last sample whose magnitude is above the level, −1 if none is.
  public static int lastAbove(float[] audio, double dbfs) {
    double level = Math.pow(10, dbfs / 20);
    for (int i = audio.length - 1; i >= 0; i--) {
      if (Math.abs(audio[i]) > level) {
        return i;
      }
    }
    return -1;
  }

  /// As [#lastAbove(float[], double)]; which sample is the last one does not depend on the rate.
  public static int lastAbove(float[] audio, int rate, double dbfs) {
    return lastAbove(audio, dbfs);
  }

  /// The first sample whose magnitude is above the level, −1 if none is.
  public static int firstAbove(float[] audio, double dbfs) {
    double level = Math.pow(10, dbfs / 20);
    for (int i = 0; i < audio.length; i++) {
      if (Math.abs(audio[i]) > level) {
        return i;
      }
    }
    return -1;
  }
}
