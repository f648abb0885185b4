package dev.voxlog.stt;

import dev.voxlog.models.ModelStore;
import dev.voxlog.models.Models;
import dev.voxlog.models.Progress;
import dev.voxlog.runtime.CallStep;
import dev.voxlog.runtime.CallView;
import dev.voxlog.runtime.Effects;
import dev.voxlog.runtime.Stage;
import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.StageName;
import dev.voxlog.schemas.Topic;
import dev.voxlog.stt.moonshine.MoonshineRecognizer;
import dev.voxlog.stt.scripted.EnergyDetector;
import dev.voxlog.stt.scripted.ScriptedRecognizer;
import dev.voxlog.stt.silero.SileroDetector;
import dev.voxlog.stt.stub.IdleNetwork;
import dev.voxlog.stt.stub.StubRecognizer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Hears the callers: voice activity detection, recognition, endpointing.
public final class SttWorker implements Stage {
  private final Ears ears;
  private final List<? extends AutoCloseable> engines;

  /// What all calls of the process share.
  record Ears(
      SttConfig config, VoiceLine line, Recognizer recognizer, String engine, SttMetrics metrics) {}

  /// With a detector that takes next to nothing. `engine` is the recogniser's name in transcripts
  /// and metrics. The engines stay the caller's to close.
  public SttWorker(
      SttConfig config, VoiceActivityDetector detector, Recognizer recognizer, String engine) {
    this(config, new InstantLine(detector), recognizer, engine, List.of());
  }

  /// Closes `engines` with itself.
  SttWorker(
      SttConfig config,
      VoiceLine line,
      Recognizer recognizer,
      String engine,
      List<? extends AutoCloseable> engines) {
    this.ears = new Ears(config, line, recognizer, engine, new SttMetrics(engine));
    this.engines = engines;
  }

  /// A worker with the built-in engines, Silero and Moonshine Tiny, loaded and warm; it closes them
  /// with itself. Takes some seconds, and longer where weights must be fetched first, which
  /// `progress` tells.
  ///
  /// @throws dev.voxlog.models.ModelUnavailableException if weights are missing and no source has
  ///   them
  /// @throws EngineException if weights do not load
  public static SttWorker embedded(SttConfig config, ModelStore store, Progress progress) {
    Path detectorFile = store.get(Models.SILERO_V6, progress);
    Path encoder = store.get(Models.MOONSHINE_ENCODER, progress);
    Path decoder = store.get(Models.MOONSHINE_DECODER, progress);
    Path vocabulary = store.get(Models.MOONSHINE_VOCABULARY, progress);
    progress.report("Loading speech recognition …");
    SileroDetector detector = new SileroDetector(detectorFile);
    MoonshineRecognizer recognizer = new MoonshineRecognizer(encoder, decoder, vocabulary);
    recognizer.warmUp();
    return new SttWorker(
        config,
        new DetectorLine(detector),
        recognizer,
        MoonshineRecognizer.NAME,
        List.of(recognizer, detector));
  }

  /// A worker that needs no weights and hears the codes of [dev.voxlog.audio.ToneCode]: each id is
  /// its phrase, or "utterance <id>" without one. Each decode takes `delay` longer than it must.
  public static SttWorker scripted(SttConfig config, Map<Integer, String> phrases, Duration delay) {
    return new SttWorker(
        config,
        new EnergyDetector(),
        new ScriptedRecognizer(phrases, delay),
        ScriptedRecognizer.NAME);
  }

  /// A worker that shows what the platform itself takes: loudness tells speech, the first silent
  /// frame of a carrier ends an utterance, and its words are there after `delay`.
  public static SttWorker stub(SttConfig config, Duration delay) {
    return new SttWorker(
        config.endingAtOnce(),
        new EnergyDetector(StubRecognizer.FRAME),
        new StubRecognizer(delay),
        StubRecognizer.NAME);
  }

  /// The same with the built-in voice detection at work beside it. What that says of a window is
  /// left aside, so that turns are the same, but for its longer windows.
  ///
  /// @throws dev.voxlog.models.ModelUnavailableException if weights are missing and no source has
  ///   them
  public static SttWorker stubWithVad(
      SttConfig config, Duration delay, ModelStore store, Progress progress) {
    SileroDetector network = new SileroDetector(store.get(Models.SILERO_V6, progress));
    return new SttWorker(
        config.endingAtOnce(),
        new DetectorLine(new IdleNetwork(network, new EnergyDetector())),
        new StubRecognizer(delay),
        StubRecognizer.NAME,
        List.of(network));
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

  /// Silence is long, and all of it since the last checkpoint is read again.
  @Override
  public Duration checkpointEvery() {
    return Duration.ofSeconds(5);
  }

  @Override
  public int stateVersion() {
    return 2;
  }

  @Override
  public CallStep open(CallView call, @Nullable AudioBytes state, Effects effects) {
    return call.started().settings().turnDetection().isPushToTalk()
        ? new PushToTalkStep(call, state, effects, ears)
        : new SttStep(call, state, effects, ears);
  }

  @Override
  public Duration engineWait() {
    return ears.line().waiting();
  }

  @Override
  public void close() {
    ears.line().close();
    for (AutoCloseable engine : engines) {
      closeQuietly(engine);
    }
  }

  private static void closeQuietly(AutoCloseable engine) {
    try {
      engine.close();
    } catch (Exception e) {
      throw new EngineException("an engine did not close", e);
    }
  }
}
