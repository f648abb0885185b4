package dev.voxlog.llm.dialogue;

import dev.voxlog.schemas.TurnEvent.Next;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a turn says: the `answer`, then the `question` that hands the word back, if there is one.
///
/// `isOpen` when the question is one whose answer is needed to go on. `intent` is what was
/// answered, `completed` the flow that has reached its goal, if one has. `isUnclear` where nothing
/// could be made of what the caller said, who may be about to say the rest of it.
public record Reply(
    List<String> answer,
    List<String> question,
    boolean isOpen,
    Expectation expects,
    Next next,
    Route route,
    @Nullable String intent,
    @Nullable String completed,
    boolean isUnclear) {

  /// What made a turn; its name in lower case is the record's.
  public enum Route {
    GREETING,
    FLOW,
    KNOWLEDGE,
    LLM,
    TOOL,
    REPROMPT,
    FIXED
  }

  public Reply {
    answer = List.copyOf(answer);
    question = List.copyOf(question);
  }

  /// An answer that leaves the word to the caller.
  public static Reply of(Route route, List<String> answer) {
    return new Reply(
        answer, List.of(), false, Expectation.ANYTHING, Next.LISTEN, route, null, null, false);
  }

  public Reply asking(List<String> question, Expectation expects) {
    return new Reply(answer, question, true, expects, next, route, intent, completed, isUnclear);
  }

  /// With a question that needs no answer, such as whether there is anything else.
  public Reply closing(List<String> question) {
    return new Reply(
        answer, question, false, Expectation.ANYTHING, next, route, intent, completed, isUnclear);
  }

  public Reply then(Next next) {
    return new Reply(answer, question, isOpen, expects, next, route, intent, completed, isUnclear);
  }

  public Reply answering(@Nullable String intent) {
    return new Reply(answer, question, isOpen, expects, next, route, intent, completed, isUnclear);
  }

  public Reply completing(String flow) {
    return new Reply(answer, question, isOpen, expects, next, route, intent, flow, isUnclear);
  }

  /// As the reply to words of which nothing could be made.
  public Reply unclear() {
    return new Reply(answer, question, isOpen, expects, next, route, intent, completed, true);
  }

  /// This with `before` said first.
  public Reply after(List<String> before) {
    List<String> all = new ArrayList<>(before);
    all.addAll(answer);
    return new Reply(all, question, isOpen, expects, next, route, intent, completed, isUnclear);
  }
}
