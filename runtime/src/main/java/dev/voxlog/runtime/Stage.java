package dev.voxlog.runtime;

import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.StageName;
import dev.voxlog.schemas.Topic;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One stage of the pipeline: which topics it reads and writes, and how it opens a call.
public interface Stage extends AutoCloseable {
  StageName name();

  /// The topics it reads. `calls` is always among them: it tells a stage that a call exists.
  Set<Topic> inputs();

  /// The topics it writes, the one for its checkpoints first in [#checkpointTopic()].
  Set<Topic> outputs();

  Topic checkpointTopic();

  /// Whether its calls' STARTED must name the caller's number after a takeover too. It then lies in
  /// clear in the stage's checkpoints, so only a stage that cannot do without says so.
  default boolean needsCallerNumber() {
    return false;
  }

  /// The same for what the caller's program asks of the language model.
  default boolean needsInstructions() {
    return false;
  }

  /// How long what it writes, audio apart, waits for more to share its request with. Each request
  /// wakes everybody who reads the topic.
  default Duration textLinger() {
    return Duration.ZERO;
  }

  /// How often a call at rest is checkpointed while it is given inputs. All inputs since are read
  /// again at a takeover.
  default Duration checkpointEvery() {
    return Duration.ofSeconds(30);
  }

  /// The version of the form that [CallStep#state()] has. A state of another version is not given
  /// to [#open]: its call goes on without.
  default int stateVersion() {
    return 1;
  }

  /// Called once before any call is opened, with the way to reach calls from outside the log.
  default void start(Outside outside) {}

  /// Opens a call. `state` is what [CallStep#state()] gave at the last checkpoint, null for a call
  /// seen for the first time, or whose state cannot be read. Runs on the call's mailbox, as
  /// everything of the step does.
  CallStep open(CallView call, @Nullable AudioBytes state, Effects effects);

  /// How long work waits for engines that the stage runs beside the process's pool. From any
  /// thread.
  default Duration engineWait() {
    return Duration.ZERO;
  }

  @Override
  default void close() {}

  /// How a stage's own sockets and engines reach a call: the message arrives in the call's mailbox
  /// as [Input.External].
  interface Outside {
    void post(dev.voxlog.schemas.CallId call, Object message);
  }
}
