package dev.voxlog.runtime;

import java.time.Duration;
import java.util.Optional;

/// What the commit of an input other than `calls` tells whoever asks how far a stage is: the offset
/// it has read to, which the committed one says nothing about, and how long its work waits for an
/// engine when that is worth telling. `round` makes a wait that lasts a new note each time: one
/// that stays as it is comes from somebody who is gone.
///
/// Written as `version;position` or `version;position;wait;round`, numbers to base 36.
record ReadNote(long position, Duration engineWait, long round) {
  private static final Duration WORTH_TELLING = Duration.ofMillis(500);
  private static final String VERSION = "r1";
  private static final int RADIX = 36;

  /// Waits too short to matter are not told, so that they cause no commits.
  static ReadNote of(long position, Duration engineWait, long round) {
    return engineWait.compareTo(WORTH_TELLING) < 0
        ? new ReadNote(position, Duration.ZERO, 0)
        : new ReadNote(position, Duration.ofMillis(engineWait.toMillis()), round);
  }

  String encode() {
    String read = VERSION + ";" + Long.toString(position, RADIX);
    return engineWait.isZero()
        ? read
        : read
            + ";"
            + Long.toString(engineWait.toMillis(), RADIX)
            + ";"
            + Long.toString(round, RADIX);
  }

  /// Empty for a note of another version, a broken one and none at all.
  static Optional<ReadNote> decode(String text) {
    String[] parts = text.split(";", -1);
    if (!parts[0].equals(VERSION) || (parts.length != 2 && parts.length != 4)) {
      return Optional.empty();
    }
    try {
      long position = Long.parseLong(parts[1], RADIX);
      return Optional.of(
          parts.length == 2
              ? new ReadNote(position, Duration.ZERO, 0)
              : new ReadNote(
                  position,
                  Duration.ofMillis(Long.parseLong(parts[2], RADIX)),
                  Long.parseLong(parts[3], RADIX)));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
