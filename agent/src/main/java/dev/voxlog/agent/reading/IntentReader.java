package dev.voxlog.agent.reading;

import dev.voxlog.agent.Action;
import dev.voxlog.agent.Intent;
import dev.voxlog.agent.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Reads the `intents` list.
final class IntentReader {
  static final String INTENT = "intent";

  private final Declared declared;

  IntentReader(Declared declared) {
    this.declared = declared;
  }

  List<Placed<Intent>> read(Section root) {
    if (!root.has("intents")) {
      root.report(
          "intents",
          "is missing",
          "add intents: with what callers want, each with name, examples, and a flow, action or say");
    }
    List<Placed<Intent>> intents = new ArrayList<>();
    for (Section section : root.sections("intents")) {
      String name = section.text("name", "order_status");
      declared.add(INTENT, name, section.path("name"));
      List<String> examples = section.texts("examples");
      Intent.Target target = target(section);
      Intent intent = section.build(() -> new Intent(name, examples, target));
      if (intent != null) {
        intents.add(new Placed<>(section.path(), intent));
      }
    }
    return intents;
  }

  private static Intent.Target target(Section section) {
    List<String> chosen = Stream.of("flow", "action", "say").filter(section::has).toList();
    if (chosen.size() != 1) {
      String reason =
          chosen.isEmpty()
              ? "leads nowhere"
              : "leads to several things: " + String.join(", ", chosen);
      String key = chosen.isEmpty() ? "flow" : chosen.getLast();
      section.report(key, "the intent " + reason, "give it exactly one of flow, action, say");
    }
    if (chosen.contains("flow")) {
      return new Intent.Enter(section.text("flow"));
    }
    List<Template> wordings = section.templates("say");
    Action action = section.choice("action", Action.UNSURE);
    if (chosen.contains("action")) {
      return new Intent.Act(action);
    }
    wordings.stream()
        .flatMap(each -> each.names().stream())
        .forEach(name ->
            section.report(
                "say",
                "{" + name + "} has no value in an intent's wording",
                "write it without places, or lead to a flow"));
    return new Intent.Say(wordings);
  }
}
