package dev.voxlog.llm;

import dev.voxlog.agent.AgentBundle;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What a model is told, and held to, with each agent: made once, since it is the same in all of an
/// agent's calls and larger than what a call holds. Safe for any thread.
final class Briefings {
  private final Map<String, Briefing> known = new ConcurrentHashMap<>();

  /// `asking` where the caller's program asks for nothing.
  record Briefing(Asking asking, Bounds bounds) {}

  Briefing of(AgentBundle agent) {
    return known.computeIfAbsent(
        agent.hash(),
        _ -> new Briefing(new Asking(agent.agent(), null), new Bounds(agent.agent())));
  }
}
