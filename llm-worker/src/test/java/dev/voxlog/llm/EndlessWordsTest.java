package dev.voxlog.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.voxlog.llm.dialogue.Conversation.Scope;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a caller says without an end is answered all the same.
class EndlessWordsTest {
  private static final int CHARACTERS = 20_000;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "and ",
        "oh ",
        "um, yes ",
        "please ",
        "it is ",
        "a",
        "1",
        "1 ",
        "1,",
        "a.",
        "a. ",
        "what ? ",
        "!",
        " ",
        "\n",
        "no ",
        "another "
      })
  void itIsAnsweredInTimeThatGrowsWithTheWords(String repeated) {
    String said = "and " + repeated.repeat(CHARACTERS / repeated.length()) + " so";
    for (String intent : new String[] {"unsure", "question", "order_status", "yes"}) {
      assertTimeoutPreemptively(
          Duration.ofSeconds(60),
          () -> {
            CallLab call = CallLab.greeted(CallLab.ACME, null, Scope.NONE);
            call.says(said, intent).pauses().hearsAll();
            call.says(said, "unsure").pauses();
            assertThat(call.lab.deadLetters()).isEmpty();
            assertThat(call.saidAll()).isNotBlank();
          });
    }
  }
}
