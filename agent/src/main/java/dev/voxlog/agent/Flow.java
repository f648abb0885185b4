package dev.voxlog.agent;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// An exact piece of dialogue: fill the slots, call the tool, say the first line whose condition
/// holds, and ask whether there is anything else if `followUp`. Where `entry` does not hold, it is
/// not begun.
public record Flow(
    String name,
    @Nullable Entry entry,
    List<Slot> slots,
    @Nullable Appointment appointment,
    @Nullable Call call,
    List<Line> say,
    @Nullable NotFound onNotFound,
    List<Refusal> onRefused,
    Fallback onFailure,
    Fallback onGiveUp,
    boolean followUp) {

  /// The tool to call once the slots are filled. An argument whose template lacks a value is left
  /// out.
  public record Call(String tool, Map<String, Template> arguments) {
    public Call {
      arguments = Map.copyOf(arguments);
    }
  }

  /// One of `wordings`, said if every value of `when` is one of those listed; `*` is any value at
  /// all.
  public record Line(Map<String, List<String>> when, List<Template> wordings) {
    /// Stands for any value in a condition.
    public static final String ANY = "*";

    public Line {
      when = Map.copyOf(when);
      wordings = List.copyOf(wordings);
    }

    public boolean holds(Values values) {
      return Flow.holds(when, values);
    }
  }

  /// The flow is for calls of which `when` holds; in others `otherwise` follows.
  public record Entry(Map<String, List<String>> when, Fallback otherwise) {
    public Entry {
      when = Map.copyOf(when);
    }

    public boolean holds(Values values) {
      return Flow.holds(when, values);
    }
  }

  /// What follows when the tool says no, if every value of `when` is one of those listed: the slots
  /// of `again` are asked for anew after the words of `then`; where there are none, what `then`
  /// offers.
  public record Refusal(Map<String, List<String>> when, Fallback then, List<String> again) {
    public Refusal {
      when = Map.copyOf(when);
      again = List.copyOf(again);
    }

    public boolean holds(Values values) {
      return Flow.holds(when, values);
    }
  }

  /// What follows when the tool knows no such thing: `readBack` is asked as a yes or no; after a
  /// no, `again` asks for `slot` digit by digit, then `keypad` for keys; after a yes, or when all
  /// is tried, `unknown` is the answer.
  public record NotFound(
      String slot,
      Template readBack,
      Template again,
      @Nullable Template keypad,
      Template unknown) {}

  /// What follows when something cannot be had: `say` (none: the platform's prompt), then `offer`,
  /// an intent that a yes enters as if the caller had asked for it, worded by `question`.
  public record Fallback(List<Template> say, @Nullable String offer, @Nullable Template question) {
    public static final Fallback NONE = new Fallback(List.of(), null, null);

    public Fallback {
      say = List.copyOf(say);
    }

    Stream<Template> wordings() {
      return Stream.concat(say.stream(), Stream.ofNullable(question));
    }
  }

  public Flow {
    slots = List.copyOf(slots);
    say = List.copyOf(say);
    onRefused = List.copyOf(onRefused);
    new Rules()
        .that(
            Agent.isName(name),
            "name",
            name,
            "is no name",
            "use letters, digits, _ and -, a letter first")
        .that(
            !say.isEmpty(), "say", "no line", "leaves the flow without an answer", "add say: Done.")
        .that(
            say.isEmpty() || say.getLast().when().isEmpty(),
            "say",
            "the last line",
            "has a condition, so that the agent may have nothing to say",
            "end with a line that has only text")
        .that(
            onNotFound == null || call != null,
            "onNotFound",
            "this flow",
            "calls no tool that could find nothing",
            "remove onNotFound, or add call")
        .that(
            onRefused.isEmpty() || call != null,
            "onRefused",
            "this flow",
            "calls no tool that could refuse",
            "remove onRefused, or add call")
        .enforce();
  }

  private static boolean holds(Map<String, List<String>> when, Values values) {
    return when.entrySet().stream()
        .allMatch(each -> matches(values.value(each.getKey()), each.getValue()));
  }

  private static boolean matches(@Nullable String value, List<String> wanted) {
    return value != null
        && !value.isBlank()
        && (wanted.contains(Line.ANY) || wanted.contains(value));
  }

  public Optional<Slot> slot(String slot) {
    return slots.stream().filter(each -> each.name().equals(slot)).findFirst();
  }

  /// The line to say for these values: the first whose condition holds and whose places can be
  /// filled.
  public Optional<Line> line(Values values) {
    return say.stream()
        .filter(line -> line.holds(values))
        .filter(
            line -> line.wordings().stream().anyMatch(wording -> wording.fill(values).isPresent()))
        .findFirst();
  }

  /// What follows when the tool says no with these values.
  public Optional<Refusal> refusal(Values values) {
    return onRefused.stream().filter(each -> each.holds(values)).findFirst();
  }

  Stream<Template> wordings() {
    Stream<Template> lines = say.stream().flatMap(line -> line.wordings().stream());
    Stream<@Nullable Template> lost =
        onNotFound == null
            ? Stream.empty()
            : Stream.of(
                onNotFound.readBack(),
                onNotFound.again(),
                onNotFound.keypad(),
                onNotFound.unknown());
    return Stream.of(
            entry == null ? Stream.<Template>empty() : entry.otherwise().wordings(),
            slots.stream().flatMap(Slot::wordings),
            appointment == null ? Stream.<Template>empty() : appointment.wordings(),
            onRefused.stream().flatMap(each -> each.then().wordings()),
            lines,
            lost.flatMap(Stream::ofNullable),
            onFailure.wordings(),
            onGiveUp.wordings())
        .flatMap(each -> each);
  }
}
