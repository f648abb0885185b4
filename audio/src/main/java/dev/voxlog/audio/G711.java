package dev.voxlog.audio;

/// ITU-T G.711 µ-law and A-law, one byte a sample, by table. Samples are 16-bit linear.
public final class G711 {
  private static final int MULAW_BIAS = 0x84;
  private static final int MULAW_CLIP = 32_635;
  private static final short[] FROM_MULAW = new short[256];
  private static final short[] FROM_ALAW = new short[256];

  /// By the upper 14 bits of a sample: neither law looks at the lower two.
  private static final byte[] TO_MULAW = new byte[1 << 14];

  private static final byte[] TO_ALAW = new byte[1 << 14];

  /// Silence in µ-law.
  public static final byte MULAW_SILENCE = (byte) 0xFF;

  static {
    for (int code = 0; code < 256; code++) {
      FROM_MULAW[code] = mulawToLinear(code);
      FROM_ALAW[code] = alawToLinear(code);
    }
    for (int high = 0; high < TO_MULAW.length; high++) {
      TO_MULAW[high] = linearToMulaw((short) (high << 2));
      TO_ALAW[high] = linearToAlaw((short) (high << 2));
    }
  }

  private G711() {}

  public static short[] decodeMulaw(byte[] bytes) {
    return decode(bytes, FROM_MULAW);
  }

  public static short[] decodeAlaw(byte[] bytes) {
    return decode(bytes, FROM_ALAW);
  }

  private static short[] decode(byte[] bytes, short[] table) {
    short[] samples = new short[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      samples[i] = table[bytes[i] & 0xFF];
    }
    return samples;
  }

  public static byte[] encodeMulaw(short[] samples) {
    return encode(samples, TO_MULAW);
  }

  public static byte[] encodeAlaw(short[] samples) {
    return encode(samples, TO_ALAW);
  }

  private static byte[] encode(short[] samples, byte[] table) {
    byte[] bytes = new byte[samples.length];
    for (int i = 0; i < samples.length; i++) {
      bytes[i] = table[(samples[i] & 0xFFFF) >> 2];
    }
    return bytes;
  }

  private static short mulawToLinear(int code) {
    int inverted = ~code & 0xFF;
    int exponent = (inverted >> 4) & 7;
    int magnitude = (((inverted & 0x0F) << 3) + MULAW_BIAS << exponent) - MULAW_BIAS;
    return (short) ((inverted & 0x80) != 0 ? -magnitude : magnitude);
  }

  private static byte linearToMulaw(short sample) {
    int sign = sample < 0 ? 0x80 : 0;
    int magnitude = Math.min(Math.abs((int) sample), MULAW_CLIP) + MULAW_BIAS;
    int exponent = 31 - Integer.numberOfLeadingZeros(magnitude) - 7;
    int mantissa = (magnitude >> (exponent + 3)) & 0x0F;
    return (byte) ~(sign | exponent << 4 | mantissa);
  }

  private static short alawToLinear(int code) {
    int toggled = code ^ 0x55;
    int exponent = (toggled >> 4) & 7;
    int mantissa = (toggled & 0x0F) << 4 | 8;
    int magnitude = exponent == 0 ? mantissa : mantissa + 0x100 << exponent - 1;
    return (short) ((toggled & 0x80) != 0 ? magnitude : -magnitude);
  }

  private static byte linearToAlaw(short sample) {
    int sign = sample >= 0 ? 0x80 : 0;
    int magnitude = Math.min(sample >= 0 ? sample : -sample - 1, 32_767);
    int exponent = Math.max(0, 31 - Integer.numberOfLeadingZeros(Math.max(magnitude, 1)) - 7);
    int mantissa = magnitude >> (exponent == 0 ? 4 : exponent + 3) & 0x0F;
    return (byte) ((sign | exponent << 4 | mantissa) ^ 0x55);
  }
}
