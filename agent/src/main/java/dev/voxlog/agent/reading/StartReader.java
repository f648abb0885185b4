package dev.voxlog.agent.reading;

import dev.voxlog.agent.Start;
import dev.voxlog.agent.Template;
import dev.voxlog.agent.Tool;
import dev.voxlog.agent.Values;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads `start`: the tool that is called when a call begins.
final class StartReader {
  private final Declared declared;

  StartReader(Declared declared) {
    this.declared = declared;
  }

  @Nullable Start read(@Nullable Section section, List<Placed<Tool>> tools) {
    if (section == null) {
      return null;
    }
    String name = section.text("tool", "getAccount");
    String as = section.has("as") ? section.text("as") : Start.AS;
    Map<String, Template> arguments = section.templateMap("arguments");
    List<Template> say = section.templates("say");
    List<String> told = section.texts("told");
    declared.require(ToolReader.TOOL, name, section.path("tool"));
    Start start = section.build(() -> new Start(as, name, arguments, say, told));
    if (start != null) {
      tools.stream()
          .map(Placed::value)
          .filter(each -> each.name().equals(name))
          .findFirst()
          .ifPresent(tool -> check(section, start, tool));
    }
    return start;
  }

  /// What is asked for nobody's sake must change nothing, and what is the caller's number is not
  /// for a model.
  private static void check(Section section, Start start, Tool tool) {
    if (!tool.http().method().equals("GET")) {
      section.report(
          "tool", tool.name() + " may change something, and nobody asked for it", "use a GET");
    }
    Set<String> fields =
        tool.result() == null ? Set.of() : FlowReferences.properties(tool.result());
    for (String field : start.told()) {
      if (!fields.contains(field)) {
        section.report(
            "told",
            "the answer of " + tool.name() + " has no field " + field,
            Closest.fix(field, fields));
      } else if (tool.own().result().contains(field)) {
        section.report("told", field + " is the caller's number", "leave it out");
      }
    }
    start
        .arguments()
        .forEach((argument, template) -> places(section, "arguments." + argument, template, null));
    start.say().forEach(each -> places(section, "say", each, start));
    Set<String> required = FlowReferences.required(tool.parameters());
    required.removeAll(tool.own().arguments());
    required.removeAll(start.arguments().keySet());
    required.forEach(each ->
        section.report(
            "arguments",
            tool.name() + " requires " + each + ", which is not given",
            "list it under own.arguments of the tool if it is the caller's number"));
  }

  private static void places(
      Section section, String key, Template template, @Nullable Start start) {
    template.names().stream()
        .filter(name -> !name.equals(Values.CALLER) && (start == null || !start.has(name)))
        .forEach(name ->
            section.report(
                key,
                "{" + name + "} has no value when a call begins",
                start == null ? "write {caller}" : "write {" + start.as() + ".name} or the like"));
  }
}
