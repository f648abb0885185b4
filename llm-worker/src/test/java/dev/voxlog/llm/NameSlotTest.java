package dev.voxlog.llm;

import static dev.voxlog.llm.CallLab.entity;
import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.agent.AgentBundle;
import dev.voxlog.agent.AgentFile;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A flow that asks for a name.
class NameSlotTest {
  private static final AgentBundle OFFICE =
      AgentBundle.of(
          AgentFile.parse(
              """
              name: office
              greeting: {hello: Hello., disclosure: I'm a machine.}
              voice: {engine: scripted}
              intents:
                - name: appointment
                  flow: appointment
                  examples: [I need an appointment, can I come in]
                - name: "no"
                  action: "no"
                  examples: ["no", nope]
              flows:
                - name: appointment
                  slots:
                    - name: who
                      type: name
                      ask: What is your name?
                      confirm: always
                      readBack: I have {who}. Is that right?
                  say: You have an appointment, {who}.
              """,
              "test"),
          List.of());

  private final CallLab call = new CallLab(OFFICE, CallLab.CALLER);

  private void isAsked() {
    call.attach();
    call.hearsAll().says("I need an appointment", "appointment").hearsAll();
    assertThat(call.saidAll()).contains("What is your name?");
  }

  private void isReadBack(String name) {
    isAsked();
    call.says(name, "unsure").hearsAll();
    assertThat(call.saidAll()).contains("I have " + name + ".");
  }

  @Test
  void aNameThatIsMentionedIsNotAskedFor() {
    call.attach();
    call.hearsAll()
        .says(
            "my name is Sarah Connor and I need an appointment",
            "appointment",
            entity("name", "Sarah Connor"));
    assertThat(call.saidAll()).startsWith("I have Sarah Connor.");
  }

  @Test
  void aNameThatIsSpelledIsPutTogether() {
    isAsked();
    call.says("S A R A H", "unsure", entity("name", "Sarah"));
    assertThat(call.saidAll()).startsWith("I have Sarah.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Sarah Conor | no, C O N N O R | Connor | Sarah Connor",
        "Sara Connor | no, S A R A H | Sarah | Sarah Connor",
        "Sarah Conor | my name is Sarah Connor | Sarah Connor | Sarah Connor",
        "Jon Smith | no, my name is Mary | Mary | Mary",
        "Conor | it's C O N N O R | Connor | Connor"
      })
  void aNameThatWasHeardWrongIsPutRightAndReadBackAgain(
      String heard, String words, String said, String right) {
    isReadBack(heard);
    call.says(words, "no", entity("name", said));
    assertThat(call.saidAll()).startsWith("I have " + right + ".");

    call.hearsAll().says("yes", "unsure");
    assertThat(call.saidAll()).startsWith("You have an appointment, " + right + ".");
  }

  @Test
  void theSameNameAgainConfirmsIt() {
    isReadBack("Sarah Connor");
    call.says("S A R A H C O N N O R", "unsure", entity("name", "sarah connor"));
    assertThat(call.saidAll()).startsWith("You have an appointment, Sarah Connor.");
  }

  @Test
  void noIsNoName() {
    isReadBack("Sarah Connor");
    call.says("no that's wrong", "unsure");
    assertThat(call.saidAll()).contains("What is your name?");
  }
}
