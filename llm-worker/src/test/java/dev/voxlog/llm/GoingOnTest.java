package dev.voxlog.llm;

import static dev.voxlog.llm.CallLab.entity;
import static dev.voxlog.llm.CallLab.orderId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.llm.dialogue.Conversation.Scope;
import dev.voxlog.schemas.CallEvent.Ruling;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.TurnEvent.Next;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// A caller who pauses in the midst of what they say.
class GoingOnTest {
  private static final Duration WAIT = LlmConfig.DEFAULT.goOnWithin();
  private static final Duration SHORT_OF_IT = WAIT.minusMillis(50);

  private final CallLab call = CallLab.greeted();

  private void pausesAfter(String text) {
    call.says(text, "unsure");
    call.lab.advance(SHORT_OF_IT);
    assertThat(call.turn()).isEqualTo(1);
  }

  @Test
  void wordsWithoutSenseAreAnsweredWhenTheCallerDoesNotGoOn() {
    pausesAfter("the ferry was late again");

    call.lab.advance(Duration.ofMillis(50));
    assertThat(call.saidAll()).startsWith("I'm afraid I can't help with that.");
    assertThat(call.lab.step().atRest()).isTrue();
  }

  @Test
  void whatIsSureIsAnsweredAtOnce() {
    call.says("someone should phone me", "callback");
    assertThat(call.saidAll()).contains("Shall we call you on the number you're calling from?");

    call.hearsAll().says("seven three one nine zero", "order_status", orderId("73190"));
    assertThat(call.saidAll()).startsWith("It's being packed.");
  }

  @Test
  void theWishThatComesAfterAStatementIsAnsweredAsOneWithIt() {
    pausesAfter("my break is over in a minute");
    call.says("get a colleague to phone me on friday", "callback", entity("date", "2026-01-02"));

    assertThat(call.saidAll()).contains("Shall we call you on Friday, January 2, on the number");
    assertThat(call.ended().getLast().utterances()).containsExactly(1, 2);
    assertThat(call.ended()).hasSize(2);

    call.hearsAll().says("yes", "yes");
    assertThat(call.requested().getFirst().arguments()).contains("2026-01-02");
  }

  @Test
  void aStatementBeyondTheAgentMayLeadUpToAWishToo() {
    call.says("we are moving house this week", "out_of_scope");
    call.lab.advance(SHORT_OF_IT);
    assertThat(call.turn()).isEqualTo(1);

    call.says("so has the parcel gone out", "order_status", orderId("45812"));
    assertThat(call.said().getFirst()).isEqualTo("It has shipped.");
  }

  @Test
  void aQuestionBeyondTheAgentIsAnsweredAtOnce() {
    call.says("which team won the cup final", "out_of_scope");

    assertThat(call.saidAll()).startsWith("I'm afraid I can't help with that.");
  }

  @Test
  void twoHalvesOfAQuestionAreLookedUpTogether() {
    pausesAfter("my aunt visited on sunday");
    call.says("how do i return it", "unsure");
    call.lab.work();

    assertThat(call.ended().getLast().utterances()).containsExactly(1, 2);
    assertThat(call.ended().getLast().route()).isEqualTo("knowledge");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "I'd like to know. | Whether you open on Sundays. | I'd like to know Whether you open on Sundays.",
        "I'd like to know... | Whether you open | I'd like to know Whether you open",
        "Are you open? | On Sundays, I mean. | Are you open? On Sundays, I mean.",
        "Are you open at ten a.m. | On Sundays. | Are you open at ten a.m. On Sundays."
      })
  void theStopThatTheRecogniserPutsAtAPauseDoesNotPartOneQuestion(
      String first, String second, String asked) {
    ScriptedModel model = new ScriptedModel();
    CallLab open = CallLab.greeted(model, Scope.OPEN);
    open.says(first, "unsure");
    open.says(second, "question");
    open.lab.work();

    assertThat(model.asked.getLast().messages().getLast().text())
        .contains("<caller>" + asked + "</caller>");
  }

  @Test
  void aNumberSaidAfterThePauseIsTheOneThatIsMeantNotTheOneSpokenOfBefore() {
    call.says("where is order four five eight one two", "order_status", orderId("45812"))
        .hearsAll();
    int before = call.turn();
    call.says("and i wondered about this one", "unsure");
    call.lab.advance(SHORT_OF_IT);
    assertThat(call.turn()).isEqualTo(before);

    call.says("seven three one nine zero", "order_status", orderId("73190"));
    assertThat(call.requested().getLast().arguments()).contains("73190");
    assertThat(call.requested()).hasSize(2);
    assertThat(call.saidAll()).startsWith("It's being packed.");
  }

  @Test
  void aNumberAddedToASureWishBelongsToItNotTheOneSpokenOfBefore() {
    call.says("where is order four five eight one two", "order_status", orderId("45812"))
        .hearsAll();
    call.tools.nextIsSlow();
    call.says("has this one been sent yet", "order_status");
    call.says("seven three one nine zero", "order_status", orderId("73190"));

    assertThat(call.requested().getLast().arguments()).contains("73190");
    assertThat(call.saidAll()).startsWith("It's being packed.");
  }

  @Test
  void digitsThatPauseInTheMiddleAreOneNumber() {
    call.says("where is my order", "order_status").hearsAll();
    call.says("four five", "unsure", CallLab.digits("45"));
    call.lab.advance(SHORT_OF_IT);
    call.says("eight one two", "unsure", CallLab.digits("812"));

    assertThat(call.saidAll()).startsWith("It has shipped.");
    assertThat(call.ended()).hasSize(3);
  }

  @Test
  void whoHasBegunToSpeakIsWaitedForUntilTheWordsAreThere() {
    pausesAfter("there is this thing");
    call.rules(2, 0, Ruling.CLEAR);
    call.lab.advance(Duration.ofMillis(1_500));
    assertThat(call.turn()).isEqualTo(1);

    call.understood(2, "connect me with a human", "person");
    assertThat(call.next()).isEqualTo(Next.TRANSFER);
    assertThat(call.ended()).hasSize(2);
  }

  @Test
  void aNoiseDoesNotKeepTheAnswerBackForLong() {
    pausesAfter("there is this thing");
    call.rules(2, 0, Ruling.CLEAR);

    call.lab.advance(WAIT).advance(Duration.ofSeconds(2));
    assertThat(call.saidAll()).startsWith("I'm afraid I can't help with that.");
  }

  @Test
  void whatFollowsAReplyThatIsWrittenButNotHeardIsStillOneWithIt() {
    call.says("there is this thing", "unsure");
    call.lab.advance(WAIT);
    assertThat(call.turn()).isEqualTo(2);

    call.says("connect me with a human", "person");
    assertThat(call.ended().getLast().utterances()).containsExactly(1, 2);
    assertThat(call.next()).isEqualTo(Next.TRANSFER);
  }

  @Test
  void aPieceThatMeansNothingEitherBeginsTheWaitAnew() {
    pausesAfter("there is this thing");
    call.says("on my mind", "unsure");
    call.lab.advance(SHORT_OF_IT);
    assertThat(call.turn()).isEqualTo(1);

    call.lab.advance(WAIT);
    assertThat(call.ended().getLast().utterances()).containsExactly(1, 2);
    assertThat(call.ended()).hasSize(2);
  }

  @Test
  void aPhraseThatSteersIsUnderstoodAfterWordsWithoutSense() {
    call.says("where is my order", "order_status").hearsAll();
    call.says("the thing is", "unsure");
    call.says("never mind", "unsure");

    assertThat(call.saidAll()).contains("Anything else");
    assertThat(call.ended()).hasSize(3);
  }

  @Test
  void anInterruptionIsJoinedWithWhatFollowsIt() {
    call.says("what can you do", "help");
    call.hears(call.sentences().getFirst(), "I can", false);
    call.rules(2, 0, Ruling.INTERRUPTED, 2).understood(2, "flarb", "unsure");
    call.lab.advance(SHORT_OF_IT);
    assertThat(call.turn()).isEqualTo(2);

    call.says("where is order four five eight one two", "order_status", orderId("45812"));
    assertThat(call.ended().getLast().utterances()).containsExactly(2, 3);
    assertThat(call.saidAll()).startsWith("It has shipped.");
  }

  @Test
  void digitsTypedDuringTheWaitAreTheAnswer() {
    call.says("where is my order", "order_status").hearsAll();
    int asked = call.turn();
    call.says("let me type that", "unsure").presses("458");
    call.lab.advance(WAIT.multipliedBy(3));
    assertThat(call.turn()).isEqualTo(asked);

    call.presses("12");
    assertThat(call.saidAll()).startsWith("It has shipped.");
    assertThat(call.tools.made).hasSize(1);
    call.lab.advance(Duration.ofSeconds(10));
    assertThat(call.saidAll()).startsWith("It has shipped.");
  }

  @Test
  void aKeyForAPersonDuringTheWaitLeadsThere() {
    pausesAfter("there is this thing");
    call.presses("0");
    call.lab.advance(Duration.ofSeconds(10));

    assertThat(call.next()).isEqualTo(Next.TRANSFER);
  }

  @ParameterizedTest
  @EnumSource(
      value = Topic.class,
      names = {"INTENTS", "CALLS"})
  void keysThatAnswerInsteadOfWordsAreTakenOnceAfterATakeover(Topic first) {
    call.says("where is my order", "order_status").hearsAll();
    call.lab.holdCheckpoints();
    call.says("let me type that", "unsure").presses("45812");
    List<String> said = call.said();
    int turn = call.turn();
    call.lab.takeOver(first);
    call.lab.work();
    call.lab.advance(Duration.ofSeconds(10));

    assertThat(call.turn()).isEqualTo(turn);
    assertThat(call.said()).isEqualTo(said);
    assertThat(call.tools.made).hasSize(1);
  }

  @Test
  void theWaitSurvivesATakeover() {
    pausesAfter("my break is over in a minute");
    call.lab.takeOver();
    call.lab.work();
    assertThat(call.turn()).isEqualTo(1);

    call.says("get a colleague to phone me", "callback");
    assertThat(call.ended().getLast().utterances()).containsExactly(1, 2);
    assertThat(call.saidAll()).contains("Shall we call you on the number you're calling from?");
  }

  @Test
  void afterATakeoverDuringTheWaitAndSilenceTheReplyComesOnce() {
    pausesAfter("my break is over in a minute");
    call.lab.takeOver();
    call.lab.work();
    call.lab.advance(WAIT).advance(Duration.ofSeconds(10));

    assertThat(call.ended()).hasSize(2);
    assertThat(call.saidAll()).startsWith("I'm afraid I can't help with that.");
  }

  @ParameterizedTest
  @EnumSource(
      value = Topic.class,
      names = {"INTENTS", "CALLS"})
  void joinedPiecesAreAnsweredOnceAfterATakeover(Topic first) {
    call.lab.holdCheckpoints();
    pausesAfter("my break is over in a minute");
    call.says("where is order four five eight one two", "order_status", orderId("45812"));
    call.lab.takeOver(first);
    call.lab.work();
    call.lab.advance(Duration.ofSeconds(10));

    assertThat(call.ended()).hasSize(2);
    assertThat(call.ended().getLast().utterances()).containsExactly(1, 2);
    assertThat(call.tools.made).hasSize(1);
  }
}
