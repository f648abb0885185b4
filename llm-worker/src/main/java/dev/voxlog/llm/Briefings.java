package dev.voxlog.llm;

import dev.voxlog.agent.AgentBundle;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;

/// What a model is told, and held to, with each agent: made once, since it is the same in all of an
/// agent's calls and larger than what a call holds; gone with the agent. Safe for any thread.
final class Briefings {
  private final Map<AgentBundle, Briefing> known = Collections.synchronizedMap(new WeakHashMap<>());

  /// `asking` where the caller's program asks for nothing.
  record Briefing(Asking asking, Bounds bounds) {}

  Briefing of(AgentBundle agent) {
    return known.computeIfAbsent(
        agent, _ -> new Briefing(new Asking(agent.agent(), null), new Bounds(agent.agent())));
  }
}
