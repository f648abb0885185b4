package dev.voxlog.egress;

import dev.voxlog.schemas.AgentAudio.Chunk;
import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.TurnEvent.Purpose;
import dev.voxlog.schemas.Word;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One sentence of the agent: its audio as far as it has come, and how far of it has been sent.
final class SpokenSentence {
  private static final long FRAME_MS = 20;

  private final int turn;
  private final int number;
  private final Purpose purpose;
  private final List<Chunk> chunks = new ArrayList<>();
  private int nextChunk;
  private long nextMs;
  private long resumeFrom = -1;
  private long heardMs;
  private boolean isDropped;
  private boolean isPlayingTold;

  SpokenSentence(int turn, int number, Purpose purpose) {
    this.turn = turn;
    this.number = number;
    this.purpose = purpose;
  }

  int turn() {
    return turn;
  }

  int number() {
    return number;
  }

  boolean isInterruptible() {
    return purpose != Purpose.DISCLOSURE;
  }

  boolean isFiller() {
    return purpose == Purpose.FILLER;
  }

  /// Takes the sentence's next chunk; false for one it has.
  boolean add(Chunk chunk) {
    if (!chunks.isEmpty() && chunk.chunk() <= chunks.getLast().chunk()) {
      return false;
    }
    chunks.add(chunk);
    return true;
  }

  /// Nobody is to hear what is left of it.
  void drop() {
    isDropped = true;
  }

  boolean isDropped() {
    return isDropped;
  }

  /// True the first time it is asked.
  boolean tellPlaying() {
    boolean isFirst = !isPlayingTold;
    isPlayingTold = true;
    return isFirst;
  }

  // Its audio.

  /// The whole sentence is here.
  boolean isComplete() {
    return !chunks.isEmpty() && chunks.getLast().isLast();
  }

  boolean isFailed() {
    return !chunks.isEmpty() && chunks.getLast().isFailed();
  }

  long durationMs() {
    return chunks.isEmpty() ? 0 : endMs(chunks.getLast());
  }

  private static long endMs(Chunk chunk) {
    return chunk.offsetMs() + chunk.codec().millis(chunk.audio().length());
  }

  // Sending it.

  /// Whether there is a piece to be sent now.
  boolean hasNext() {
    if (resumeFrom >= 0) {
      if (durationMs() <= resumeFrom && !isComplete()) {
        return false;
      }
      goTo(wordBoundary(resumeFrom));
      resumeFrom = -1;
    }
    return nextChunk < chunks.size();
  }

  /// Whether it begins no later than this chunk.
  boolean isUpTo(ChunkName chunk) {
    return !new ChunkName(turn, number, 0).isAfter(chunk);
  }

  boolean hasNextUpTo(ChunkName chunk) {
    return hasNext() && !new ChunkName(turn, number, chunks.get(nextChunk).chunk()).isAfter(chunk);
  }

  /// It was not stopped after all, or has been going on since.
  void playsOn() {
    resumeFrom = -1;
  }

  Piece next() {
    Chunk chunk = chunks.get(nextChunk++);
    long from = Math.max(nextMs, chunk.offsetMs());
    nextMs = Math.max(from, endMs(chunk));
    AudioBytes audio = chunk.audio();
    int skipped = chunk.codec().bytes(Duration.ofMillis(from - chunk.offsetMs()));
    if (skipped > 0) {
      audio = skipped >= audio.length() ? AudioBytes.EMPTY : audio.slice(skipped, audio.length());
    }
    return new Piece(
        this, new ChunkName(turn, number, chunk.chunk()), audio, from, nextMs, chunk.isLast());
  }

  boolean isSent() {
    return isComplete() && resumeFrom < 0 && nextChunk == chunks.size();
  }

  /// What was sent from `ms` on has to be sent again.
  void rewind(long ms) {
    resumeFrom = -1;
    goTo(ms);
  }

  /// The caller stopped hearing at `ms`: sending goes on there, at the word that was cut off.
  void resumeFrom(long ms) {
    resumeFrom = ms;
  }

  private void goTo(long ms) {
    nextMs = ms;
    nextChunk = 0;
    while (nextChunk < chunks.size() - 1 && endMs(chunks.get(nextChunk)) <= ms) {
      nextChunk++;
    }
  }

  private long wordBoundary(long ms) {
    long start = ms;
    for (Word word : words().toList()) {
      if (!isHeard(word, ms)) {
        start = Math.min(word.startMs(), ms);
        break;
      }
    }
    return Math.max(0, start - start % FRAME_MS);
  }

  // What was heard of it.

  /// Up to where the caller has certainly or presumably heard it.
  long heardMs() {
    return heardMs;
  }

  void heardUntil(long ms) {
    heardMs = Math.max(heardMs, ms);
  }

  /// Its words up to `ms`; a word counts once its middle has been played.
  String textUntil(long ms) {
    return words()
        .filter(word -> isHeard(word, ms))
        .map(Word::text)
        .collect(Collectors.joining(" "));
  }

  String text() {
    return words().map(Word::text).collect(Collectors.joining(" "));
  }

  /// The sentence as it is written, with what has not been spoken yet.
  String writtenText() {
    String written = chunks.isEmpty() ? null : chunks.getFirst().text();
    return written == null ? text() : written;
  }

  private static boolean isHeard(Word word, long ms) {
    return (word.startMs() + word.endMs()) / 2 <= ms;
  }

  private Stream<Word> words() {
    return chunks.stream().flatMap(chunk -> chunk.words().stream());
  }
}
