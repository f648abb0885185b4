package dev.voxlog.llm;

import dev.voxlog.agent.Knowledge;
import dev.voxlog.llm.knowledge.Found;
import dev.voxlog.llm.knowledge.KnowledgeIndex;
import dev.voxlog.runtime.CallView;
import dev.voxlog.runtime.Effects;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Looks one question at a time up in the agent's documents, which may still be being indexed.
final class Lookup {
  private static final String INDEX = "index";
  private static final String SEARCH = "search";

  private final CallView call;
  private final Effects effects;
  private final LlmWorker.Surroundings around;
  private @Nullable Question asked;

  /// `isSure` where a weaker answer serves better than none.
  record Question(String text, boolean isSure, int most) {}

  Lookup(CallView call, Effects effects, LlmWorker.Surroundings around) {
    this.call = call;
    this.effects = effects;
    this.around = around;
  }

  /// Begins; gives what there is at once where there are no documents.
  Optional<List<Found>> begin(Question question) {
    if (call.agent().agent().knowledge() == null) {
      return Optional.of(List.of());
    }
    asked = question;
    effects.await(INDEX, around.library().of(call.agent()));
    return Optional.empty();
  }

  boolean isKey(String key) {
    return key.equals(INDEX) || key.equals(SEARCH);
  }

  /// What was found, once it is there.
  Optional<List<Found>> answered(Object value) {
    Question question = asked;
    Knowledge knowledge = call.agent().agent().knowledge();
    if (question == null || knowledge == null) {
      return Optional.empty();
    }
    if (value instanceof KnowledgeIndex index) {
      double least =
          question.isSure
              ? knowledge.minScore() * KnowledgeIndex.OF_A_SURE_QUESTION
              : knowledge.minScore();
      effects.ask(
          SEARCH,
          Effects.Urgency.FINAL_DECODE,
          _ ->
              index.search(question.text, least, Math.max(question.most, knowledge.maxPassages())));
      return Optional.empty();
    }
    asked = null;
    return value instanceof List<?> found
        ? Optional.of(found.stream().map(Found.class::cast).toList())
        : Optional.of(List.of());
  }

  /// The documents could not be searched: as if they had nothing.
  Optional<List<Found>> failed(Throwable cause) {
    if (asked == null) {
      return Optional.empty();
    }
    asked = null;
    effects.error("knowledge not searched", cause.getClass().getSimpleName());
    return Optional.of(List.of());
  }

  void release() {
    asked = null;
    effects.cancel(INDEX);
    effects.cancel(SEARCH);
  }
}
