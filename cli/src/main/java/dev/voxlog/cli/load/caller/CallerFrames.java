package dev.voxlog.cli.load.caller;

import dev.voxlog.audio.G711;
import dev.voxlog.audio.Pcm;
import dev.voxlog.audio.ToneCode;
import dev.voxlog.cli.call.Sound;
import dev.voxlog.cli.load.caller.Talk.Line;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// What all callers say, as base64 of frames of 20 ms, made once: a tone that fills a line, speech,
/// and silence. Safe from any thread.
public final class CallerFrames {
  private static final int FRAME_BYTES = 160;
  private static final double AMPLITUDE = 0.3;
  private static final int HERTZ = 700;

  /// RMS of the noise of a line, −60 dBFS: what is not said is no digital silence on telephones,
  /// and to some detectors the difference is worth much.
  private static final double NOISE = 1e-3;

  /// A second, again and again.
  private static final int NOISE_FRAMES = 50;

  private final List<byte[]> silence = new ArrayList<>();
  private final byte[] tone;

  public CallerFrames() {
    Random random = new Random(8_000);
    for (int i = 0; i < NOISE_FRAMES; i++) {
      float[] noise = new float[FRAME_BYTES];
      for (int j = 0; j < noise.length; j++) {
        noise[j] = (float) (NOISE * random.nextGaussian());
      }
      silence.add(Base64.getEncoder().encode(G711.encodeMulaw(Pcm.toShorts(noise))));
    }
    // A whole number of cycles, so that frames join without a click.
    float[] sound = new float[FRAME_BYTES];
    for (int i = 0; i < sound.length; i++) {
      sound[i] = (float) (AMPLITUDE * Math.sin(2 * Math.PI * HERTZ * i / ToneCode.RATE));
    }
    tone = Base64.getEncoder().encode(G711.encodeMulaw(Pcm.toShorts(sound)));
  }

  /// All that is said in cycles of this talk.
  public List<Saying> sayings(Talk talk) {
    Speech speech = talk.speech();
    return speech == null
        ? List.of(tones(talk.lines()))
        : speech.recordings().stream().map(this::spoken).toList();
  }

  private Saying tones(List<Line> lines) {
    List<byte[]> frames = new ArrayList<>();
    for (Line line : lines) {
      while (frames.size() < line.begin()) {
        frames.add(silence.get(frames.size() % NOISE_FRAMES));
      }
      frames.addAll(Collections.nCopies(line.end() - line.begin(), tone));
    }
    return new Saying(lines, frames, silence);
  }

  /// A frame goes out when its last sample has been said, so that speech is over at its own last
  /// sample, within the frame.
  private Saying spoken(Sound sound) {
    byte[] mulaw = G711.encodeMulaw(sound.pcm());
    List<byte[]> frames = new ArrayList<>();
    for (int at = 0; at < mulaw.length; at += FRAME_BYTES) {
      byte[] frame = new byte[FRAME_BYTES];
      Arrays.fill(frame, G711.MULAW_SILENCE);
      System.arraycopy(mulaw, at, frame, 0, Math.min(FRAME_BYTES, mulaw.length - at));
      frames.add(Base64.getEncoder().encode(frame));
    }
    int end = sound.edges().end();
    Duration said = Speech.lasting(end).minus(Talk.FRAME);
    return new Saying(List.of(new Line(0, (end - 1) / FRAME_BYTES, said, false)), frames, silence);
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
