package dev.voxlog.egress;

import dev.voxlog.runtime.CallStep;
import dev.voxlog.runtime.CallView;
import dev.voxlog.runtime.Effects;
import dev.voxlog.runtime.Stage;
import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.StageName;
import dev.voxlog.schemas.Topic;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Plays the agent to the callers: audio, speech and the call's facts come in, commands to the
/// ingress nodes and what the caller heard go out.
public final class EgressWorker implements Stage {
  private static final Duration TEXT_LINGER = Duration.ofMillis(30);

  private final Surroundings around;

  /// What all calls of the process share.
  record Surroundings(EgressConfig config, IngressNodes nodes, EgressMetrics metrics) {}

  /// A worker with connections of its own to the ingress nodes; it closes them with itself.
  public EgressWorker(EgressConfig config) {
    this(config, new MediaClient(config.node(), config.mediaSecret()), new EgressMetrics());
  }

  EgressWorker(EgressConfig config, IngressNodes nodes, EgressMetrics metrics) {
    this.around = new Surroundings(config, nodes, metrics);
  }

  @Override
  public StageName name() {
    return StageName.EGRESS;
  }

  @Override
  public Set<Topic> inputs() {
    return Set.of(Topic.AUDIO_OUT, Topic.TRANSCRIPTS, Topic.CALLS);
  }

  @Override
  public Set<Topic> outputs() {
    return Set.of(Topic.CALLS);
  }

  /// What was heard is told after the fact, and a verdict comes 200 ms or more after the voice that
  /// it is on: nobody waits for these milliseconds, but typed text does.
  @Override
  public Duration textLinger() {
    return TEXT_LINGER;
  }

  @Override
  public Topic checkpointTopic() {
    return Topic.CALLS;
  }

  @Override
  public void start(Outside outside) {
    around.nodes().start(outside);
  }

  @Override
  public CallStep open(CallView call, @Nullable AudioBytes state, Effects effects) {
    return new CallPlayback(call, effects, around, PlaybackState.of(state));
  }

  @Override
  public void close() {
    around.nodes().close();
  }
}
