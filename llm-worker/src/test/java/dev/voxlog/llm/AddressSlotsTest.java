package dev.voxlog.llm;

import static dev.voxlog.llm.CallLab.entity;
import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.agent.AgentBundle;
import dev.voxlog.agent.AgentFile;
import dev.voxlog.schemas.CallEvent.Answer;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A flow that asks for a postal code and an e-mail address.
class AddressSlotsTest {
  private static final AgentBundle SHOP =
      AgentBundle.of(
          AgentFile.parse(
              """
              name: shop
              greeting: {hello: Hello., disclosure: I'm a machine.}
              voice: {engine: scripted}
              intents:
                - name: catalogue
                  flow: catalogue
                  examples: [send me a catalogue, can I have your catalogue]
              flows:
                - name: catalogue
                  slots:
                    - name: area
                      type: postalCode
                      ask: What is your postal code?
                    - name: email
                      type: email
                      ask: What is your e-mail address?
                      confirm: always
                      readBack: Is that {email|email}?
                  say: For {area|digits} it goes to {email|email}.
              """,
              "test"),
          List.of());

  private final CallLab call = new CallLab(SHOP, CallLab.CALLER);

  @BeforeEach
  void isAsked() {
    call.attach();
    call.hearsAll().says("send me a catalogue", "catalogue");
    assertThat(call.expects().answer()).isEqualTo(Answer.CODE);
    call.hearsAll();
  }

  @Test
  void bothAreTakenAndTheAddressIsReadOutAsItIsSpoken() {
    call.says("S W one A one A A", "unsure", entity("code", "SW1A1AA")).hearsAll();
    call.says(
        "it's j dot smith at example dot com", "unsure", entity("email", "j.smith@example.com"));
    assertThat(call.saidAll()).contains("j dot smith at example dot com");

    call.hearsAll().says("yes", "yes");
    assertThat(call.saidAll())
        .startsWith("For S W 1 A 1 A A it goes to j dot smith at example dot com.");
  }

  @Test
  void whatIsNoPostalCodeIsAskedForAgain() {
    call.says("one two three", "unsure", CallLab.digits("123")).pauses();
    assertThat(call.saidAll()).contains("What is your postal code?");
    call.hearsAll().says("nine four one oh five", "unsure", CallLab.orderId("94105"));
    assertThat(call.saidAll()).contains("What is your e-mail address?");
  }

  @Test
  void anAnswerWithoutAnAddressIsAskedForAgain() {
    call.says("nine four one oh five", "unsure", CallLab.digits("94105")).hearsAll();
    call.says("the usual one", "unsure").pauses();
    assertThat(call.saidAll()).contains("What is your e-mail address?");
  }
}
