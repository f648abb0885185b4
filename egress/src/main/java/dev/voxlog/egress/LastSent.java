package dev.voxlog.egress;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// What was sent last before playback was cut off, for a caller's program that says afterwards how
/// far it had played: it may have been less than the clock said.
final class LastSent {
  /// Some seconds of audio: a program that is further behind plays to nobody.
  private static final int MOST = 24;

  private final Deque<Piece> pieces = new ArrayDeque<>();
  private List<Piece> beforeCut = List.of();

  /// A sentence was heard up to `ms`, and no further; `isWhole` if that is its end.
  record Stop(SpokenSentence sentence, long ms, boolean isWhole) {}

  void add(Piece piece) {
    pieces.add(piece);
    if (pieces.size() > MOST) {
      pieces.remove();
    }
  }

  /// Nothing of what was sent is played any more.
  void cut() {
    beforeCut = List.copyOf(pieces);
    pieces.clear();
  }

  /// All of it has been played: no call holds the sound of what was said before.
  void played() {
    pieces.clear();
    beforeCut = List.of();
  }

  /// Where the sentences stopped if the last that was played is `ms` into the chunk; none where
  /// that was not sent lately, or where this has been asked before.
  List<Stop> stops(ChunkName chunk, long ms) {
    List<Stop> stops = new ArrayList<>();
    for (Piece piece : beforeCut) {
      boolean isLast = piece.name().equals(chunk);
      if (isLast || piece.name().isAfter(chunk)) {
        long heardMs = isLast ? Math.min(piece.fromMs() + ms, piece.toMs()) : piece.fromMs();
        boolean isWhole = isLast && piece.isSentenceEnd() && heardMs == piece.toMs();
        if (stops.stream().noneMatch(stop -> stop.sentence() == piece.sentence())) {
          stops.add(new Stop(piece.sentence(), heardMs, isWhole));
        }
      }
    }
    boolean isKnown = beforeCut.stream().anyMatch(piece -> piece.name().equals(chunk));
    beforeCut = List.of();
    return isKnown ? stops : List.of();
  }
}
