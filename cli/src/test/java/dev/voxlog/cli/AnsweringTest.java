package dev.voxlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.agent.AgentBundle;
import dev.voxlog.agent.AgentFile;
import dev.voxlog.cli.settings.Settings;
import dev.voxlog.cli.settings.StageSettings;
import dev.voxlog.ingress.realtime.SessionTerms;
import dev.voxlog.tts.embedded.EmbeddedVoices;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// What programs may set, by agent file and settings.
class AnsweringTest {
  private static final String SHOP =
      """
      name: shop
      greeting: {hello: Hello., disclosure: I'm a machine.}
      intents:
        - {name: hours, say: We are open., examples: [when are you open, opening hours]}
      """;
  private static final Map<String, String> WITH_A_MODEL =
      Map.of("llm.chat.baseUrl", "http://127.0.0.1:11434/v1", "llm.chat.model", "any");

  private static SessionTerms terms(String more, Map<String, String> settings) {
    AgentBundle agent = AgentBundle.of(AgentFile.parse(SHOP + more, "test"), List.of());
    Map<String, SessionTerms> terms =
        Answering.of(
                agent.key(), Map.of(), List.of(agent), new StageSettings(Settings.of(settings)))
            .terms();
    return Objects.requireNonNull(terms.get(agent.key()), "no terms");
  }

  @Test
  void instructionsNeedALanguageModelAndAnAgentThatTakesThem() {
    assertThat(terms("", Map.of()).whyNoInstructions()).contains("llm.chat.baseUrl");
    assertThat(terms("", WITH_A_MODEL).whyNoInstructions()).isNull();
    assertThat(terms("realtime: {instructions: false}\n", WITH_A_MODEL).whyNoInstructions())
        .contains("realtime.instructions");
  }

  @Test
  void voicesAreThoseOfTheAgentsEngine() {
    SessionTerms piper = terms("voice: {engine: piper, speaker: \"300\"}\n", Map.of());
    assertThat(piper.voice()).isEqualTo("300");
    assertThat(piper.voices()).hasSize(904).startsWith("0").endsWith("903");
    assertThat(terms("", Map.of()).voice()).isEqualTo("20");
    assertThat(terms("voice: {engine: mary}\n", Map.of()).voices()).containsExactly("cmu-slt-hsmm");
  }

  @Test
  void scriptedEnginesHaveTheirOwnAndAnAgentMayKeepItsVoice() {
    Map<String, String> scripted = Map.of("engines.kind", "scripted");
    assertThat(terms("", scripted).voices()).containsExactly("tones", "slow-tones");
    assertThat(terms("", scripted).voice()).isEqualTo("tones");
    assertThat(terms("realtime: {voice: false}\n", scripted).voices()).isEmpty();
  }

  @Test
  void otherNamesAreThoseOfTheFileWhoseSpeakersThereAre() {
    String named = "realtime: {voices: {marin: \"300\", cedar: \"904\"}}\n";
    assertThat(terms(named, Map.of()).names()).containsExactly(Map.entry("marin", "300"));
    assertThat(terms(named, Map.of("engines.kind", "scripted")).names())
        .containsEntry("marin", "tones");
  }

  @Test
  void theDemoAgentHasOpenAisNamesEachWithASpeakerOfItsOwn() {
    AgentBundle acme = AgentBundle.load(Path.of("../demo/acme/agent.yaml"));
    Map<String, String> voices = acme.agent().realtime().voices();

    assertThat(voices)
        .containsOnlyKeys(
            "alloy", "ash", "ballad", "cedar", "coral", "echo", "marin", "sage", "shimmer",
            "verse");
    assertThat(EmbeddedVoices.speakers(acme.agent().voice().engine())).containsAll(voices.values());
    assertThat(voices.values()).doesNotHaveDuplicates();
  }
}
