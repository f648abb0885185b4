package dev.voxlog.llm;

import dev.voxlog.agent.AgentBundle;
import dev.voxlog.llm.chat.ChatModel;
import dev.voxlog.llm.dialogue.Conversation.Scope;
import dev.voxlog.llm.knowledge.KnowledgeLibrary;
import dev.voxlog.llm.knowledge.TextEmbedder;
import dev.voxlog.llm.knowledge.WordEmbedder;
import dev.voxlog.llm.tools.HttpTools;
import dev.voxlog.llm.tools.Tools;
import dev.voxlog.models.SentenceEmbedder;
import dev.voxlog.runtime.CallStep;
import dev.voxlog.runtime.CallView;
import dev.voxlog.runtime.Effects;
import dev.voxlog.runtime.Stage;
import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.StageName;
import dev.voxlog.schemas.Topic;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The dialogue stage: it alone numbers turns.
public final class LlmWorker implements Stage {
  private final LlmConfig config;
  private final KnowledgeLibrary library;
  private final Tools tools;
  private final @Nullable ChatModel model;
  private final Briefings briefings = new Briefings();

  /// `model` answers what is open, if there is one; it is closed with the stage.
  public LlmWorker(
      LlmConfig config, KnowledgeLibrary library, Tools tools, @Nullable ChatModel model) {
    this.config = config;
    this.library = library;
    this.tools = tools;
    this.model = model;
  }

  /// A stage that finds its answers with the sentence model, and calls tools by HTTP. `embedder`
  /// stays the caller's to close.
  public static LlmWorker embedded(
      LlmConfig config, SentenceEmbedder embedder, @Nullable ChatModel model) {
    return of(config, TextEmbedder.of(embedder), model);
  }

  /// The same without any weights: answers are found by their words alone.
  public static LlmWorker scripted(LlmConfig config, @Nullable ChatModel model) {
    return of(config, new WordEmbedder(), model);
  }

  private static LlmWorker of(LlmConfig config, TextEmbedder embedder, @Nullable ChatModel model) {
    return new LlmWorker(
        config, new KnowledgeLibrary(embedder), new HttpTools(config.connectTimeout()), model);
  }

  /// Indexes the agent's documents now rather than with its first call.
  public CompletableFuture<?> prepare(AgentBundle agent) {
    return agent.agent().knowledge() == null
        ? CompletableFuture.completedFuture(null)
        : library.of(agent);
  }

  @Override
  public StageName name() {
    return StageName.LLM;
  }

  @Override
  public Set<Topic> inputs() {
    return Set.of(Topic.INTENTS, Topic.CALLS);
  }

  @Override
  public Set<Topic> outputs() {
    return Set.of(Topic.SENTENCES, Topic.CALLS);
  }

  @Override
  public Topic checkpointTopic() {
    return Topic.SENTENCES;
  }

  @Override
  public int stateVersion() {
    return CallState.VERSION;
  }

  /// The caller's number can fill a slot at any turn.
  @Override
  public boolean needsCallerNumber() {
    return true;
  }

  /// The model is told them with each question.
  @Override
  public boolean needsInstructions() {
    return true;
  }

  /// Opens a call's dialogue; its agent's documents begin to be indexed, so that they are ready at
  /// the first question.
  @Override
  public CallStep open(CallView call, @Nullable AudioBytes state, Effects effects) {
    CallState restored = state == null ? CallState.NEW : CallState.of(state);
    CompletableFuture<?> unused = prepare(call.agent());
    return new CallDialogue(
        call, effects, new Surroundings(config, library, tools, model, briefings), restored);
  }

  @Override
  public void close() {
    library.close();
    if (tools instanceof HttpTools http) {
      http.close();
    }
    if (model != null) {
      model.close();
    }
  }

  /// What all calls share.
  record Surroundings(
      LlmConfig config,
      KnowledgeLibrary library,
      Tools tools,
      @Nullable ChatModel model,
      Briefings briefings) {
    /// What the model is asked.
    Scope scope() {
      return model == null ? Scope.NONE : config.scope();
    }
  }
}
