package dev.voxlog.ingress;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.SplittableRandom;

/// WebSocket frames as RFC 6455 §5.2 lays them out, with anything wrong: opcodes, reserved bits,
/// masks and lengths that are not allowed or not true, texts that are no UTF-8, control frames in
/// fragments, and plain noise. The same for the same seed.
final class BrokenFrames {
  private static final int FINAL = 0x80;
  private static final int MASKED = 0x80;
  private static final int TEXT = 1;
  private static final int LENGTH_OF_16_BITS = 126;
  private static final int LENGTH_OF_64_BITS = 127;

  private final SplittableRandom random;
  private final List<String> valid;

  BrokenFrames(long seed, List<String> valid) {
    random = new SplittableRandom(seed);
    this.valid = List.copyOf(valid);
  }

  byte[] next() {
    if (random.nextInt(4) == 0) {
      return noise(1 + random.nextInt(300));
    }
    byte[] payload = payload();
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(first());
    length(frame, random.nextInt(8) == 0 ? random.nextLong() : payload.length);
    byte[] mask = noise(4);
    frame.writeBytes(mask);
    for (int i = 0; i < payload.length; i++) {
      frame.write(payload[i] ^ mask[i % 4]);
    }
    return frame.toByteArray();
  }

  private int first() {
    return switch (random.nextInt(4)) {
      case 0 -> random.nextInt(256);
      case 1 -> random.nextInt(16);
      case 2 -> FINAL | random.nextInt(16);
      default -> FINAL | TEXT;
    };
  }

  private void length(ByteArrayOutputStream frame, long length) {
    int masked = random.nextInt(16) == 0 ? 0 : MASKED;
    if (length >= 0 && length < LENGTH_OF_16_BITS && random.nextInt(4) > 0) {
      frame.write(masked | (int) length);
    } else if (length >= 0 && length <= 0xffff && random.nextInt(4) > 0) {
      frame.write(masked | LENGTH_OF_16_BITS);
      bytes(frame, length, 2);
    } else {
      frame.write(masked | LENGTH_OF_64_BITS);
      bytes(frame, length, 8);
    }
  }

  private static void bytes(ByteArrayOutputStream frame, long value, int count) {
    for (int i = count - 1; i >= 0; i--) {
      frame.write((int) (value >>> (8 * i)));
    }
  }

  private byte[] payload() {
    byte[] text = valid.get(random.nextInt(valid.size())).getBytes(UTF_8);
    if (random.nextBoolean()) {
      text[random.nextInt(text.length)] = (byte) random.nextInt(256);
    }
    return text;
  }

  private byte[] noise(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
