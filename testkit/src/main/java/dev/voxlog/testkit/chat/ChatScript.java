package dev.voxlog.testkit.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What a scripted model answers to one request, step by step.
public record ChatScript(List<Step> steps, Pace pace) {

  /// What goes out, or happens, next.
  public sealed interface Step {}

  /// Something that takes a model the time of a token.
  public sealed interface Token extends Step {}

  /// Instead of a stream; the first step, or none.
  public record Status(int code, String body) implements Step {}

  public record Text(String token) implements Token {}

  public record Refusal(String token) implements Token {}

  /// What a model thinks before it speaks, as DeepSeek and vLLM send it.
  public record Reasoning(String token) implements Token {}

  public record Call(int index, String id, String function) implements Token {}

  public record Arguments(int index, String fragment) implements Token {}

  public record Finish(String reason) implements Step {}

  /// Goes out to who asked for it.
  public record Usage(long prompt, long completion, long cached) implements Step {}

  /// An event whose data is not made from a step: another server's chunk, or what is none.
  public record Data(String data) implements Step {}

  /// Bytes that need not be an event.
  public record Raw(String bytes) implements Step {}

  /// Breaks off with an error, as a service does whose model failed.
  public record Failure(String code, String message) implements Step {}

  /// The word that nothing more comes.
  public record Done() implements Step {}

  /// The connection stays, and nothing more comes.
  public record Stall() implements Step {}

  /// Closes the connection.
  public record Drop() implements Step {}

  public ChatScript {
    steps = List.copyOf(steps);
  }

  public static ChatScript of(Step... steps) {
    return new ChatScript(List.of(steps), Pace.AT_ONCE);
  }

  /// A whole answer in these tokens.
  public static ChatScript says(String... tokens) {
    List<Step> steps = new ArrayList<>(Stream.of(tokens).map(Text::new).toList());
    steps.add(new Finish("stop"));
    steps.add(new Usage(20, tokens.length, 0));
    steps.add(new Done());
    return of(steps.toArray(Step[]::new));
  }

  /// A whole answer that calls a function with arguments in these fragments.
  public static ChatScript calls(String id, String function, String... fragments) {
    List<Step> steps = new ArrayList<>();
    steps.add(new Call(0, id, function));
    Stream.of(fragments).map(each -> new Arguments(0, each)).forEach(steps::add);
    steps.add(new Finish("tool_calls"));
    steps.add(new Usage(20, fragments.length, 0));
    steps.add(new Done());
    return of(steps.toArray(Step[]::new));
  }

  /// No answer but an error, as OpenAI words it.
  public static ChatScript refuses(int status, String code) {
    return of(new Status(status, ChatFrames.error(code, "refused by script")));
  }

  public ChatScript paced(Pace at) {
    return new ChatScript(steps, at);
  }
}
