package dev.voxlog.ingress.realtime;

import dev.voxlog.audio.G711;
import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.Codec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Places what a client appends on the clock of its line: a client sends no times, so where audio
/// belongs is known from how much there was before and when it came. A pause in the appending is a
/// pause on the line. Confined to one thread; time is what it is told.
public final class AppendedAudio {
  /// What comes in a rush is cut into records of this length, what comes in crumbs is gathered.
  private static final long LONGEST_MS = 100;

  private static final long SHORTEST_MS = 20;

  /// Audio that comes this late has been held up on its way; only what is later was never spoken.
  private static final Duration SLACK = Duration.ofSeconds(1);

  /// How far the line's clock may run ahead.
  private static final Duration MOST_AHEAD = Duration.ofSeconds(10);

  private final Codec codec;
  private final long bytesPerSecond;
  private final Instant begun;
  private byte[] gathered = new byte[0];
  private long end;

  /// Silence that the line's clock is ahead by.
  private long inserted;

  public AppendedAudio(Codec codec, Instant begun) {
    this.codec = codec;
    this.bytesPerSecond = (long) codec.sampleRate() * codec.bytesPerSample();
    this.begun = begun;
  }

  /// Audio at so many milliseconds of the line.
  public record Piece(long atMs, AudioBytes audio) {}

  /// Gives what is complete by now.
  ///
  /// @throws ProtocolFault if the line's clock would run too far ahead; nothing is taken
  public List<Piece> append(AudioBytes audio, Instant now) throws ProtocolFault {
    long elapsed = bytes(Duration.between(begun, now));
    long length = gathered.length + (long) audio.length();
    long late = elapsed - (end + length);
    if (-late > bytes(MOST_AHEAD)) {
      throw new ProtocolFault(
          "input_audio_buffer_too_far_ahead",
          "audio",
          "Audio may come at most "
              + MOST_AHEAD.toSeconds()
              + " s sooner than it is spoken; this append was dropped.");
    }
    if (late > bytes(SLACK)) {
      end += late - late % codec.bytesPerSample();
    }
    gathered = Arrays.copyOf(gathered, (int) length);
    System.arraycopy(audio.array(), 0, gathered, (int) length - audio.length(), audio.length());
    return cut(bytes(Duration.ofMillis(SHORTEST_MS)));
  }

  /// Gives what is left and then silence: nothing more is to be heard. Of a client that asks for it
  /// again and again, the line's clock runs ahead by twice as much at most.
  public List<Piece> silence(Duration length, Instant now) {
    long ahead = end + gathered.length - bytes(Duration.between(begun, now));
    inserted = Math.clamp(ahead, 0, inserted);
    long more = Math.min(bytes(length), 2 * bytes(length) - inserted);
    inserted += more;
    byte[] silence = new byte[(int) (more - more % codec.bytesPerSample())];
    if (codec == Codec.MULAW_8K) {
      Arrays.fill(silence, G711.MULAW_SILENCE);
    }
    List<Piece> pieces = new ArrayList<>(rest());
    gathered = silence;
    pieces.addAll(rest());
    return pieces;
  }

  /// Gives what was gathered, however little it is; half a sample is dropped.
  public List<Piece> rest() {
    List<Piece> pieces = cut(codec.bytesPerSample());
    gathered = new byte[0];
    return pieces;
  }

  /// Drops what was gathered.
  public void clear() {
    gathered = new byte[0];
  }

  private List<Piece> cut(long shortest) {
    int longest = (int) bytes(Duration.ofMillis(LONGEST_MS));
    List<Piece> pieces = new ArrayList<>();
    int from = 0;
    while (gathered.length - from >= shortest) {
      int whole = (gathered.length - from) / codec.bytesPerSample() * codec.bytesPerSample();
      int length = Math.min(whole, longest);
      AudioBytes audio = AudioBytes.wrap(Arrays.copyOfRange(gathered, from, from + length));
      pieces.add(new Piece(end * 1_000 / bytesPerSecond, audio));
      end += length;
      from += length;
    }
    gathered = Arrays.copyOfRange(gathered, from, gathered.length);
    return pieces;
  }

  private long bytes(Duration duration) {
    return duration.toMillis() * bytesPerSecond / 1_000;
  }
}
