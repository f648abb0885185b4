package dev.voxlog.analytics;

import dev.voxlog.schemas.CallEvent.Evidence;
import dev.voxlog.schemas.CallEvent.Outcome;
import dev.voxlog.schemas.TurnEvent.Next;
import dev.voxlog.schemas.TurnEvent.Purpose;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One contribution of the agent with what it answers, as the records tell it.
///
/// `words` are those of its utterances, `intent` what was answered. `next` and `route` are null
/// while the turn is not ended. `answeredAt` is when the first audio of the answer's own sentence
/// went to the caller's line, by egress's clock.
public record Turn(
    int number,
    Cause cause,
    List<Integer> utterances,
    String words,
    @Nullable String intent,
    @Nullable String route,
    @Nullable Next next,
    List<Spoken> sentences,
    List<ToolCall> tools,
    Fate fate,
    @Nullable Instant answeredAt,
    Waterfall waterfall) {

  /// What made the agent speak.
  public enum Cause {
    /// The call was connected: the greeting.
    CONNECTED,
    SPEECH,
    /// The caller said nothing for a while.
    SILENCE,
    KEYS
  }

  /// What became of it.
  public enum Fate {
    SPOKEN,
    /// The caller interrupted it.
    INTERRUPTED,
    /// A later turn answers its utterances too, before anything of it was heard.
    SUPERSEDED
  }

  /// A sentence, and what the caller is known to have heard of it.
  public record Spoken(
      int number,
      String text,
      Purpose purpose,
      String heard,
      boolean isWhole,
      @Nullable Evidence evidence) {}

  /// A tool call; `outcome` is null while it goes on.
  public record ToolCall(
      int n,
      String tool,
      String arguments,
      @Nullable Outcome outcome,
      @Nullable String result,
      long tookMs) {}

  public Turn {
    utterances = List.copyOf(utterances);
    sentences = List.copyOf(sentences);
    tools = List.copyOf(tools);
  }

  /// What was said but for fillers.
  public String answer() {
    return sentences.stream()
        .filter(each -> each.purpose() != Purpose.FILLER)
        .map(Spoken::text)
        .collect(Collectors.joining(" "));
  }

  /// The number of the answer's own first sentence.
  public Optional<Integer> firstSentence() {
    return sentences.stream()
        .filter(each -> each.purpose() != Purpose.FILLER)
        .map(Spoken::number)
        .findFirst();
  }
}
