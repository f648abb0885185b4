package dev.voxlog.egress;

import dev.voxlog.schemas.AgentAudio.Chunk;
import dev.voxlog.schemas.AgentAudio.TurnSpoken;
import dev.voxlog.schemas.TurnEvent.Next;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the agent has still to be heard saying, in order: sentences leave it once they were heard
/// or dropped.
final class Script {
  private static final Comparator<SpokenSentence> ORDER =
      Comparator.comparingInt(SpokenSentence::turn).thenComparingInt(SpokenSentence::number);

  private final List<SpokenSentence> sentences = new ArrayList<>();
  private final Set<Integer> settled = new HashSet<>();
  private int turn;
  private int deadThrough;
  private @Nullable TurnSpoken end;
  private boolean hasDisclosed;

  /// Turns up to this one are over.
  Script(int doneThrough) {
    turn = doneThrough;
    deadThrough = doneThrough;
  }

  /// The highest turn there was.
  int turn() {
    return turn;
  }

  /// Something that must be heard whole was there to be said.
  boolean hasDisclosed() {
    return hasDisclosed;
  }

  boolean isNewTurn(int number) {
    return number > turn;
  }

  /// A turn begins; what a lower one has not said is not said any more.
  void begin(int number) {
    deadThrough = Math.max(deadThrough, turn);
    turn = number;
    end = null;
    settled.clear();
    dropInterruptible();
  }

  /// Turns up to this one are not heard any further, but for what cannot be interrupted.
  void kill(int through) {
    deadThrough = Math.max(deadThrough, through);
    turn = Math.max(turn, through);
  }

  boolean isDead() {
    return deadThrough >= turn;
  }

  /// The sentence the chunk belongs to; null if nobody is to hear it.
  @Nullable SpokenSentence sentence(Chunk chunk) {
    if (isOver(chunk)) {
      return null;
    }
    for (SpokenSentence sentence : sentences) {
      if (sentence.turn() == chunk.turn() && sentence.number() == chunk.sentence()) {
        return sentence;
      }
    }
    SpokenSentence sentence = new SpokenSentence(chunk.turn(), chunk.sentence(), chunk.purpose());
    if (chunk.turn() <= deadThrough && sentence.isInterruptible()) {
      return null;
    }
    hasDisclosed |= !sentence.isInterruptible();
    sentences.add(sentence);
    sentences.sort(ORDER);
    return sentence;
  }

  private boolean isOver(Chunk chunk) {
    return chunk.turn() < turn
        ? sentences.stream()
            .noneMatch(s -> s.turn() == chunk.turn() && s.number() == chunk.sentence())
        : settled.contains(chunk.sentence());
  }

  void end(TurnSpoken spoken) {
    if (spoken.turn() == turn) {
      end = spoken;
    }
  }

  /// Takes out a sentence that was heard or given up.
  void settle(SpokenSentence sentence) {
    sentences.remove(sentence);
    if (sentence.turn() == turn) {
      settled.add(sentence.number());
    }
  }

  /// A predecessor has seen this sentence heard.
  void settle(int ofTurn, int sentence) {
    if (ofTurn > turn) {
      begin(ofTurn);
    }
    if (ofTurn == turn) {
      settled.add(sentence);
    }
  }

  /// Marks what is left as not to be heard; gives those sentences. They stay until they are
  /// settled, as some of their audio may be on its way.
  List<SpokenSentence> dropInterruptible() {
    List<SpokenSentence> dropped =
        sentences.stream().filter(SpokenSentence::isInterruptible).toList();
    dropped.forEach(SpokenSentence::drop);
    return dropped;
  }

  /// The words of what must be heard of the turn whatever comes, each sentence after a space.
  String stillToBeHeard(int ofTurn) {
    return sentences.stream()
        .filter(sentence -> sentence.turn() == ofTurn && !sentence.isDropped())
        .map(sentence -> " " + sentence.writtenText())
        .collect(Collectors.joining());
  }

  List<SpokenSentence> sentences() {
    return List.copyOf(sentences);
  }

  /// The first sentence that is not wholly sent, if it has audio to send.
  @Nullable SpokenSentence toSend() {
    for (SpokenSentence sentence : sentences) {
      if (!sentence.isDropped() && !sentence.isSent()) {
        return sentence.hasNext() ? sentence : null;
      }
    }
    return null;
  }

  boolean isEmpty() {
    return sentences.isEmpty();
  }

  /// The last turn has been heard to its end; null before that, and when it was broken off.
  @Nullable Next heardToItsEnd() {
    TurnSpoken spoken = end;
    boolean isWhole = spoken != null && sentences.isEmpty() && settled.size() >= spoken.sentences();
    return isWhole && !isDead() && spoken != null ? spoken.next() : null;
  }

  /// How the last turn goes on once it is heard, as far as that is known.
  @Nullable Next next() {
    return end == null || isDead() ? null : end.next();
  }

  /// Nothing more is to be heard of this turn, which is the last one or one before.
  boolean isOver(int ofTurn) {
    return sentences.stream().noneMatch(sentence -> sentence.turn() == ofTurn)
        && (ofTurn < turn || isDead() || heardToItsEnd() != null);
  }

  /// Nothing more is to be heard of any turn there was.
  boolean isOver() {
    return sentences.isEmpty() && (isDead() || heardToItsEnd() != null);
  }
}
