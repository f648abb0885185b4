package dev.voxlog.cli;

import dev.voxlog.agent.AgentBundle;
import dev.voxlog.agent.Realtime;
import dev.voxlog.agent.Voice;
import dev.voxlog.cli.settings.StageSettings;
import dev.voxlog.ingress.IngressConfig;
import dev.voxlog.ingress.realtime.SessionTerms;
import dev.voxlog.tts.embedded.EmbeddedVoices;
import dev.voxlog.tts.scripted.ScriptedVoice;
import dev.voxlog.tts.stub.StubVoice;
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
    Speakers speakers = speakers(voice, settings);
    return new SessionTerms(
        whyNoInstructions(left, settings),
        speakers.own(),
        left.voice() ? speakers.all() : List.of(),
        names(left, settings, speakers.all()));
  }

  /// Who speaks for an agent, and who else may be asked for.
  private record Speakers(String own, List<String> all) {}

  private static Speakers speakers(Voice voice, StageSettings settings) {
    return switch (settings.engines()) {
      case EMBEDDED ->
          new Speakers(EmbeddedVoices.speaker(voice), EmbeddedVoices.speakers(voice.engine()));
      case SCRIPTED -> new Speakers(ScriptedVoice.speaker(voice.speaker()), ScriptedVoice.SPEAKERS);
      case STUB -> new Speakers(StubVoice.SPEAKER, List.of(StubVoice.SPEAKER));
    };
  }

  /// Voices that are not the built-in ones stand for whomever a file names.
  private static Map<String, String> names(
      Realtime left, StageSettings settings, List<String> speakers) {
    Map<String, String> names = new HashMap<>();
    left.voices()
        .forEach((name, named) -> {
          String speaker =
              switch (settings.engines()) {
                case EMBEDDED -> named;
                case SCRIPTED -> ScriptedVoice.speaker(named);
                case STUB -> StubVoice.SPEAKER;
              };
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
