package dev.voxlog.llm.dialogue;

import dev.voxlog.agent.Action;
import dev.voxlog.agent.Agent;
import dev.voxlog.agent.Flow;
import dev.voxlog.agent.Intent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a language model may choose: the flows that callers can ask for, and the ways out that the
/// agent has. It is offered these, and nothing else is taken from it.
public final class Functions {
  private static final String PERSON = "connect_with_person";
  private static final String END_CALL = "end_call";

  private Functions() {}

  /// One of them; `leading` are the intents that lead there, at least one.
  public sealed interface Function {
    String name();

    List<Intent> leading();
  }

  public record Enter(Flow flow, List<Intent> leading) implements Function {
    @Override
    public String name() {
      return flow.name();
    }
  }

  public record Leave(String name, Action action, List<Intent> leading) implements Function {}

  public static List<Function> of(Agent agent) {
    List<Function> all = new ArrayList<>();
    for (Flow flow : agent.flows()) {
      Intent.Target target = new Intent.Enter(flow.name());
      all.add(
          new Enter(
              flow,
              agent.intents().stream().filter(each -> each.target().equals(target)).toList()));
    }
    if (agent.transfer() != null) {
      all.add(new Leave(PERSON, Action.TRANSFER, agent.intents(Action.TRANSFER)));
    }
    all.add(new Leave(END_CALL, Action.HANG_UP, agent.intents(Action.HANG_UP)));
    return all.stream().filter(each -> !each.leading().isEmpty()).toList();
  }

  static Optional<Function> named(Agent agent, String name) {
    return of(agent).stream().filter(each -> each.name().equals(name)).findFirst();
  }
}
