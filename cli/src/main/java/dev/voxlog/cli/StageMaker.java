package dev.voxlog.cli;

import dev.voxlog.agent.AgentBundle;
import dev.voxlog.cli.settings.StageSettings;
import dev.voxlog.cli.settings.StubDelays;
import dev.voxlog.egress.EgressWorker;
import dev.voxlog.llm.LlmWorker;
import dev.voxlog.llm.chat.ChatModel;
import dev.voxlog.llm.chat.GuardedModel;
import dev.voxlog.llm.chat.OpenAiChat;
import dev.voxlog.llm.chat.StubChat;
import dev.voxlog.models.ModelStore;
import dev.voxlog.models.Progress;
import dev.voxlog.models.SentenceEmbedder;
import dev.voxlog.nlu.NluWorker;
import dev.voxlog.runtime.Stage;
import dev.voxlog.schemas.StageName;
import dev.voxlog.stt.SttWorker;
import dev.voxlog.tts.TtsWorker;
import dev.voxlog.tts.embedded.EmbeddedVoices;
import dev.voxlog.tts.scripted.ScriptedVoice;
import dev.voxlog.tts.stub.StubVoice;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Makes stages with their engines. What stages share is loaded once, when first needed. Safe from
/// any thread.
final class StageMaker implements AutoCloseable {
  private final StageSettings settings;
  private final ModelStore store;
  private final Progress progress;
  private @Nullable SentenceEmbedder embedder;

  StageMaker(StageSettings settings, Progress progress) {
    this.settings = settings;
    this.store = new ModelStore(settings.models());
    this.progress = progress;
  }

  /// Loads the engines of a stage, fetching what is missing, and puts it together; blocks.
  ///
  /// @throws dev.voxlog.models.ModelUnavailableException if a model cannot be had
  Stage make(StageName name) {
    return switch (settings.engines()) {
      case EMBEDDED -> embedded(name);
      case SCRIPTED -> scripted(name);
      case STUB -> stub(name);
    };
  }

  private Stage embedded(StageName name) {
    return switch (name) {
      case STT -> SttWorker.embedded(settings.stt(), store, progress);
      case NLU -> NluWorker.embedded(embedder(), store.directory(), settings.zone());
      case LLM -> LlmWorker.embedded(settings.llm(), embedder(), model());
      case TTS ->
          new TtsWorker(
              settings.tts(),
              EmbeddedVoices.load(store, progress),
              store.directory().resolve("prompts"));
      case EGRESS -> new EgressWorker(settings.egress());
      case INGRESS, CLI, ANALYTICS, UNKNOWN -> throw noStage(name);
    };
  }

  private Stage scripted(StageName name) {
    return switch (name) {
      case STT -> SttWorker.scripted(settings.stt(), settings.phrases(), settings.scriptedDelay());
      case NLU -> NluWorker.scripted(settings.zone());
      case LLM -> LlmWorker.scripted(settings.llm(), model());
      case TTS -> new TtsWorker(settings.tts(), ScriptedVoice.voices());
      case EGRESS -> new EgressWorker(settings.egress());
      case INGRESS, CLI, ANALYTICS, UNKNOWN -> throw noStage(name);
    };
  }

  private Stage stub(StageName name) {
    StubDelays delays = settings.stubDelays();
    return switch (name) {
      case STT ->
          switch (settings.stubHearing()) {
            case NONE -> SttWorker.stub(settings.stt(), delays.stt());
            case VAD -> SttWorker.stubWithVad(settings.stt(), delays.stt(), store, progress);
            case ALL -> embedded(name);
          };
      case NLU -> NluWorker.stub(settings.zone(), delays.nlu());
      case LLM -> LlmWorker.scripted(settings.llm(), new StubChat(delays.llm()));
      case TTS -> {
        StubVoice voice = new StubVoice(delays.tts());
        yield new TtsWorker(settings.tts(), _ -> List.of(voice));
      }
      case EGRESS -> new EgressWorker(settings.egress());
      case INGRESS, CLI, ANALYTICS, UNKNOWN -> throw noStage(name);
    };
  }

  private @Nullable ChatModel model() {
    return settings
        .chat()
        .map(chat -> new GuardedModel(new OpenAiChat(chat), System::nanoTime))
        .orElse(null);
  }

  private static IllegalArgumentException noStage(StageName name) {
    return new IllegalArgumentException(name.id() + " is no stage that reads the log");
  }

  private synchronized SentenceEmbedder embedder() {
    SentenceEmbedder shared = embedder;
    if (shared == null) {
      shared = SentenceEmbedder.load(store.directory());
      embedder = shared;
    }
    return shared;
  }

  /// Does now what a stage would otherwise do in an agent's first call.
  static CompletableFuture<?> prepare(Stage stage, AgentBundle agent) {
    return switch (stage) {
      case NluWorker nlu -> nlu.learn(agent);
      case LlmWorker llm -> llm.prepare(agent);
      case TtsWorker tts -> tts.prerender(agent);
      default -> CompletableFuture.completedFuture(null);
    };
  }

  /// Frees what the stages shared; they must be closed before.
  @Override
  public synchronized void close() {
    SentenceEmbedder shared = embedder;
    if (shared != null) {
      shared.close();
    }
  }
}
