package dev.voxlog.llm;

import dev.voxlog.schemas.CallEvent.Decided;
import dev.voxlog.schemas.CallEvent.ToolDone;
import dev.voxlog.schemas.CallEvent.ToolRequested;
import dev.voxlog.schemas.TurnEvent.Next;
import dev.voxlog.schemas.TurnEvent.Purpose;
import dev.voxlog.schemas.TurnEvent.Sentence;
import dev.voxlog.schemas.TurnEvent.TurnEnded;
import dev.voxlog.schemas.VoxEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What a predecessor wrote after its last checkpoint: it decides how the same inputs are answered
/// again, since inputs of two topics may come in another order than the first time.
final class OwnLog {
  private final NavigableMap<Integer, List<Integer>> turns = new TreeMap<>();
  private final Map<String, Sentence> sentences = new HashMap<>();
  private final Map<String, ToolRequested> requested = new TreeMap<>();
  private final Map<String, ToolDone> done = new HashMap<>();
  private final Map<String, Decided> decided = new HashMap<>();
  private final Map<Integer, TurnEnded> ended = new HashMap<>();
  private final NavigableSet<Integer> farewells = new TreeSet<>();
  private int highest;

  void note(VoxEvent event) {
    switch (event) {
      case Sentence sentence -> {
        sentences.put(key(sentence.turn(), sentence.sentence()), sentence);
        turn(sentence.turn(), sentence.utterances());
      }
      case TurnEnded ended -> {
        turn(ended.turn(), ended.utterances());
        this.ended.put(ended.turn(), ended);
        if (ended.next() != Next.LISTEN) {
          farewells.add(ended.turn());
        }
      }
      case ToolRequested tool -> {
        requested.put(key(tool.turn(), tool.n()), tool);
        highest = Math.max(highest, tool.turn());
      }
      case Decided model -> {
        decided.put(key(model.turn(), model.n()), model);
        turn(model.turn(), model.utterances());
      }
      case ToolDone tool -> done.put(key(tool.turn(), tool.n()), tool);
      default -> {}
    }
  }

  private void turn(int number, List<Integer> utterances) {
    turns.put(number, utterances);
    highest = Math.max(highest, number);
  }

  private static String key(int turn, int n) {
    return turn + "." + n;
  }

  /// The highest turn number there is; later turns are numbered above it.
  int highest() {
    return highest;
  }

  /// The next turn written after `turn`, with the utterances it answered.
  Optional<Map.Entry<Integer, List<Integer>>> after(int turn) {
    return Optional.ofNullable(turns.higherEntry(turn));
  }

  /// Whether the turn's end is in the log.
  boolean isEnded(int turn) {
    return ended.containsKey(turn);
  }

  /// How many sentences the turn had at its end, if that is in the log.
  OptionalInt sentencesAtEnd(int turn) {
    TurnEnded end = ended.get(turn);
    return end == null ? OptionalInt.empty() : OptionalInt.of(end.sentences());
  }

  /// Whether that sentence is in the log, and bridges a wait.
  boolean isFiller(int turn, int sentence) {
    Sentence found = sentences.get(key(turn, sentence));
    return found != null && found.purpose() == Purpose.FILLER;
  }

  /// Whether that sentence is in the log, and belongs to the answer.
  boolean isAnswer(int turn, int sentence) {
    Sentence found = sentences.get(key(turn, sentence));
    return found != null && found.purpose() != Purpose.FILLER;
  }

  /// The text of that sentence in the log, if it belongs to the answer.
  Optional<String> answer(int turn, int sentence) {
    return Optional.ofNullable(sentences.get(key(turn, sentence)))
        .filter(each -> each.purpose() != Purpose.FILLER)
        .map(Sentence::text);
  }

  /// What a model came to when it was asked in the turn for the `n`th time, from 0.
  Optional<Decided> decided(int turn, int n) {
    return Optional.ofNullable(decided.get(key(turn, n)));
  }

  /// Whether the turn is in the log as one that leaves the dialogue.
  boolean isFarewell(int turn) {
    return farewells.contains(turn);
  }

  /// Whether such a turn above `turn` is in the log.
  boolean isLeftAfter(int turn) {
    return farewells.higher(turn) != null;
  }

  /// Whether any sentence of the turn's answer is in the log.
  boolean isAnswered(int turn) {
    return sentences.values().stream()
        .anyMatch(each -> each.turn() == turn && each.purpose() != Purpose.FILLER);
  }

  /// Takes the request for this tool with these arguments made in a turn above `after` up to
  /// `turn`, if there was one.
  Optional<ToolRequested> takeRequest(int after, int turn, String tool, String arguments) {
    Optional<ToolRequested> found =
        requested.values().stream()
            .filter(each -> each.turn() > after && each.turn() <= turn)
            .filter(each -> each.tool().equals(tool) && each.arguments().equals(arguments))
            .findFirst();
    found.ifPresent(each -> requested.remove(key(each.turn(), each.n())));
    return found;
  }

  /// Whether that number of a tool call is taken.
  boolean isRequested(int turn, int n) {
    return requested.containsKey(key(turn, n)) || done.containsKey(key(turn, n));
  }

  @Nullable ToolDone done(ToolRequested request) {
    return done.get(key(request.turn(), request.n()));
  }

  /// Whether the turn was written before the tool call's result was, if that ever was: nothing of
  /// it is in the turn. Both are of one writing stage.
  boolean isWithout(int turn, int toolTurn, int n) {
    ToolDone result = done.get(key(toolTurn, n));
    return sentences.values().stream()
        .filter(each -> each.turn() == turn)
        .anyMatch(each -> result == null || each.at().isBefore(result.at()));
  }

  /// Waits for nothing any more; only the numbers stay taken.
  void release() {
    turns.clear();
  }
}
