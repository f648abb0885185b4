package dev.voxlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.agent.Prompt;
import dev.voxlog.agent.Prompts;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.testcluster.OnCluster;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The company's system is down: who needs it hears so, and nobody else notices.
@OnCluster
class BackendDownIT {
  private static final int ORDER_NUMBER = 102;
  private static final int RETURN_POLICY = 104;

  @TempDir static Path folder;

  @Test
  void oneCallerHearsAnApologyAndAnOfferToBeCalledBackWhileAnotherIsAnswered() {
    Map<String, String> more =
        Map.of(
            "engines.kind",
            "scripted",
            "engines.phrases." + ORDER_NUMBER,
            "where is my order 4 8 5 9 2",
            "engines.phrases." + RETURN_POLICY,
            "what is your return policy");
    try (Estate estate = new Estate(folder, TestAgents.patient(folder), more)) {
      ScriptedTalk unlucky = ScriptedTalk.begin(estate);
      ScriptedTalk other = ScriptedTalk.begin(estate);
      estate.acme().close();

      List<Integer> answer = unlucky.answerTo(ORDER_NUMBER);
      List<Integer> knowledge = other.answerTo(RETURN_POLICY);

      Prompts prompts = estate.agent().agent().prompts();
      assertThat(answer)
          .containsSubsequence(
              ScriptedTalk.ids(
                  List.of(
                      prompts.of(Prompt.APOLOGY).fixed(),
                      prompts.of(Prompt.OFFER_CALLBACK).fixed())));
      assertThat(estate.log().done(unlucky.id()))
          .extracting(CallEvent.ToolDone::outcome)
          .containsExactly(CallEvent.Outcome.FAILED);
      assertThat(String.join(" ", other.said())).contains("thirty days");
      assertThat(other.heard())
          .isEqualTo(ScriptedTalk.ids(other.said()))
          .endsWith(knowledge.getLast());
      unlucky.caller().hangUp().join();
      other.caller().hangUp().join();
    }
  }
}
