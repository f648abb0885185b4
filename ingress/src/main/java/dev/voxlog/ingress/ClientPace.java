package dev.voxlog.ingress;

import dev.voxlog.runtime.VoxClock;
import java.time.Instant;

/// How much one client may send and ask for in a session, and type in all of its sessions together.
/// Faults and texts come back with time, so a long session is not ended for what went wrong at its
/// beginning. Confined to the node's event loop.
final class ClientPace {
  private static final int FAULTS_A_MINUTE = 200;

  /// Each text is an utterance that every stage works on.
  private static final int TEXTS_A_MINUTE = 60;

  /// Ten seconds of audio at once, in the smallest pieces that make sense, are far fewer.
  private static final int MOST_PER_SECOND = 2_000;

  private final VoxClock clock;
  private final Allowance faults;
  private final Allowance texts;
  private final Allowance characters;
  private Instant second = Instant.EPOCH;
  private int inSecond;

  /// Of `characters` all sessions of the client take.
  ClientPace(VoxClock clock, Allowance characters) {
    this.clock = clock;
    this.characters = characters;
    faults = new Allowance(FAULTS_A_MINUTE, clock.now());
    texts = new Allowance(TEXTS_A_MINUTE, clock.now());
  }

  /// A message has come; whether there are too many of them.
  boolean isFlood() {
    Instant now = clock.now();
    if (now.isBefore(second) || !now.isBefore(second.plusSeconds(1))) {
      second = now;
      inSecond = 0;
    }
    return ++inSecond > MOST_PER_SECOND;
  }

  /// One more fault; false if that is one too many.
  boolean bearsFault() {
    return faults.takes(clock.now());
  }

  /// One more text of so many characters; false if it cannot be taken now.
  boolean bearsText(int length) {
    Instant now = clock.now();
    return !texts.isEmpty(now) && characters.takes(length, now) && texts.takes(now);
  }
}
