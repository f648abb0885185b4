package dev.voxlog.nlu;

import dev.voxlog.agent.Agent;
import dev.voxlog.agent.Intent;
import dev.voxlog.agent.Slot;
import dev.voxlog.nlu.entities.EntityFinder;
import dev.voxlog.schemas.CallEvent.Answer;
import dev.voxlog.schemas.Entity;
import dev.voxlog.schemas.Understanding;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// All that is needed to understand callers of one agent; `wishOfAnId` is what an order number
/// means beside words that mean nothing; without `feelings` nobody judges how callers feel. Safe
/// from any thread.
public record AgentUnderstanding(
    IntentClassifier intents,
    EntityFinder entities,
    Optional<String> wishOfAnId,
    @Nullable SentimentClassifier feelings) {

  /// How sure it is that who says an order number, and nothing else that is understood, means the
  /// order.
  private static final double LIKELY = 0.5;

  /// Learns the agent's intents; takes a second or two. `examples` embeds the agent file's
  /// sentences, `live` what callers say.
  public static AgentUnderstanding of(Agent agent, TextEmbedder examples, TextEmbedder live) {
    LanguageGuess.builtIn();
    List<Integer> idLengths =
        agent
            .slots()
            .filter(slot -> slot.type() == Slot.Type.ORDER_ID)
            .flatMap(slot ->
                slot.length() == null
                    ? IntStream.rangeClosed(4, 10).boxed()
                    : IntStream.rangeClosed(slot.length().min(), slot.length().max()).boxed())
            .distinct()
            .toList();
    return new AgentUnderstanding(
        IntentClassifier.train(agent, examples, live),
        new EntityFinder(idLengths),
        wishOfAnId(agent),
        null);
  }

  AgentUnderstanding with(SentimentClassifier feelings) {
    return new AgentUnderstanding(intents, entities, wishOfAnId, feelings);
  }

  /// The intent of the first flow of the agent file that takes an order number.
  private static Optional<String> wishOfAnId(Agent agent) {
    return agent.flows().stream()
        .filter(flow -> flow.slots().stream().anyMatch(slot -> slot.type() == Slot.Type.ORDER_ID))
        .findFirst()
        .flatMap(flow ->
            agent.intents().stream()
                .filter(intent -> intent.target().equals(new Intent.Enter(flow.name())))
                .map(Intent::name)
                .findFirst());
  }

  /// An utterance's meaning; `sentiment` and `language` are null where they are not judged.
  public record Meaning(
      IntentClassifier.Verdict verdict,
      List<Entity> entities,
      @Nullable String sentiment,
      @Nullable String language,
      long tookMs) {
    static final Meaning NONE =
        new Meaning(
            new IntentClassifier.Verdict(Understanding.UNSURE, 0, List.of()),
            List.of(),
            null,
            null,
            0);
  }

  /// The answer that the dialogue waits for, of `length` characters where that is known, else 0.
  record Awaited(Answer answer, int length) {
    static final Awaited ANYTHING = new Awaited(Answer.ANYTHING, 0);
  }

  Meaning understand(String text, LocalDateTime now, Awaited awaited) {
    long begun = System.nanoTime();
    List<Entity> found = entities.find(text, now, awaited.answer(), awaited.length());
    Set<String> kinds = found.stream().map(Entity::kind).collect(Collectors.toUnmodifiableSet());
    IntentClassifier.Verdict verdict = byId(intents.classify(text, kinds), found, awaited.answer());
    String sentiment = feelings == null ? null : feelings.classify(text);
    String language = LanguageGuess.builtIn().of(text);
    return new Meaning(
        verdict, found, sentiment, language, (System.nanoTime() - begun) / 1_000_000);
  }

  /// The verdict, or else what an order number means that was not asked for; one that a digit is
  /// missing of or too many may have been misheard.
  private IntentClassifier.Verdict byId(
      IntentClassifier.Verdict verdict, List<Entity> found, Answer awaited) {
    boolean isOpen =
        switch (awaited) {
          case DIGITS, CODE -> false;
          case YES_NO -> intents.isNothing(verdict);
          case ANYTHING, UNKNOWN -> intents.isNoWish(verdict);
        };
    boolean hasId = found.stream().anyMatch(entity -> entity.kind().equals("orderId"));
    boolean hasMisheardId =
        awaited == Answer.ANYTHING
            && intents.isNothing(verdict)
            && found.stream().anyMatch(entities::isNearlyAnId);
    return !(isOpen && hasId || hasMisheardId)
        ? verdict
        : wishOfAnId
            .map(wish -> new IntentClassifier.Verdict(wish, LIKELY, verdict.alternatives()))
            .orElse(verdict);
  }

  /// What is left of an utterance's meaning when the classifier breaks.
  Meaning withoutClassifier(String text, LocalDateTime now, Awaited awaited) {
    List<Entity> found = entities.find(text, now, awaited.answer(), awaited.length());
    return new Meaning(
        byId(Meaning.NONE.verdict(), found, awaited.answer()),
        found,
        null,
        LanguageGuess.builtIn().of(text),
        0);
  }
}
