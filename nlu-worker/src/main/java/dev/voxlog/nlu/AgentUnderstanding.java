package dev.voxlog.nlu;

import dev.voxlog.agent.Agent;
import dev.voxlog.agent.Slot;
import dev.voxlog.nlu.entities.EntityFinder;
import dev.voxlog.schemas.CallEvent.Answer;
import dev.voxlog.schemas.Entity;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// All that is needed to understand callers of one agent. Safe from any thread.
public record AgentUnderstanding(IntentClassifier intents, EntityFinder entities) {

  /// Learns the agent's intents; takes a second or two. `examples` embeds the agent file's
  /// sentences, `live` what callers say.
  public static AgentUnderstanding of(Agent agent, TextEmbedder examples, TextEmbedder live) {
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
        IntentClassifier.train(agent, examples, live), new EntityFinder(idLengths));
  }

  /// An utterance's meaning.
  public record Meaning(IntentClassifier.Verdict verdict, List<Entity> entities, long tookMs) {}

  Meaning understand(String text, LocalDate today, Answer awaited) {
    long begun = System.nanoTime();
    List<Entity> found = entities.find(text, today, awaited);
    Set<String> kinds = found.stream().map(Entity::kind).collect(Collectors.toUnmodifiableSet());
    IntentClassifier.Verdict verdict = intents.classify(text, kinds);
    return new Meaning(verdict, found, (System.nanoTime() - begun) / 1_000_000);
  }
}
