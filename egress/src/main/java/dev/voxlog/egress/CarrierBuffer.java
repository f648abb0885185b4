package dev.voxlog.egress;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What has been sent and is not known to have been played: the carrier's buffer as seen from here.
///
/// Between two marks the place of playback is reckoned from the clock; a mark that comes back sets
/// it right. All places are milliseconds of audio sent since the start.
final class CarrierBuffer {
  private final Deque<Sent> pieces = new ArrayDeque<>();
  private final Map<String, ChunkName> marks = new LinkedHashMap<>();
  private long sentMs;
  private long playedMs;
  private Instant playedAt = Instant.MIN;
  private Instant endsAt = Instant.MIN;

  /// How much was surely played before the node went out of reach; null while it is in reach.
  private @Nullable Long surelyMs;

  private record Sent(Piece piece, long startMs, long endMs) {}

  /// Where the caller is in what was sent: `ms` of the piece's sentence.
  record Position(Piece piece, long ms) {}

  void sent(Piece piece, Instant now) {
    reckon(now);
    pieces.add(new Sent(piece, sentMs, sentMs + piece.durationMs()));
    sentMs += piece.durationMs();
    foreseeEnd();
  }

  private void foreseeEnd() {
    endsAt = playedAt.plusMillis(sentMs - playedMs);
  }

  /// When what was sent will have been, or was, played to its end, by the clock.
  Instant endsAt() {
    return endsAt;
  }

  /// A predecessor has sent this piece; `isPlayed` if it is known to be behind the caller.
  void inherited(Piece piece, boolean isPlayed, Instant now) {
    sent(piece, now);
    if (isPlayed) {
      playedMs = sentMs;
      foreseeEnd();
    }
  }

  void marked(String name, ChunkName after) {
    marks.put(name, after);
  }

  private void reckon(Instant now) {
    if (playedAt != Instant.MIN) {
      long passed = Math.max(0, Duration.between(playedAt, now).toMillis());
      playedMs = Math.min(sentMs, playedMs + passed);
    }
    playedAt = now;
  }

  /// The node cannot be reached: it may be dead, or still play what it was sent.
  void outOfReach(Instant now) {
    if (surelyMs == null) {
      reckon(now);
      surelyMs = playedMs;
    }
  }

  void inReach() {
    surelyMs = null;
  }

  /// The stream is gone; if its node was out of reach, nothing was played since.
  void stopped(Instant now) {
    reckon(now);
    if (surelyMs != null) {
      playedMs = surelyMs;
      surelyMs = null;
    }
  }

  boolean isInReach() {
    return surelyMs == null;
  }

  /// What is still to be played, in milliseconds.
  long remainingMs(Instant now) {
    reckon(now);
    return sentMs - playedMs;
  }

  /// The chunk that a returned mark speaks of; null for a mark nobody waits for.
  @Nullable ChunkName markReturned(String name) {
    return marks.remove(name);
  }

  /// Everything up to the chunk has been played; gives those pieces.
  List<Piece> playedThrough(ChunkName chunk, Instant now) {
    List<Piece> played = new ArrayList<>();
    while (!pieces.isEmpty() && !pieces.peek().piece().name().isAfter(chunk)) {
      Sent sent = pieces.remove();
      playedMs = sent.endMs();
      playedAt = now;
      surelyMs = surelyMs == null ? null : Math.max(surelyMs, playedMs);
      played.add(sent.piece());
      foreseeEnd();
    }
    return played;
  }

  /// By the clock, these pieces have been played, though no mark says so; they are forgotten.
  List<Piece> reckonedPlayed(Instant now) {
    reckon(now);
    List<Piece> played = new ArrayList<>();
    while (!pieces.isEmpty() && pieces.peek().endMs() <= playedMs) {
      played.add(pieces.remove().piece());
    }
    return played;
  }

  /// Where the caller is by the clock; null when everything has been played.
  @Nullable Position position(Instant now) {
    reckon(now);
    for (Sent sent : pieces) {
      if (sent.endMs() > playedMs) {
        return new Position(
            sent.piece(), sent.piece().fromMs() + Math.max(0, playedMs - sent.startMs()));
      }
    }
    return null;
  }

  boolean isEmpty() {
    return pieces.isEmpty();
  }

  /// The pieces that wait or are being played, in order.
  List<Piece> pieces() {
    return pieces.stream().map(Sent::piece).toList();
  }

  /// What comes after the chunk never arrived; gives those pieces, in order.
  List<Piece> lostAfter(ChunkName chunk) {
    Deque<Piece> lost = new ArrayDeque<>();
    while (!pieces.isEmpty() && pieces.getLast().piece().name().isAfter(chunk)) {
      Sent sent = pieces.removeLast();
      sentMs = sent.startMs();
      lost.addFirst(sent.piece());
    }
    playedMs = Math.min(playedMs, sentMs);
    foreseeEnd();
    marks.values().removeIf(name -> name.isAfter(chunk));
    return List.copyOf(lost);
  }

  /// The carrier has dropped everything; gives what was not played, in order.
  List<Piece> clear() {
    List<Piece> dropped = pieces();
    pieces.clear();
    marks.clear();
    sentMs = playedMs;
    return dropped;
  }
}
