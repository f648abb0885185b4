package dev.voxlog.llm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.voxlog.agent.Agent;
import dev.voxlog.agent.Caller;
import dev.voxlog.agent.Tool;
import dev.voxlog.llm.tools.ToolAnswer;
import dev.voxlog.runtime.Effects;
import dev.voxlog.schemas.CallEvent.Outcome;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import java.util.List;
import java.util.Optional;

/// Stands between a call and the tools: what is asked keeps to the tool's schema and has the
/// caller's own number where the agent file says so, whoever filled it; of what is answered, the
/// call gets the caller's own. What is withheld is counted, and else as if it were not there.
final class ToolGuard {
  private static final AttributeKey<String> AGENT = AttributeKey.stringKey("agent");
  private static final AttributeKey<String> TOOL = AttributeKey.stringKey("tool");
  private static final AttributeKey<String> WHY = AttributeKey.stringKey("why");

  private final String agent;
  private final Caller caller;
  private final Effects effects;
  private final LongCounter withheld;

  ToolGuard(Agent agent, Caller caller, Effects effects) {
    this.agent = agent.name();
    this.caller = caller;
    this.effects = effects;
    this.withheld =
        GlobalOpenTelemetry.getMeter("dev.voxlog.llm")
            .counterBuilder("voice.tool.withheld.total")
            .build();
  }

  Caller caller() {
    return caller;
  }

  /// The arguments as the tool may get them.
  ObjectNode bound(Tool tool, ObjectNode given) {
    return tool.own().bound(given, caller);
  }

  /// The answer where the tool is not to be called at all.
  Optional<ToolAnswer> refused(Tool tool, ObjectNode bound) {
    if (!tool.own().admits(caller)) {
      return Optional.of(withheld(tool, "anonymous"));
    }
    List<String> problems = tool.check(bound);
    if (!problems.isEmpty()) {
      effects.error("tool arguments refused", tool.name() + " " + problems);
      return Optional.of(ToolAnswer.of(Outcome.REFUSED));
    }
    return Optional.empty();
  }

  /// What the call gets of the answer. Where a tool has answers that are somebody's own, the body
  /// of a refusal may be about somebody, too.
  ToolAnswer shown(Tool tool, ToolAnswer answer) {
    if (tool.own().result().isEmpty()) {
      return answer;
    }
    if (answer.outcome() != Outcome.OK) {
      return new ToolAnswer(answer.outcome(), null, answer.isConflict());
    }
    return tool.own().shows(answer.result(), caller) ? answer : withheld(tool, "not the caller's");
  }

  private ToolAnswer withheld(Tool tool, String why) {
    withheld.add(1, Attributes.of(AGENT, agent, TOOL, tool.name(), WHY, why));
    return ToolAnswer.of(Outcome.WITHHELD);
  }
}
