package dev.voxlog.cli.call;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// A WAV file with G.711 µ-law inside, one channel at 8 kHz.
final class MulawFile {
  private static final short MULAW = 7;
  private static final int RATE = 8_000;

  private MulawFile() {}

  static void write(Path file, byte[] mulaw) throws IOException {
    int padded = mulaw.length + (mulaw.length & 1);
    ByteBuffer out = ByteBuffer.allocate(58 + padded).order(ByteOrder.LITTLE_ENDIAN);
    tag(out, "RIFF").putInt(50 + padded);
    tag(out, "WAVE");
    tag(out, "fmt ").putInt(18).putShort(MULAW).putShort((short) 1).putInt(RATE).putInt(RATE);
    out.putShort((short) 1).putShort((short) 8).putShort((short) 0);
    tag(out, "fact").putInt(4).putInt(mulaw.length);
    tag(out, "data").putInt(mulaw.length).put(mulaw);
    Files.write(file, out.array());
  }

  private static ByteBuffer tag(ByteBuffer out, String tag) {
    return out.put(tag.getBytes(StandardCharsets.US_ASCII));
  }
}
