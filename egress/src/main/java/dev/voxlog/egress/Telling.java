package dev.voxlog.egress;

import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.TranscriptEvent;
import dev.voxlog.schemas.media.ClientEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the caller's program is told of the call, where the caller's stream takes events: speech as
/// it is read, a sentence before its sound, a turn once it is over.
///
/// What happens while the way to the node is broken waits. When it is open again, what was told
/// last is told once more, for it may not have arrived; so is what a successor reads again. The
/// node knows a repeat by its numbers. Another stream is told nothing of what was told to the one
/// before.
final class Telling {
  /// More than happens in the time for which a broken way is borne.
  private static final int MOST = 128;

  private final Line line;
  private final Told told;
  private final Deque<ClientEvent> sent = new ArrayDeque<>();
  private final Deque<ClientEvent> waiting = new ArrayDeque<>();
  private final Set<Place> begun = new HashSet<>();
  private final Map<Integer, Tokens> tokens = new TreeMap<>();
  private int overThrough;
  private ClientEvent.@Nullable Interim interim;

  private record Place(int turn, int sentence) {}

  /// What language models used for a turn.
  private record Tokens(long prompt, long completion) {
    static final Tokens NONE = new Tokens(0, 0);

    Tokens and(Tokens more) {
      return new Tokens(prompt + more.prompt, completion + more.completion);
    }
  }

  /// Turns up to `overThrough` are over.
  Telling(Line line, Told told, int overThrough) {
    this.line = line;
    this.told = told;
    this.overThrough = overThrough;
  }

  private void tell(ClientEvent event) {
    if (!line.takesEvents()) {
      return;
    }
    if (line.isOpen()) {
      send(event);
    } else {
      keep(waiting, event);
    }
  }

  private void send(ClientEvent event) {
    line.tell(event);
    keep(sent, event);
  }

  private static void keep(Deque<ClientEvent> events, ClientEvent event) {
    if (event instanceof ClientEvent.Interim || event instanceof ClientEvent.Final) {
      events.removeIf(each -> each instanceof ClientEvent.Interim);
    }
    events.add(event);
    if (events.size() > MOST) {
      events.remove();
    }
  }

  // The line.

  /// The node has answered: what may have been lost on the way is told again, then what waited.
  void lineIsOpen() {
    sent.forEach(line::tell);
    while (!waiting.isEmpty()) {
      send(waiting.remove());
    }
  }

  /// The node has taken audio as far as this sentence and is sent the rest again. What was told to
  /// come after it is told then: of what is over, or is followed by another turn, a node plays no
  /// more.
  void goesBackTo(SpokenSentence sentence) {
    sent.removeIf(event -> isAfter(event, sentence));
    waiting.removeIf(event -> isAfter(event, sentence));
    begun.removeIf(place -> isAfter(place.turn(), place.sentence(), sentence));
    hasBegun(sentence);
    overThrough = Math.min(overThrough, sentence.turn() - 1);
  }

  private boolean isAfter(ClientEvent event, SpokenSentence sentence) {
    return switch (event) {
      case ClientEvent.SentenceBegan began -> isAfter(began.turn(), began.sentence(), sentence);
      case ClientEvent.TurnOver over when over.turn() >= sentence.turn() -> {
        tokens.put(over.turn(), new Tokens(over.promptTokens(), over.completionTokens()));
        yield true;
      }
      default -> false;
    };
  }

  private static boolean isAfter(int turn, int number, SpokenSentence sentence) {
    return turn > sentence.turn() || turn == sentence.turn() && number > sentence.number();
  }

  /// Another stream, should one come, begins without what this one was told.
  void streamLost() {
    sent.clear();
    begun.clear();
    waiting.removeIf(event -> !(event instanceof ClientEvent.TurnOver));
  }

  // The caller's speech.

  void read(TranscriptEvent event) {
    switch (event) {
      case TranscriptEvent.SpeechStarted speech when isOfStream(speech.mediaMs()) ->
          tell(
              new ClientEvent.SpeechStarted(
                  speech.utterance(), speech.onsetMs(), speech.isTyped()));
      case TranscriptEvent.Interim words when isOfStream(words.mediaMs()) && isNews(words) -> {
        interim = new ClientEvent.Interim(words.utterance(), words.revision(), words.text());
        tell(interim);
      }
      case TranscriptEvent.Final words when isOfStream(words.mediaMs()) ->
          tell(new ClientEvent.Final(words.utterance(), words.text()));
      case TranscriptEvent.SpeechEnded speech when isOfStream(speech.mediaMs()) ->
          tell(new ClientEvent.SpeechEnded(speech.utterance(), speech.endMs(), speech.hadWords()));
      default -> {}
    }
  }

  private boolean isNews(TranscriptEvent.Interim words) {
    return interim == null
        || interim.utterance() != words.utterance()
        || !interim.text().equals(words.text());
  }

  /// What was said on a stream before this one is not this one's affair.
  private boolean isOfStream(long mediaMs) {
    return mediaMs >= line.baseMs();
  }

  // The agent's turns.

  void decided(CallEvent.Decided decided) {
    if (decided.turn() > overThrough) {
      tokens.merge(
          decided.turn(),
          new Tokens(decided.promptTokens(), decided.completionTokens()),
          Tokens::and);
    }
  }

  /// The sentence's first audio goes out next. Of the turns before it the caller will hear no more
  /// than what must be heard whole.
  void begins(SpokenSentence sentence, Script script) {
    if (!begun.add(new Place(sentence.turn(), sentence.number()))) {
      return;
    }
    for (int turn = overThrough + 1; turn < sentence.turn(); turn++) {
      if (hasBegun(turn)) {
        over(turn, true, heard(turn) + script.stillToBeHeard(turn));
      }
    }
    overThrough = Math.max(overThrough, sentence.turn() - 1);
    tell(new ClientEvent.SentenceBegan(sentence.turn(), sentence.number(), sentence.writtenText()));
  }

  /// A predecessor has told of this sentence: it has sent audio of it.
  void hasBegun(SpokenSentence sentence) {
    begun.add(new Place(sentence.turn(), sentence.number()));
  }

  /// Tells of the turns that are over by now. One of which nothing was told to begin is told of
  /// only while no other has taken its place: so a successor does not tell of what was over before.
  void turnsOver(Player player) {
    int last = player.turn();
    for (int turn = overThrough + 1; turn <= last && player.isOver(turn); turn++) {
      boolean isInterrupted = turn < last || player.heardToItsEnd() == null;
      if (turn == last || hasBegun(turn)) {
        over(turn, isInterrupted, heard(turn));
      }
      overThrough = turn;
    }
  }

  private boolean hasBegun(int turn) {
    return begun.stream().anyMatch(place -> place.turn() == turn);
  }

  private void over(int turn, boolean isInterrupted, String heard) {
    Tokens used = tokens.getOrDefault(turn, Tokens.NONE);
    tell(
        new ClientEvent.TurnOver(
            turn, isInterrupted, heard.strip(), used.prompt(), used.completion()));
    overThrough = turn;
    tokens.keySet().removeIf(number -> number <= turn);
    begun.removeIf(place -> place.turn() < turn);
  }

  private String heard(int turn) {
    return told.heard(turn).collect(Collectors.joining(" "));
  }
}
