package dev.voxlog.agent.reading;

import com.fasterxml.jackson.databind.JsonNode;
import dev.voxlog.agent.Appointment;
import dev.voxlog.agent.Flow;
import dev.voxlog.agent.Names;
import dev.voxlog.agent.Slot;
import dev.voxlog.agent.Start;
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
  private final @Nullable Start start;

  FlowReferences(
      Problems problems, Declared declared, List<Placed<Tool>> tools, @Nullable Start start) {
    this.problems = problems;
    this.declared = declared;
    this.tools = tools;
    this.start = start;
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

  void check(List<Placed<Flow>> flows, boolean hasTimeZone) {
    for (Placed<Flow> placed : flows) {
      Flow flow = placed.value();
      String path = placed.path();
      Set<String> slots = declared.all(FlowReader.slotKind(flow.name()));
      Set<String> early = new LinkedHashSet<>(slots);
      early.add(Values.CALLER);
      checkEntry(path, flow, early);
      checkSlots(path, flow, early);
      checkAppointment(path + ".appointment", flow, early, hasTimeZone);
      Tool tool = checkCall(path, flow, early);
      checkLines(path, flow, early, tool);
      checkNotFound(path, flow, early, slots);
      checkRefusals(path, flow, early);
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
      slot.readBack().forEach(each -> places(each, known, at + ".readBack"));
      places(slot.preset(), known, at + ".preset");
      slot.presetQuestion().forEach(each -> places(each, known, at + ".presetQuestion"));
      places(slot.keypad(), known, at + ".keypad");
      if (slot.limit() != null) {
        checkFallback(at + ".over", slot.limit().over(), known);
      }
      if (slot.whole() != null) {
        places(slot.whole().amount(), known, at + ".all.is");
        slot.whole()
            .when()
            .forEach((name, value) -> {
              known(name, known, at + ".all.when");
              places(value, known, at + ".all.when");
            });
      }
    }
  }

  private void checkEntry(String path, Flow flow, Set<String> known) {
    Flow.Entry entry = flow.entry();
    if (entry != null) {
      entry.when().keySet().forEach(name -> known(name, Set.of(Values.CALLER), path + ".onlyIf"));
      checkFallback(path + ".otherwise", entry.otherwise(), known);
    }
  }

  private void checkAppointment(String at, Flow flow, Set<String> known, boolean hasTimeZone) {
    Appointment appointment = flow.appointment();
    if (appointment == null) {
      return;
    }
    checkPart(at + ".day", flow, appointment.day(), Slot.Type.DATE);
    checkPart(at + ".time", flow, appointment.time(), Slot.Type.TIME);
    Stream.of(appointment.past(), appointment.closed(), appointment.ask())
        .flatMap(List::stream)
        .forEach(each -> places(each, known, at));
    if (!hasTimeZone) {
      problems.add(
          at, "is reckoned in no time zone", "add timeZone: America/New_York to the agent");
    }
  }

  private void checkPart(String at, Flow flow, String name, Slot.Type type) {
    boolean isThere =
        flow.slot(name).filter(each -> each.type() == type && each.isOptional()).isPresent();
    if (!isThere) {
      problems.add(
          at,
          "the flow has no optional slot " + name + " of the type " + Names.key(type),
          "add one with type: " + Names.key(type) + " and optional: true");
    }
  }

  private void checkRefusals(String path, Flow flow, Set<String> known) {
    for (int index = 0; index < flow.onRefused().size(); index++) {
      Flow.Refusal refusal = flow.onRefused().get(index);
      String at = path + ".onRefused[" + index + "]";
      // A refusal is not held against the schema of an answer.
      Set<String> names = new LinkedHashSet<>(known);
      Stream.concat(
              refusal.when().keySet().stream(),
              refusal.then().say().stream().flatMap(each -> each.names().stream()))
          .filter(each -> each.startsWith(Values.RESULT + "."))
          .forEach(names::add);
      refusal.when().keySet().forEach(name -> known(name, names, at + ".when"));
      checkFallback(at, refusal.then(), names);
      for (String slot : refusal.again()) {
        if (flow.slot(slot).isEmpty()) {
          problems.add(
              at + ".again",
              "the flow has no slot " + slot,
              Closest.fix(slot, declared.all(FlowReader.slotKind(flow.name()))));
        }
      }
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
    Optional<Tool> tool = tool(call.tool());
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
    } else if (tool != null) {
      field(name, Values.RESULT, tool, path);
    }
  }

  private Optional<Tool> tool(String name) {
    return tools.stream().map(Placed::value).filter(each -> each.name().equals(name)).findFirst();
  }

  /// Checks the field of an answer that is found under `as`, where the tool tells its fields.
  private void field(String name, String as, Tool tool, String path) {
    if (tool.result() != null && tool.result().has("properties")) {
      String field = name.substring(as.length() + 1).split("\\.", -1)[0];
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
    if (start != null && start.has(name)) {
      tool(start.tool()).ifPresent(tool -> field(name, start.as(), tool, path));
    } else if (!known.contains(name)) {
      problems.add(path, "{" + name + "} is no slot of this flow", Closest.fix(name, known));
    }
  }
}
