package dev.voxlog.tts;

import dev.voxlog.schemas.AgentAudio;
import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.Codec;
import dev.voxlog.schemas.TurnEvent;
import dev.voxlog.schemas.Word;
import dev.voxlog.tts.text.SpokenClause;
import dev.voxlog.tts.text.SpokenWord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One sentence on its way to the caller: which clauses are still to be said, and the chunks made
/// of those that were.
///
/// After a takeover the clauses are said again from the first and what a predecessor wrote is left
/// out. Should they now come out with other timing (another voice, another call codec), its last
/// chunk is where the sentence is taken up: with the first word it had not begun.
final class SentenceSpeech {
  private final TurnEvent.Sentence sentence;
  private final Duration usualChunk;
  private final List<AgentAudio.Chunk> written;
  private final Deque<SpokenClause> clauses;
  private final List<SpokenWord> words = new ArrayList<>();
  private int chunk;
  private long offsetMs;

  SentenceSpeech(
      TurnEvent.Sentence sentence,
      List<SpokenClause> clauses,
      Duration usualChunk,
      List<AgentAudio.Chunk> written) {
    this.sentence = sentence;
    this.usualChunk = usualChunk;
    this.written = written;
    this.clauses = new ArrayDeque<>(clauses);
    clauses.forEach(clause -> words.addAll(clause.words()));
  }

  TurnEvent.Sentence sentence() {
    return sentence;
  }

  /// The clause to say next, null when the sentence is said.
  @Nullable SpokenClause next() {
    return clauses.peek();
  }

  /// Takes the sound of [#next]; gives the chunks of it that are not in the log. `splitting` cuts
  /// words into clauses, should the sentence have to be taken up elsewhere.
  List<AgentAudio.Chunk> said(Spoken spoken, Codec codec, Instant at, Splitting splitting) {
    clauses.remove();
    List<AgentAudio.Chunk> made = new ArrayList<>();
    for (AgentAudio.Chunk each : chunks(spoken, codec, at)) {
      if (chunk >= written.size()) {
        made.add(each);
      } else if (!isSameStretch(each, written.get(chunk))) {
        return takenUpAfterWritten(codec, at, splitting);
      }
      chunk++;
      offsetMs += codec.millis(each.audio().length());
    }
    return made;
  }

  private List<AgentAudio.Chunk> takenUpAfterWritten(Codec codec, Instant at, Splitting splitting) {
    AgentAudio.Chunk last = written.getLast();
    int begun = written.stream().mapToInt(each -> each.words().size()).sum();
    chunk = written.size();
    offsetMs = last.offsetMs() + last.codec().millis(last.audio().length());
    clauses.clear();
    clauses.addAll(splitting.clauses(words.subList(Math.min(begun, words.size()), words.size())));
    return clauses.isEmpty() ? List.of(closing(codec, at, false)) : List.of();
  }

  /// The chunk that says that the sentence, or what was left of it, cannot be spoken.
  AgentAudio.Chunk failure(Codec codec, Instant at) {
    clauses.clear();
    chunk = Math.max(chunk, written.size());
    return closing(codec, at, true);
  }

  private AgentAudio.Chunk closing(Codec codec, Instant at, boolean isFailed) {
    return new AgentAudio.Chunk(
        sentence.callId(),
        at,
        sentence.turn(),
        sentence.sentence(),
        chunk,
        codec,
        AudioBytes.EMPTY,
        offsetMs,
        List.of(),
        true,
        isFailed,
        sentence.purpose(),
        textOf(chunk++));
  }

  private @Nullable String textOf(int number) {
    return number == 0 ? sentence.text() : null;
  }

  /// All chunks of a clause, whole carrier frames each; a rest too short for a record of its own is
  /// part of the last.
  private List<AgentAudio.Chunk> chunks(Spoken spoken, Codec codec, Instant at) {
    AudioBytes audio = spoken.encoded(codec);
    int usual = codec.bytes(usualChunk);
    int count = Math.max(1, audio.length() / usual);
    List<AgentAudio.Chunk> chunks = new ArrayList<>();
    int told = 0;
    for (int i = 0; i < count; i++) {
      boolean isClauseEnd = i == count - 1;
      int to = isClauseEnd ? audio.length() : (i + 1) * usual;
      int begun =
          isClauseEnd ? spoken.words().size() : begunBefore(spoken.words(), codec.millis(to), told);
      chunks.add(
          new AgentAudio.Chunk(
              sentence.callId(),
              at,
              sentence.turn(),
              sentence.sentence(),
              chunk + i,
              codec,
              audio.slice(i * usual, to),
              offsetMs + codec.millis(i * usual),
              spoken.words().subList(told, begun).stream().map(this::inSentence).toList(),
              isClauseEnd && clauses.isEmpty(),
              false,
              sentence.purpose(),
              textOf(chunk + i)));
      told = begun;
    }
    return chunks;
  }

  private static int begunBefore(List<Word> words, long ms, int from) {
    int begun = from;
    while (begun < words.size() && words.get(begun).startMs() < ms) {
      begun++;
    }
    return begun;
  }

  private Word inSentence(Word word) {
    return new Word(
        word.text(),
        word.startMs() + offsetMs,
        word.endMs() + offsetMs,
        word.confidence(),
        word.isEstimated());
  }

  /// Equal timing is what makes a seam unheard; samples may differ in the last bit between
  /// machines.
  private static boolean isSameStretch(AgentAudio.Chunk one, AgentAudio.Chunk other) {
    return one.codec() == other.codec()
        && one.offsetMs() == other.offsetMs()
        && one.audio().length() == other.audio().length()
        && one.words().equals(other.words());
  }

  /// How words become clauses.
  @FunctionalInterface
  interface Splitting {
    List<SpokenClause> clauses(List<SpokenWord> words);
  }
}
