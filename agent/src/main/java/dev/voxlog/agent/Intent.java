package dev.voxlog.agent;

import java.util.List;
import java.util.stream.Stream;

/// Something callers want, known by `examples` of how they say it.
public record Intent(String name, List<String> examples, Target target) {
  /// Where an intent leads.
  public sealed interface Target {}

  /// Into the flow of this name.
  public record Enter(String flow) implements Target {}

  /// To something the dialogue does by itself.
  public record Act(Action action) implements Target {}

  /// To one of these wordings.
  public record Say(List<Template> wordings) implements Target {
    public Say {
      wordings = List.copyOf(wordings);
    }
  }

  public Intent {
    examples = List.copyOf(examples);
    new Rules()
        .that(
            Agent.isName(name),
            "name",
            name,
            "is no name",
            "use letters, digits, _ and -, a letter first")
        .that(
            !name.equals("unsure"),
            "name",
            name,
            "is what an utterance without a sure intent is called",
            "choose another name, such as out_of_scope")
        .that(
            examples.size() >= 2,
            "examples",
            examples.size() + " example(s)",
            "cannot teach the classifier an intent, which takes at least 2",
            "add examples of how callers say it; 10 or more are good")
        .enforce();
  }

  Stream<Template> wordings() {
    return target instanceof Say say ? say.wordings().stream() : Stream.empty();
  }
}
