package dev.voxlog.nlu;

import dev.voxlog.agent.AgentBundle;
import dev.voxlog.models.SentenceEmbedder;
import dev.voxlog.nlu.scripted.SlowEmbedder;
import dev.voxlog.nlu.scripted.WordEmbedder;
import dev.voxlog.runtime.CallStep;
import dev.voxlog.runtime.CallView;
import dev.voxlog.runtime.Effects;
import dev.voxlog.runtime.Stage;
import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.StageName;
import dev.voxlog.schemas.Topic;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Understands each final transcript, and ahead of it interims whose words have settled: intent
/// from the agent file's examples, entities from the words, how the caller feels from examples that
/// are built in.
///
/// What an agent needs is learnt once per process and agent file, on a thread of its own;
/// utterances wait for it.
public final class NluWorker implements Stage {
  private static final Attributes BY_CLASSIFIER =
      Attributes.of(AttributeKey.stringKey("method"), "classifier");

  private final TextEmbedder embedder;
  private final @Nullable VectorFile examples;
  private final ZoneId zone;
  private final Duration delay;
  private final Map<String, CompletableFuture<AgentUnderstanding>> learnt =
      new ConcurrentHashMap<>();
  private final DoubleHistogram latency =
      GlobalOpenTelemetry.getMeter("dev.voxlog.nlu")
          .histogramBuilder("voice.nlu.latency_ms")
          .setUnit("ms")
          .build();

  /// A worker that does not judge how callers feel, as not every embedder's vectors tell; `zone` is
  /// where "tomorrow" is reckoned.
  public NluWorker(TextEmbedder embedder, ZoneId zone) {
    this(embedder, null, zone, Duration.ZERO);
  }

  private NluWorker(
      TextEmbedder embedder, @Nullable VectorFile examples, ZoneId zone, Duration delay) {
    this.embedder = embedder;
    this.examples = examples;
    this.zone = zone;
    this.delay = delay;
  }

  /// A worker with the built-in sentence model, which stays the caller's to close. Vectors of an
  /// agent's examples are kept under `cacheFolder`, so that only the first start of an agent file
  /// computes them.
  public static NluWorker embedded(SentenceEmbedder embedder, Path cacheFolder, ZoneId zone) {
    Path vectors = cacheFolder.resolve("nlu").resolve(SentenceEmbedder.NAME + ".vectors");
    return new NluWorker(
        embedder::embed, new VectorFile(embedder::embed, vectors), zone, Duration.ZERO);
  }

  /// A worker that needs no model and goes by the words alone.
  public static NluWorker scripted(ZoneId zone) {
    return new NluWorker(new WordEmbedder(), zone);
  }

  /// The same, but that whatever is understood takes `delay` longer, which keeps an engine thread.
  public static NluWorker stub(ZoneId zone, Duration delay) {
    return new NluWorker(new WordEmbedder(), null, zone, delay);
  }

  /// Learns the agent now rather than with its first call.
  public CompletableFuture<AgentUnderstanding> learn(AgentBundle agent) {
    return learnt.computeIfAbsent(agent.key(), _ -> learning(agent));
  }

  private CompletableFuture<AgentUnderstanding> learning(AgentBundle agent) {
    CompletableFuture<AgentUnderstanding> result = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .name("nlu-learning")
        .start(() -> {
          try {
            result.complete(understanding(agent));
          } catch (RuntimeException | LinkageError e) {
            learnt.remove(agent.key());
            result.completeExceptionally(e);
          }
        });
    return result;
  }

  private AgentUnderstanding understanding(AgentBundle agent) {
    TextEmbedder recent = new RecentVectors(embedder);
    TextEmbedder live = delay.isZero() ? recent : new SlowEmbedder(recent, delay);
    if (examples == null) {
      return AgentUnderstanding.of(agent.agent(), embedder, live);
    }
    AgentUnderstanding understanding =
        AgentUnderstanding.of(agent.agent(), examples, live)
            .with(SentimentClassifier.train(examples, live));
    examples.save();
    return understanding;
  }

  @Override
  public StageName name() {
    return StageName.NLU;
  }

  @Override
  public Set<Topic> inputs() {
    return Set.of(Topic.TRANSCRIPTS, Topic.CALLS);
  }

  @Override
  public Set<Topic> outputs() {
    return Set.of(Topic.INTENTS, Topic.CALLS);
  }

  @Override
  public Topic checkpointTopic() {
    return Topic.INTENTS;
  }

  ZoneId zone() {
    return zone;
  }

  void understood(long tookMs) {
    latency.record(tookMs, BY_CLASSIFIER);
  }

  @Override
  public CallStep open(CallView call, @Nullable AudioBytes state, Effects effects) {
    return new NluStep(this, call, effects);
  }
}
