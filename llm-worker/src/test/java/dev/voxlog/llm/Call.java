package dev.voxlog.llm;

import dev.voxlog.agent.AgentBundle;
import dev.voxlog.runtime.CallView;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A call with Acme of which no more is known than who calls.
record Call(@Nullable String caller) implements CallView {
  @Override
  public CallId id() {
    return CallLab.ID;
  }

  @Override
  public CallEvent.Started started() {
    return new CallEvent.Started(
        id(), Instant.EPOCH, "twilio", "CA1", "inbound", caller, null, agent().key(), Map.of());
  }

  @Override
  public AgentBundle agent() {
    return CallLab.ACME;
  }

  @Override
  public CallEvent.@Nullable Attached attached() {
    return null;
  }

  @Override
  public CallEvent.@Nullable Expects expects() {
    return null;
  }
}
