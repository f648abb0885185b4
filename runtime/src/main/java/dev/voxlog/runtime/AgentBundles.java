package dev.voxlog.runtime;

import dev.voxlog.agent.AgentBundle;
import java.util.Optional;

/// The published agent files, by key name@hash. Asked from any thread.
@FunctionalInterface
public interface AgentBundles {
  Optional<AgentBundle> find(String key);
}
