package dev.voxlog.tts;

import dev.voxlog.tts.text.Break;

/// Cuts the silence a model puts around a clause and puts the pause there that the punctuation
/// means.
public final class Edges {
  private static final double QUIET = 0.006;
  private static final int LEAD_MS = 25;
  private static final int WINDOW_MS = 10;

  private Edges() {}

  /// Audio with its speech between two times, in milliseconds.
  public static final class Trimmed {
    private final float[] samples;
    private final long speechFromMs;
    private final long speechToMs;

    private Trimmed(float[] samples, long speechFromMs, long speechToMs) {
      this.samples = samples;
      this.speechFromMs = speechFromMs;
      this.speechToMs = speechToMs;
    }

    /// Not a copy.
    public float[] samples() {
      return samples;
    }

    public long speechFromMs() {
      return speechFromMs;
    }

    public long speechToMs() {
      return speechToMs;
    }
  }

  public static Trimmed trim(float[] audio, Break after, int rate) {
    int window = rate * WINDOW_MS / 1000;
    int first = 0;
    while (first + window < audio.length && level(audio, first, window) < QUIET) {
      first += window;
    }
    int last = audio.length;
    while (last - window > first && level(audio, last - window, window) < QUIET) {
      last -= window;
    }
    int lead = Math.min(first, rate * LEAD_MS / 1000);
    int tail = rate * pauseMs(after) / 1000;
    float[] result = new float[lead + (last - first) + tail];
    int copied = Math.min(audio.length - (first - lead), result.length);
    System.arraycopy(audio, first - lead, result, 0, copied);
    fadeOut(result, rate / 100, copied);
    return new Trimmed(result, lead * 1000L / rate, (lead + last - first) * 1000L / rate);
  }

  private static int pauseMs(Break after) {
    return switch (after) {
      case NONE -> 20;
      case COMMA -> 160;
      case STOP, QUESTION, EXCLAMATION -> 300;
    };
  }

  private static double level(float[] audio, int from, int length) {
    double sum = 0;
    for (int i = from; i < from + length; i++) {
      sum += audio[i] * audio[i];
    }
    return Math.sqrt(sum / length);
  }

  private static void fadeOut(float[] audio, int length, int end) {
    for (int i = Math.max(0, end - length); i < end; i++) {
      audio[i] *= (float) (end - i) / length;
    }
  }
}
