package dev.voxlog.cli;

import dev.voxlog.agent.AgentBundle;
import dev.voxlog.agent.Realtime;
import dev.voxlog.agent.Voice;
import dev.voxlog.cli.settings.StageSettings;
import dev.voxlog.ingress.IngressConfig;
import dev.voxlog.ingress.realtime.SessionTerms;
import dev.voxlog.tts.embedded.EmbeddedVoices;
import dev.voxlog.tts.scripted.ScriptedVoice;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The agents that answer at an ingress node, with what it has to know of each: what is masked in
/// typed texts, and what programs may set.
final class Answering {
  private Answering() {}

  /// `agents` are all that may be asked for; `byName` and `defaultKey` as ingress takes them.
  static IngressConfig.Agents of(
      String defaultKey,
      Map<String, String> byName,
      List<AgentBundle> agents,
      StageSettings settings) {
    return new IngressConfig.Agents(
        defaultKey,
        byName,
        TypedMasks.of(agents),
        agents.stream()
            .collect(Collectors.toMap(AgentBundle::key, agent -> terms(agent, settings))));
  }

  private static SessionTerms terms(AgentBundle bundle, StageSettings settings) {
    Realtime left = bundle.agent().realtime();
    Voice voice = bundle.agent().voice();
    boolean isScripted = settings.isScripted();
    List<String> speakers =
        isScripted ? ScriptedVoice.SPEAKERS : EmbeddedVoices.speakers(voice.engine());
    return new SessionTerms(
        whyNoInstructions(left, settings),
        isScripted ? ScriptedVoice.speaker(voice.speaker()) : EmbeddedVoices.speaker(voice),
        left.voice() ? speakers : List.of(),
        names(left, isScripted, speakers));
  }

  /// Scripted voices stand for whomever a file names.
  private static Map<String, String> names(
      Realtime left, boolean isScripted, List<String> speakers) {
    Map<String, String> names = new HashMap<>();
    left.voices()
        .forEach((name, named) -> {
          String speaker = isScripted ? ScriptedVoice.speaker(named) : named;
          if (speakers.contains(speaker)) {
            names.put(name, speaker);
          }
        });
    return names;
  }

  private static @Nullable String whyNoInstructions(Realtime left, StageSettings settings) {
    if (!left.instructions()) {
      return "This agent takes no instructions of clients (realtime.instructions in its file).";
    }
    return settings.hasLanguageModel()
        ? null
        : "No language model is configured (llm.chat.baseUrl), and nobody else follows instructions.";
  }
}
