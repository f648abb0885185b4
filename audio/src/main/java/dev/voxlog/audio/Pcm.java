package dev.voxlog.audio;

/// Between 16-bit samples, floats from −1 to 1, and little-endian bytes.
public final class Pcm {
  private static final float FULL = 32_768f;

  private Pcm() {}

  public static float[] toFloats(short[] samples) {
    float[] floats = new float[samples.length];
    for (int i = 0; i < samples.length; i++) {
      floats[i] = samples[i] / FULL;
    }
    return floats;
  }

  /// Rounds, and clips what is beyond full scale.
  public static short[] toShorts(float[] floats) {
    short[] samples = new short[floats.length];
    for (int i = 0; i < floats.length; i++) {
      samples[i] =
          (short) Math.clamp(Math.round(floats[i] * FULL), Short.MIN_VALUE, Short.MAX_VALUE);
    }
    return samples;
  }

  public static byte[] toBytes(short[] samples) {
    byte[] bytes = new byte[samples.length * 2];
    for (int i = 0; i < samples.length; i++) {
      bytes[2 * i] = (byte) samples[i];
      bytes[2 * i + 1] = (byte) (samples[i] >> 8);
    }
    return bytes;
  }

  /// A trailing odd byte is left out.
  public static short[] fromBytes(byte[] bytes) {
    short[] samples = new short[bytes.length / 2];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) (bytes[2 * i] & 0xFF | bytes[2 * i + 1] << 8);
    }
    return samples;
  }
}
