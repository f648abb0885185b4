package dev.voxlog.cli.load;

import dev.voxlog.audio.G711;
import dev.voxlog.audio.Pcm;
import dev.voxlog.audio.ToneCode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/// What all callers say, as base64 of frames of 20 ms, made once: a tone that fills a line, and
/// silence. Safe from any thread.
final class CallerFrames {
  private static final int FRAME_BYTES = 160;
  private static final double AMPLITUDE = 0.3;
  private static final int HERTZ = 700;

  private final byte[] silence;
  private final byte[] tone;

  CallerFrames() {
    byte[] quiet = new byte[FRAME_BYTES];
    Arrays.fill(quiet, G711.MULAW_SILENCE);
    silence = Base64.getEncoder().encode(quiet);
    // A whole number of cycles, so that frames join without a click.
    float[] sound = new float[FRAME_BYTES];
    for (int i = 0; i < sound.length; i++) {
      sound[i] = (float) (AMPLITUDE * Math.sin(2 * Math.PI * HERTZ * i / ToneCode.RATE));
    }
    tone = Base64.getEncoder().encode(G711.encodeMulaw(Pcm.toShorts(sound)));
  }

  /// The payload of a frame; not to be written.
  byte[] payload(boolean isVoiced) {
    return isVoiced ? tone : silence;
  }

  /// Writes a decimal number.
  static void number(ByteBuffer into, long number) {
    if (number >= 10) {
      number(into, number / 10);
    }
    into.put((byte) ('0' + number % 10));
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
