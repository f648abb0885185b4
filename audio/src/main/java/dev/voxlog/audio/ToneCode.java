package dev.voxlog.audio;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// An id from 0 to 65535 as a sound at 8 kHz, for scripted engines and tests: what was played can
/// be told from what was heard.
///
/// A frame is a marker, four digits to base 16 and a checksum digit, each a dual tone of 40 ms;
/// frames repeat for as long as the sound lasts, and an end tone closes it. So any whole frame
/// tells the id, wherever the sound was cut.
public final class ToneCode {
  /// Samples a second.
  public static final int RATE = 8_000;

  static final int SYMBOL = RATE * 40 / 1_000;
  static final int FRAME_SYMBOLS = 6;
  static final int DIGITS = 4;
  static final int START = 16;
  static final int REPEAT = 17;
  static final int END = 18;

  /// Whole cycles in a detection window of 30 ms, so that the tones do not leak into each other.
  static final int[] LOW_HERTZ = {500, 700, 900, 1_100, 1_300};

  static final int[] HIGH_HERTZ = {1_700, 2_000, 2_300, 2_600};

  private static final double TONE_AMPLITUDE = 8_000;
  private static final int RAMP = RATE * 2 / 1_000;

  private ToneCode() {}

  /// A code found in a stream, from `startSample` up to before `endSample` (5 ms exact); whether
  /// its own beginning and end are there.
  public record Heard(
      int id, int startSample, int endSample, boolean hasBeginning, boolean hasEnd) {
    /// Neither end is missing.
    public boolean whole() {
      return hasBeginning && hasEnd;
    }
  }

  /// A sound as it was heard: its pieces, where gaps tore it apart.
  public record Sound(int id, List<Heard> pieces) {
    public Sound {
      pieces = List.copyOf(pieces);
    }

    /// How long it was heard, without the gaps. A sound of which a part was heard twice is longer
    /// than it was made.
    public int samples() {
      return pieces.stream().mapToInt(piece -> piece.endSample() - piece.startSample()).sum();
    }

    private boolean goesOnWith(Heard next) {
      return next.id() == id && !pieces.getLast().hasEnd() && !next.hasBeginning();
    }
  }

  /// The shortest sound of the id, 280 ms.
  public static short[] encode(int id) {
    return encode(id, 0);
  }

  /// A sound of the id of at least this many milliseconds (exact from 280 on).
  ///
  /// @throws IllegalArgumentException if the id is not in 0..65535
  public static short[] encode(int id, int millis) {
    int[] frame = frame(id);
    int length = Math.max((FRAME_SYMBOLS + 1) * SYMBOL, millis * RATE / 1_000);
    int body = length - SYMBOL;
    short[] sound = new short[length];
    for (int i = 0; i < length; i++) {
      int symbol = i / SYMBOL;
      int tone = i >= body ? END : symbol == 0 ? START : frame[symbol % FRAME_SYMBOLS];
      double ramp = Math.min(1, Math.min(i + 1, length - i) / (double) RAMP);
      sound[i] =
          (short)
              Math.round(ramp * TONE_AMPLITUDE * (sine(lowOf(tone), i) + sine(highOf(tone), i)));
    }
    return sound;
  }

  /// The codes in a stream, in order. Speech, noise and silence give none.
  public static List<Heard> decode(short[] pcm8k) {
    return new ToneReader(pcm8k).read();
  }

  /// The same, with what a gap tore apart taken for one sound.
  public static List<Sound> sounds(short[] pcm8k) {
    List<Sound> sounds = new ArrayList<>();
    for (Heard piece : decode(pcm8k)) {
      if (!sounds.isEmpty() && sounds.getLast().goesOnWith(piece)) {
        Sound torn = sounds.removeLast();
        sounds.add(
            new Sound(torn.id(), Stream.concat(torn.pieces().stream(), Stream.of(piece)).toList()));
      } else {
        sounds.add(new Sound(piece.id(), List.of(piece)));
      }
    }
    return sounds;
  }

  /// The ids of the sounds alone.
  public static List<Integer> ids(short[] pcm8k) {
    return sounds(pcm8k).stream().map(Sound::id).toList();
  }

  /// The symbols of a frame that repeats.
  static int[] frame(int id) {
    if (id < 0 || id > 0xFFFF) {
      throw new IllegalArgumentException("a tone code holds 0 to 65535, not " + id);
    }
    int[] frame = {REPEAT, id >> 12, id >> 8 & 15, id >> 4 & 15, id & 15, 0};
    frame[FRAME_SYMBOLS - 1] = checksum(frame);
    return frame;
  }

  /// Odd weights, so that any one wrong digit shows.
  static int checksum(int[] frame) {
    return (frame[1] + 3 * frame[2] + 5 * frame[3] + 7 * frame[4] + 9) & 15;
  }

  static int lowOf(int tone) {
    return LOW_HERTZ[tone / HIGH_HERTZ.length];
  }

  static int highOf(int tone) {
    return HIGH_HERTZ[tone % HIGH_HERTZ.length];
  }

  private static double sine(int hertz, int sample) {
    return Math.sin(2 * Math.PI * hertz * sample / RATE);
  }
}
