package dev.voxlog.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.voxlog.llm.Bounds.Breach;
import dev.voxlog.llm.chat.ChatRequest;
import dev.voxlog.llm.chat.ChatRequest.Message;
import dev.voxlog.llm.chat.ChatRequest.Role;
import dev.voxlog.llm.dialogue.Conversation.Scope;
import dev.voxlog.llm.knowledge.Found;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallEvent.Decided;
import dev.voxlog.schemas.CallEvent.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a model may say, and may not.
class BoundsTest {
  private static final List<Found> DOCUMENTS =
      List.of(
          new Found(
              "shipping.md",
              1,
              List.of(
                  "Over fifty dollars, it's free.",
                  "Below that, standard shipping costs four dollars and ninety-five cents.",
                  "Gift cards come from ten to five hundred dollars.",
                  "Write to help@acme.example.com, or call 555 010 0100.")));

  private static Bounds.Answer answer() {
    return answer(List.of());
  }

  private static Bounds.Answer answer(List<String> begun) {
    Asking asking = new Asking(CallLab.ACME.agent(), null);
    List<Message> before =
        List.of(
            new Message(Role.USER, "where is order 45812, and call me on 555 010 7777"),
            new Message(Role.ASSISTANT, "It was cancelled. The refund is $19.95."));
    ChatRequest request = asking.of("what now", null, DOCUMENTS, before, begun);
    return new Bounds(CallLab.ACME.agent()).of(request, DOCUMENTS, begun);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A soaker hose is kind to roses.",
        "I am an automated assistant.",
        "I'm not able to do that, but I can connect you with a person.",
        "I'm not a doctor.",
        "Acme sells things for the home and the garden.",
        "I can tell you where your order is, or answer questions about Acme.",
        "Shipping is $4.95 below $50.",
        "Shipping is 4 dollars and 95 cents.",
        "Gift cards start at ten dollars and go up to $500.",
        "As I said, your order 45812 was cancelled, and the refund is 19.95 dollars.",
        "Yes, your order has been cancelled.",
        "Please write to help at acme dot example dot com.",
        "You can call 5 5 5, 0 1 0, 0 1 0 0.",
        "I have your number as 555-010-7777.",
        "You have three monthly parts, from 9 a.m. to 5 p.m., e.g. on a Sunday.",
        "I do not know that.",
        "It is - as I said - at the front... or not.",
        "That is help@acme.example.com- or acme.example.com.",
        "We have two stores in the U.S. and 12 elsewhere."
      })
  void usualAnswersAreWithinBounds(String sentence) {
    assertThat(answer().breach(sentence)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "I am a human being. | PERSON",
        "I'm really a person. | PERSON",
        "I am actually not a robot. | PERSON",
        "I’m not an AI. | PERSON",
        "You are talking to a real person. | PERSON",
        "I have cancelled that, and I have refunded your card. | DEED",
        "We've just booked that for you. | DEED",
        "Your account has been credited. | DEED",
        "You get $20 off. | AMOUNT",
        "That is a hundred and twenty dollars. | AMOUNT",
        "You get ninety percent off. | AMOUNT",
        "You get 90% off. | AMOUNT",
        "Go to evil.example.net now. | ADDRESS",
        "It's (evil.example.net). | ADDRESS",
        "Go to www.e.vil.com/acme! | ADDRESS",
        "Write to _joe@evil, please. | ADDRESS",
        "Follow us @acme.evil.com- | ADDRESS",
        "Write to me at joe at evil dot com. | ADDRESS",
        "Call 1-900-555-0123. | ADDRESS",
        "Call one nine oh oh five five five oh one two three. | ADDRESS",
        "Here: you are friendly, brief and exact. | INSTRUCTIONS",
        "No lists, no markup, no web addresses. | INSTRUCTIONS",
        "I can use connect_with_person. | INSTRUCTIONS"
      })
  void whatIsOutOfBoundsIsNamed(String sentence, Breach breach) {
    assertThat(answer().breach(sentence)).contains(breach);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "1",
        "1,",
        "1.",
        "a.",
        "a.b.",
        "@",
        "a@",
        "@a",
        "-",
        "six ",
        "six and ",
        "$1 ",
        "1 ",
        "at a.b ",
        "dot ",
        "I am a ",
        "really ",
        "I have just now "
      })
  void aSentenceIsLookedAtInTimeThatGrowsWithIt(String repeated) {
    String sentence = "I am " + repeated.repeat(20_000 / repeated.length()) + ".";
    assertTimeoutPreemptively(Duration.ofSeconds(30), () -> answer().breach(sentence));
  }

  @Test
  void manySentencesAreLookedAtInTimeThatGrowsWithThem() {
    Bounds.Answer answer = answer();
    assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () -> {
          for (int n = 0; n < 20_000; n++) {
            assertThat(answer.breach("So it is, or it is not.")).isEmpty();
          }
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "ab-", "x.yz", "a@", "4"})
  void whatIsLongerThanWordsAndAddressesAreIsOutOfBounds(String repeated) {
    assertThat(answer().breach("Sure, " + repeated.repeat(300) + ".")).contains(Breach.ADDRESS);
  }

  @Test
  void theMarkIsFoundAlsoWhereASentenceEndsWithinIt() {
    Bounds.Answer answer = answer();
    String half = Canary.MARK.substring(0, 8);

    assertThat(answer.breach("It is " + half + ".")).isEmpty();
    assertThat(answer.breach(Canary.MARK.substring(8) + " is the rest."))
        .contains(Breach.INSTRUCTIONS);
  }

  @Test
  void rulesThatAreToldOverSeveralSentencesAreFound() {
    Bounds.Answer answer = answer();

    assertThat(answer.breach("My rules are: no lists.")).isEmpty();
    assertThat(answer.breach("No markup.")).isEmpty();
    assertThat(answer.breach("No web addresses.")).contains(Breach.INSTRUCTIONS);
  }

  @Test
  void rulesWhoseBeginningAPredecessorSaidAreFound() {
    assertThat(answer(List.of("No lists.", "No markup.")).breach("No web addresses."))
        .contains(Breach.INSTRUCTIONS);
  }

  @Test
  void aSentenceOutOfBoundsEndsTheAnswerAndWhatWasSaidBeforeStands() {
    ScriptedModel model = new ScriptedModel();
    CallLab call = CallLab.greeted(model, Scope.OPEN);
    model.says("We open at nine. ", "I am a human being. ", "Do trust me. ", "Now.");
    call.says("when do you open and who are you", "unsure");

    assertThat(call.said()).containsExactly("We open at nine.");
    assertThat(model.streams.getFirst().isClosed).isTrue();
    assertThat(call.lab.emitted(Decided.class))
        .singleElement()
        .satisfies(each -> {
          assertThat(each.outcome()).isEqualTo(Outcome.OK);
          assertThat(each.sentences()).isEqualTo(1);
        });
    assertThat(call.lab.emitted(CallEvent.Error.class))
        .singleElement()
        .satisfies(each -> {
          assertThat(each.reason()).isEqualTo("language model out of bounds");
          assertThat(each.detail()).isEqualTo("person");
        });
  }

  @Test
  void whereTheFirstSentenceIsOutOfBoundsTheLocalDialogueAnswers() {
    ScriptedModel model = new ScriptedModel().says("I am a human being. ", "Yes.");
    CallLab call = CallLab.greeted(model, Scope.OPEN);
    call.says("who are you really", "unsure").pauses();

    assertThat(call.saidAll()).contains("I can't help with that");
    assertThat(call.lab.emitted(Decided.class))
        .singleElement()
        .matches(each -> each.outcome() == Outcome.FAILED && each.sentences() == 0);
  }

  @Test
  void nothingThatWasChosenAfterASentenceOutOfBoundsIsDone() {
    ObedientModel model =
        new ObedientModel(ScriptedTools.json("{\"says\": \"I am a human being.\"}"));
    CallLab call = CallLab.greeted(model, Scope.OPEN);
    call.says("who are you really", "unsure").pauses();

    assertThat(Optional.ofNullable(call.lab.emitted(Decided.class).getFirst().function()))
        .isEmpty();
  }
}
