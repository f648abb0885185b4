package dev.voxlog.nlu;

import dev.voxlog.agent.AgentBundle;
import dev.voxlog.models.SentenceEmbedder;
import dev.voxlog.nlu.scripted.WordEmbedder;
import dev.voxlog.runtime.CallStep;
import dev.voxlog.runtime.CallView;
import dev.voxlog.runtime.Effects;
import dev.voxlog.runtime.Input;
import dev.voxlog.runtime.Stage;
import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.StageName;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.TranscriptEvent;
import dev.voxlog.schemas.Understanding;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Understands each final transcript: intent from the agent file's examples, entities from the words.
///
/// What an agent needs is learnt once per process and agent file, on a thread of its own; utterances wait for it.
public final class NluWorker implements Stage {
  private final TextEmbedder embedder;
  private final ZoneId zone;
  private final Map<String, CompletableFuture<AgentUnderstanding>> learnt = new ConcurrentHashMap<>();
  private final DoubleHistogram latency =
      GlobalOpenTelemetry.getMeter("dev.voxlog.nlu").histogramBuilder("voice.nlu.latency_ms").setUnit("ms").build();

  /// `zone` is where "tomorrow" is reckoned.
  public NluWorker(TextEmbedder embedder, ZoneId zone) {
    this.embedder = embedder;
    this.zone = zone;
  }

  /// A worker with the built-in sentence model, which stays the caller's to close. Vectors of an agent's examples are kept under
  /// `cacheFolder`, so that only the first start of an agent file computes them.
  public static NluWorker embedded(SentenceEmbedder embedder, Path cacheFolder, ZoneId zone) {
    return new NluWorker(embedder::embed, zone);
  }

  /// A worker that needs no model and goes by the words alone.
  public static NluWorker scripted(ZoneId zone) {
    return new NluWorker(new WordEmbedder(), zone);
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
        .start(
            () -> {
              try {
                result.complete(AgentUnderstanding.of(agent.agent(), embedder));
              } catch (RuntimeException e) {
                learnt.remove(agent.key());
                result.completeExceptionally(e);
              }
            });
    return result;
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

  @Override
  public CallStep open(CallView call, @Nullable AudioBytes state, Effects effects) {
    return new Step(call, effects);
  }

  /// One call: no state between utterances, so nothing to remember but what is being worked on.
  private final class Step implements CallStep {
    private static final String LEARNT = "learnt";

    private final CallView call;
    private final Effects effects;
    private final Map<String, TranscriptEvent.Final> open = new LinkedHashMap<>();
    private @Nullable AgentUnderstanding understanding;

    Step(CallView call, Effects effects) {
      this.call = call;
      this.effects = effects;
      effects.await(LEARNT, learn(call.agent()));
    }

    @Override
    public void on(Input input) {
      switch (input) {
        case Input.Logged(TranscriptEvent.Final said, _) -> heard(said);
        case Input.Answered(String key, AgentUnderstanding ready) when key.equals(LEARNT) -> ready(ready);
        case Input.Answered(String key, AgentUnderstanding.Meaning meaning) -> understood(key, meaning);
        case Input.Failed(String key, Throwable cause) -> failed(key, cause);
        default -> {}
      }
    }

    private void heard(TranscriptEvent.Final said) {
      open.put("utterance " + said.utterance(), said);
      if (understanding != null) {
        ask(understanding, said);
      }
    }

    private void ready(AgentUnderstanding ready) {
      understanding = ready;
      open.values().forEach(said -> ask(ready, said));
    }

    private void ask(AgentUnderstanding ready, TranscriptEvent.Final said) {
      LocalDate today = LocalDate.ofInstant(call.started().at(), zone);
      boolean isDigitsExpected = expectsDigits();
      effects.ask(
          "utterance " + said.utterance(),
          Effects.Urgency.FINAL_DECODE,
          _ -> ready.understand(said.text(), today, isDigitsExpected));
    }

    private boolean expectsDigits() {
      CallEvent.Expects expects = call.expects();
      return expects != null && (expects.answer() == CallEvent.Answer.DIGITS || expects.answer() == CallEvent.Answer.CODE);
    }

    private void understood(String key, AgentUnderstanding.Meaning meaning) {
      TranscriptEvent.Final said = open.remove(key);
      if (said != null) {
        latency.record(meaning.tookMs(), Attributes.of(AttributeKey.stringKey("method"), "classifier"));
        effects.emit(understanding(said, meaning));
      }
    }

    /// Whatever breaks, the dialogue must not wait for ever: it is told that the utterance was not understood.
    private void failed(String key, Throwable cause) {
      effects.error("not understood", cause.getClass().getSimpleName());
      TranscriptEvent.Final said = open.remove(key);
      if (said != null) {
        var unsure = new IntentClassifier.Verdict(Understanding.UNSURE, 0, List.of());
        effects.emit(understanding(said, new AgentUnderstanding.Meaning(unsure, List.of(), 0)));
      }
    }

    private Understanding.Understood understanding(TranscriptEvent.Final said, AgentUnderstanding.Meaning meaning) {
      IntentClassifier.Verdict verdict = meaning.verdict();
      return new Understanding.Understood(
          call.id(),
          effects.now(),
          said.utterance(),
          Understanding.Understood.FINAL,
          said.text(),
          verdict.intent(),
          verdict.confidence(),
          verdict.alternatives(),
          meaning.entities(),
          null,
          call.agent().agent().languages().getFirst().toLanguageTag(),
          said.confidence(),
          said.onsetMs(),
          said.endMs(),
          said.mediaMs());
    }

    @Override
    public boolean atRest() {
      return open.isEmpty();
    }

    @Override
    public AudioBytes state() {
      return AudioBytes.EMPTY;
    }
  }
}
