package dev.voxlog.stt;

import dev.voxlog.runtime.CallStep;
import dev.voxlog.runtime.CallView;
import dev.voxlog.runtime.Effects;
import dev.voxlog.runtime.Stage;
import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.StageName;
import dev.voxlog.schemas.Topic;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Hears the callers: voice activity detection, recognition, endpointing.
public final class SttWorker implements Stage {
  private final Ears ears;

  /// What all calls of the process share.
  record Ears(SttConfig config, DetectorLine detector, Recognizer recognizer, String engine) {}

  /// `engine` is the recogniser's name in transcripts and metrics.
  public SttWorker(SttConfig config, VoiceActivityDetector detector, Recognizer recognizer, String engine) {
    this.ears = new Ears(config, new DetectorLine(detector), recognizer, engine);
  }

  @Override
  public StageName name() {
    return StageName.STT;
  }

  @Override
  public Set<Topic> inputs() {
    return Set.of(Topic.AUDIO_IN, Topic.CALLS);
  }

  @Override
  public Set<Topic> outputs() {
    return Set.of(Topic.TRANSCRIPTS, Topic.CALLS);
  }

  @Override
  public Topic checkpointTopic() {
    return Topic.TRANSCRIPTS;
  }

  @Override
  public CallStep open(CallView call, @Nullable AudioBytes state, Effects effects) {
    return new SttStep(call, state, effects, ears);
  }

  @Override
  public void close() {
    ears.detector().close();
  }
}
