package dev.voxlog.agent.reading;

import dev.voxlog.agent.Action;
import dev.voxlog.agent.Intent;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Checks that what intents and keys point to is there.
final class References {
  private final Problems problems;
  private final Declared declared;

  References(Problems problems, Declared declared) {
    this.problems = problems;
    this.declared = declared;
  }

  void check(List<Placed<Intent>> intents, boolean hasKnowledge, boolean hasTransfer) {
    Map<String, String> seen = new HashMap<>();
    for (Placed<Intent> placed : intents) {
      switch (placed.value().target()) {
        case Intent.Enter(String flow) ->
            declared.require(FlowReader.FLOW, flow, placed.path() + ".flow");
        case Intent.Act(Action action) ->
            checkAction(action, placed.path() + ".action", hasKnowledge, hasTransfer);
        case Intent.Say _ -> {}
      }
      checkExamples(placed, seen);
    }
  }

  private void checkAction(Action action, String path, boolean hasKnowledge, boolean hasTransfer) {
    if (action == Action.ANSWER && !hasKnowledge) {
      problems.add(
          path,
          "answers from knowledge, but there is none",
          "add knowledge: with the folder of documents");
    }
    if (action == Action.TRANSFER && !hasTransfer) {
      problems.add(
          path,
          "hands over to a person, but none is named",
          "add transfer: with the number to dial");
    }
  }

  private void checkExamples(Placed<Intent> placed, Map<String, String> seen) {
    List<String> examples = placed.value().examples();
    for (int index = 0; index < examples.size(); index++) {
      String words =
          examples.get(index).toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
      String other = words.isEmpty() ? null : seen.putIfAbsent(words, placed.value().name());
      if (other != null) {
        String whose = other.equals(placed.value().name()) ? "this intent" : "the intent " + other;
        problems.add(
            placed.path() + ".examples[" + index + "]",
            "is an example of " + whose + " already",
            "keep it in one place");
      }
    }
  }

  void checkKeys(Map<String, String> dtmf) {
    dtmf.forEach((key, intent) -> {
      String path = "dtmf." + key;
      if (!key.matches("[0-9*#]")) {
        problems.add(path, key + " is no key of a phone", "write one of 0 to 9, \"*\" or \"#\"");
      }
      declared.require(IntentReader.INTENT, intent, path);
    });
  }
}
