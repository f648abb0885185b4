package dev.voxlog.agent.reading;

import com.fasterxml.jackson.databind.JsonNode;
import dev.voxlog.agent.Flow;
import dev.voxlog.agent.Slot;
import dev.voxlog.agent.Template;
import dev.voxlog.agent.Tool;
import dev.voxlog.agent.Values;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Checks that the tools, slots, result fields and intents a flow speaks of are there.
final class FlowReferences {
  private final Problems problems;
  private final Declared declared;
  private final List<Placed<Tool>> tools;

  FlowReferences(Problems problems, Declared declared, List<Placed<Tool>> tools) {
    this.problems = problems;
    this.declared = declared;
    this.tools = tools;
  }

  static Set<String> properties(JsonNode schema) {
    Set<String> names = new LinkedHashSet<>();
    schema.path("properties").fieldNames().forEachRemaining(names::add);
    return names;
  }

  static Set<String> required(JsonNode schema) {
    Set<String> names = new LinkedHashSet<>();
    schema.path("required").forEach(each -> names.add(each.asText()));
    return names;
  }

  void check(List<Placed<Flow>> flows) {
    for (Placed<Flow> placed : flows) {
      Flow flow = placed.value();
      String path = placed.path();
      Set<String> slots = declared.all(FlowReader.slotKind(flow.name()));
      Set<String> early = new LinkedHashSet<>(slots);
      early.add(Values.CALLER);
      checkSlots(path, flow, early);
      Tool tool = checkCall(path, flow, early);
      checkLines(path, flow, early, tool);
      checkNotFound(path, flow, early, slots);
      checkFallback(path + ".onFailure", flow.onFailure(), early);
      checkFallback(path + ".onGiveUp", flow.onGiveUp(), early);
    }
  }

  private void checkSlots(String path, Flow flow, Set<String> known) {
    for (int index = 0; index < flow.slots().size(); index++) {
      Slot slot = flow.slots().get(index);
      String at = path + ".slots[" + index + "]";
      slot.ask().forEach(each -> places(each, known, at + ".ask"));
      slot.reask().forEach(each -> places(each, known, at + ".reask"));
      places(slot.readBack(), known, at + ".readBack");
      places(slot.preset(), known, at + ".preset");
      places(slot.presetQuestion(), known, at + ".presetQuestion");
      places(slot.keypad(), known, at + ".keypad");
    }
  }

  private @Nullable Tool checkCall(String path, Flow flow, Set<String> known) {
    Flow.Call call = flow.call();
    if (call == null) {
      return null;
    }
    declared.require(ToolReader.TOOL, call.tool(), path + ".call.tool");
    String at = path + ".call.arguments";
    call.arguments().forEach((name, template) -> places(template, known, at + "." + name));
    Optional<Tool> tool =
        tools.stream()
            .map(Placed::value)
            .filter(each -> each.name().equals(call.tool()))
            .findFirst();
    tool.ifPresent(each -> checkArguments(at, flow, call, each));
    return tool.orElse(null);
  }

  private void checkArguments(String at, Flow flow, Flow.Call call, Tool tool) {
    Set<String> parameters = properties(tool.parameters());
    for (String argument : call.arguments().keySet()) {
      if (!parameters.contains(argument)) {
        problems.add(
            at + "." + argument,
            tool.name() + " has no parameter " + argument,
            Closest.fix(argument, parameters));
      } else if (tool.own().arguments().contains(argument)) {
        problems.add(
            at + "." + argument,
            "is always the caller's own number, by own.arguments of " + tool.name(),
            "remove it here, or there");
      }
    }
    Set<String> toBeGiven = required(tool.parameters());
    toBeGiven.removeAll(tool.own().arguments());
    for (String parameter : toBeGiven) {
      Template argument = call.arguments().get(parameter);
      if (argument == null) {
        problems.add(
            at,
            tool.name() + " requires " + parameter + ", which is not given",
            "add " + parameter + ": \"{slot}\"");
      } else if (flow.slots().stream()
          .anyMatch(slot -> slot.isOptional() && argument.names().contains(slot.name()))) {
        problems.add(
            at + "." + parameter,
            tool.name() + " requires it, but it comes from an optional slot",
            "make the slot required, or the parameter optional");
      }
    }
  }

  private void checkLines(String path, Flow flow, Set<String> early, @Nullable Tool tool) {
    boolean single = flow.say().size() == 1 && flow.say().getFirst().when().isEmpty();
    for (int index = 0; index < flow.say().size(); index++) {
      Flow.Line line = flow.say().get(index);
      String at = single ? path + ".say" : path + ".say[" + index + "]";
      line.when().keySet().forEach(name -> place(name, flow, early, tool, at + ".when"));
      line.wordings().stream()
          .flatMap(each -> each.names().stream())
          .forEach(name -> place(name, flow, early, tool, single ? at : at + ".text"));
    }
  }

  private void place(String name, Flow flow, Set<String> early, @Nullable Tool tool, String path) {
    if (!name.startsWith(Values.RESULT + ".")) {
      known(name, early, path);
      return;
    }
    if (flow.call() == null) {
      problems.add(
          path, name + " is a tool's answer, but the flow calls none", "add call: with the tool");
    } else if (tool != null && tool.result() != null && tool.result().has("properties")) {
      String field = name.substring(Values.RESULT.length() + 1).split("\\.", -1)[0];
      Set<String> fields = properties(tool.result());
      if (!fields.contains(field)) {
        problems.add(
            path,
            "the answer of " + tool.name() + " has no field " + field,
            Closest.fix(field, fields));
      }
    }
  }

  private void checkNotFound(String path, Flow flow, Set<String> known, Set<String> slots) {
    Flow.NotFound notFound = flow.onNotFound();
    if (notFound == null) {
      return;
    }
    String at = path + ".onNotFound";
    if (!notFound.slot().isEmpty() && !slots.contains(notFound.slot())) {
      problems.add(
          at + ".slot",
          "the flow has no slot " + notFound.slot(),
          Closest.fix(notFound.slot(), slots));
    }
    places(notFound.readBack(), known, at + ".readBack");
    places(notFound.again(), known, at + ".again");
    places(notFound.keypad(), known, at + ".keypad");
    places(notFound.unknown(), known, at + ".unknown");
  }

  private void checkFallback(String path, Flow.Fallback fallback, Set<String> known) {
    Stream.concat(fallback.say().stream(), Stream.ofNullable(fallback.question()))
        .forEach(each -> places(each, known, path));
    if (fallback.offer() != null) {
      declared.require(IntentReader.INTENT, fallback.offer(), path + ".offer");
    }
  }

  private void places(@Nullable Template template, Set<String> known, String path) {
    if (template != null) {
      template.names().forEach(name -> known(name, known, path));
    }
  }

  private void known(String name, Set<String> known, String path) {
    if (!known.contains(name)) {
      problems.add(path, "{" + name + "} is no slot of this flow", Closest.fix(name, known));
    }
  }
}
