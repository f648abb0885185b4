package dev.voxlog.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The demo agent, read as users read theirs.
class AcmeAgentTest {
  private static final AgentFile ACME = AgentFile.read(Path.of("../demo/acme/agent.yaml"));

  @Test
  void theDemoAgentIsWithoutProblems() {
    Agent acme = ACME.agent();

    assertThat(acme.name()).isEqualTo("acme");
    assertThat(acme.greeting().sentences()).hasSize(3);
    assertThat(acme.intents())
        .hasSizeGreaterThan(10)
        .allSatisfy(intent -> assertThat(intent.examples()).hasSizeGreaterThanOrEqualTo(12));
    assertThat(acme.intents(Action.TRANSFER)).extracting(Intent::name).containsExactly("person");
    assertThat(acme.intentOfKey("*")).get().extracting(Intent::name).isEqualTo("repeat");
    assertThat(acme.flow("order_status").orElseThrow().slot("orderId").orElseThrow().exactLength())
        .isEqualTo(5);
  }

  @Test
  void sentencesWithoutPlacesAreWorthRenderingAtStart() {
    assertThat(ACME.agent().fixedWordings())
        .startsWith(
            "Thanks for calling Acme.", "I'm an automated assistant.", "How can I help you today?")
        .contains("Let me look that up.", "It has shipped.", "Please stay on the line.")
        .noneMatch(wording -> wording.contains("{"));
  }
}
