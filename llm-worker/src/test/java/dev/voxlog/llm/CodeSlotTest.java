package dev.voxlog.llm;

import static dev.voxlog.llm.CallLab.digits;
import static dev.voxlog.llm.CallLab.entity;
import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.agent.AgentBundle;
import dev.voxlog.agent.AgentFile;
import dev.voxlog.schemas.CallEvent.Answer;
import dev.voxlog.schemas.Entity;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A flow that asks for a code of letters and digits.
class CodeSlotTest {
  private static final AgentBundle TRAVEL =
      AgentBundle.of(
          AgentFile.parse(
              """
              name: travel
              greeting: {hello: Hello., disclosure: I'm a machine.}
              voice: {engine: scripted}
              intents:
                - name: booking
                  flow: booking
                  examples: [where is my booking, is my booking confirmed]
              flows:
                - name: booking
                  slots:
                    - name: reference
                      type: code
                      length: 4
                      ask: What is your booking reference?
                      confirm: always
                  say: Booking {reference|digits} is confirmed.
              """,
              "test"),
          List.of());

  private final CallLab call = new CallLab(TRAVEL, CallLab.CALLER);

  @BeforeEach
  void isAsked() {
    call.attach();
    call.hearsAll().says("is my booking confirmed", "booking");
    assertThat(call.expects().answer()).isEqualTo(Answer.CODE);
    assertThat(call.expects().length()).isEqualTo(4);
    call.hearsAll();
  }

  private static Entity code(String value) {
    return entity("code", value);
  }

  @Test
  void aCodeIsReadBackAndUsedWithItsLetters() {
    call.says("A 4 B 7", "unsure", code("A4B7"));
    assertThat(call.said()).containsExactly("I have A 4 B 7.", "Is that right?");

    call.hearsAll().says("yes", "yes");
    assertThat(call.saidAll()).startsWith("Booking A 4 B 7 is confirmed.");
  }

  @Test
  void theDigitsOfACodeWhoseLettersWereMisheardAreNotTakenForIt() {
    call.says("hey 40 bead 71", "unsure", digits("40"), digits("71")).pauses();
    assertThat(call.saidAll()).contains("What is your booking reference?");

    call.hearsAll().says("hey 4071", "unsure", digits("4071"), CallLab.orderId("4071")).pauses();
    assertThat(call.saidAll()).doesNotContain("4 0 7 1");
  }

  @Test
  void aCodeMayBeAllDigits() {
    call.says("it's 4 0 7 1", "unsure", code("4071"), digits("4071"));
    assertThat(call.said()).contains("I have 4 0 7 1.");
  }

  @Test
  void figuresWithoutAnyOtherWordAreACodeEvenIfNothingWasFoundInThem() {
    call.says("4 0 7 1.", "unsure");
    assertThat(call.said()).contains("I have 4 0 7 1.");
  }

  @Test
  void aCodeSaidInTwoPiecesBecomesOne() {
    call.says("A 4", "unsure", code("A4")).pauses().hearsAll();
    call.says("B 7", "unsure", code("B7"));
    assertThat(call.said()).contains("I have A 4 B 7.");
  }

  @Test
  void ofTwoCodesTheLastOneIsMeant() {
    call.says("A 4 B 7, no, A 4 B 8", "unsure", code("A4B7"), code("A4B8"));
    assertThat(call.said()).contains("I have A 4 B 8.");
  }
}
