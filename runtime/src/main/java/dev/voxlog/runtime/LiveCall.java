package dev.voxlog.runtime;

import dev.voxlog.agent.AgentBundle;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A call as the `calls` records so far describe it. Used by one thread at a time, as the call's
/// step is.
public final class LiveCall implements CallView {
  private final CallId id;
  private CallEvent.@Nullable Started started;
  private CallEvent.@Nullable Attached attached;
  private CallEvent.@Nullable Expects expects;
  private CallEvent.@Nullable Ended ended;
  private @Nullable AgentBundle agent;

  public LiveCall(CallId id) {
    this.id = id;
  }

  /// Takes note of what the event says of the call as a whole.
  public void observe(CallEvent event) {
    switch (event) {
      case CallEvent.Started s when started == null -> started = s;
      case CallEvent.Attached a when attached == null || a.attach() >= attached.attach() ->
          attached = a;
      case CallEvent.Expects e -> expects = e;
      case CallEvent.Ended e -> ended = e;
      default -> {}
    }
  }

  public void pin(AgentBundle bundle) {
    agent = bundle;
  }

  /// The facts that a checkpoint of the stage carries on. It lies outside `calls`, so numbers and
  /// the program's instructions are left out, but for what the stage needs of them.
  List<CallEvent> facts(Stage of) {
    CallEvent.Started kept = started == null ? null : stripped(started, of);
    return Stream.<@Nullable CallEvent>of(kept, attached, expects)
        .filter(Objects::nonNull)
        .map(Objects::requireNonNull)
        .toList();
  }

  private static CallEvent.Started stripped(CallEvent.Started of, Stage stage) {
    return new CallEvent.Started(
        of.callId(),
        of.at(),
        of.carrier(),
        of.carrierCallId(),
        of.direction(),
        stage.needsCallerNumber() ? of.from() : null,
        null,
        of.agent(),
        Map.of(),
        stage.needsInstructions() ? of.settings() : of.settings().withoutInstructions());
  }

  /// True once STARTED has been read and its agent file is at hand: the call's step can be opened.
  public boolean isKnown() {
    return started != null && agent != null;
  }

  public boolean isEnded() {
    return ended != null;
  }

  public CallEvent.@Nullable Started startedIfKnown() {
    return started;
  }

  @Override
  public CallId id() {
    return id;
  }

  @Override
  public CallEvent.Started started() {
    if (started == null) {
      throw new IllegalStateException("the call has no STARTED yet");
    }
    return started;
  }

  @Override
  public AgentBundle agent() {
    if (agent == null) {
      throw new IllegalStateException("the call's agent file has not been read yet");
    }
    return agent;
  }

  @Override
  public CallEvent.@Nullable Attached attached() {
    return attached;
  }

  @Override
  public CallEvent.@Nullable Expects expects() {
    return expects;
  }
}
