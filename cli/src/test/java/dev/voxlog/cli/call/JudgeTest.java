package dev.voxlog.cli.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.cli.call.Judge.Judgement;
import dev.voxlog.schemas.CallEvent.Outcome;
import dev.voxlog.schemas.TurnEvent.Next;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class JudgeTest {
  private static final Judge JUDGE = new Judge("+15550100199", LocalDate.of(2026, 11, 25));
  private static final Expectation ORDER =
      new Expectation(List.of("order_status"), "getOrder", Map.of("id", "12345"), "shipped");
  private static final Expectation QUESTION =
      new Expectation(List.of("question"), null, Map.of(), "thirty");
  private static final Expectation PERSON =
      new Expectation(List.of("person"), "transfer", Map.of(), null);
  private static final Expectation BEYOND =
      new Expectation(List.of("out_of_scope", "unsure"), null, Map.of(), null);

  private static Judgement judge(Expectation expected, Call call, Integer... utterances) {
    CallFacts facts = call.facts();
    List<Integer> own = List.of(utterances);
    return JUDGE.judge(expected, facts.understood(own), facts.turnsOf(own), facts);
  }

  private static Call order() {
    return new Call().said(1, 0, "order 12345", "order_status");
  }

  @Test
  void theRightIntentToolAndArgumentsAreRight() {
    Call call =
        order()
            .tool(2, 0, "getOrder", "{\"id\":\"12345\"}", Outcome.OK)
            .turn(2, "It has shipped.", 1);

    assertThat(judge(ORDER, call, 1)).isEqualTo(new Judgement(List.of(), true));
  }

  @Test
  void aWrongIdIsWrongAndSaidSo() {
    Call call =
        order()
            .tool(2, 0, "getOrder", "{\"id\":\"12845\"}", Outcome.OK)
            .turn(2, "It was delivered.", 1);

    assertThat(judge(ORDER, call, 1).wrongs())
        .containsExactly("called getOrder {\"id\":\"12845\"}: ok");
    assertThat(judge(ORDER, call, 1).isAnswered()).isFalse();
  }

  @Test
  void anArgumentOfWhichAnythingWillDoMustBeThere() {
    Expectation any = new Expectation(List.of(), "getOrder", Map.of("id", "*"), null);
    Call given = order().tool(2, 0, "getOrder", "{\"id\":\"7\"}", Outcome.OK).turn(2, "Yes.", 1);
    Call none = order().tool(2, 0, "getOrder", "{}", Outcome.OK).turn(2, "Yes.", 1);

    assertThat(judge(any, given, 1).isRight()).isTrue();
    assertThat(judge(any, none, 1).isRight()).isFalse();
  }

  @Test
  void aWrongIdThatWasAcceptedIsWrongEvenIfTheRightOneCameLater() {
    Call call =
        order()
            .tool(2, 0, "getOrder", "{\"id\":\"12845\"}", Outcome.OK)
            .tool(2, 1, "getOrder", "{\"id\":\"12345\"}", Outcome.OK)
            .turn(2, "It has shipped.", 1);

    assertThat(judge(ORDER, call, 1).wrongs())
        .containsExactly("accepted getOrder {\"id\":\"12845\"}");
  }

  @Test
  void anIdTheBackendDidNotKnowMayBeAskedAgain() {
    Call call =
        order()
            .tool(2, 0, "getOrder", "{\"id\":\"12845\"}", Outcome.NOT_FOUND)
            .turn(2, "I can't find 1 2 8 4 5.", 1)
            .said(2, 5_000, "no", "no")
            .tool(3, 0, "getOrder", "{\"id\":\"12345\"}", Outcome.OK)
            .turn(3, "It has shipped.", 2);

    CallFacts facts = call.facts();
    assertThat(
            JUDGE
                .judge(ORDER, facts.understood(List.of(1)), facts.turnsOf(List.of(1, 2)), facts)
                .isRight())
        .isTrue();
  }

  @Test
  void aRightIdThatTheBackendDidNotGiveIsWrong() {
    Call call =
        order().tool(2, 0, "getOrder", "{\"id\":\"12345\"}", Outcome.FAILED).turn(2, "Sorry.", 1);

    assertThat(judge(ORDER, call, 1).wrongs())
        .containsExactly("called getOrder {\"id\":\"12345\"}: failed");
  }

  @Test
  void aFallToTheKeypadIsWrong() {
    Call call =
        order()
            .turn(2, "Please type the five digits on your phone's keypad.", 1)
            .tool(2, 0, "getOrder", "{\"id\":\"12345\"}", Outcome.OK);

    assertThat(judge(ORDER, call, 1).wrongs()).containsExactly("fell to the keypad");
  }

  @Test
  void noToolCallIsWrongWhereOneIsExpectedAndOneIsWrongWhereNoneIs() {
    assertThat(judge(ORDER, order().turn(2, "Which number?", 1), 1).wrongs())
        .containsExactly("getOrder not called");

    Call call =
        new Call()
            .said(1, 0, "returns?", "question")
            .tool(2, 0, "getOrder", "{\"id\":\"1\"}", Outcome.OK)
            .turn(2, "Within thirty days.", 1);
    assertThat(judge(QUESTION, call, 1).wrongs()).containsExactly("called getOrder {\"id\":\"1\"}");
  }

  @Test
  void anotherIntentIsWrongAndNoneIsTooAndAnAnswerAloneIsReportedOnly() {
    assertThat(
            judge(QUESTION, new Call().said(1, 0, "bye", "goodbye").turn(2, "Bye.", 1), 1).wrongs())
        .containsExactly("understood as goodbye");
    assertThat(judge(QUESTION, new Call(), 1).wrongs()).containsExactly("nothing recognised");

    Judgement other =
        judge(
            QUESTION, new Call().said(1, 0, "returns?", "question").turn(2, "Four dollars.", 1), 1);
    assertThat(other.isRight()).isTrue();
    assertThat(other.isAnswered()).isFalse();
  }

  @Test
  void anUtteranceInTwoPiecesIsRightByEitherOfThem() {
    Call call =
        new Call()
            .said(1, 0, "so", "unsure")
            .said(2, 900, "returns?", "question")
            .turn(2, "Within thirty days.", 1, 2);

    assertThat(judge(QUESTION, call, 1, 2).isRight()).isTrue();
  }

  @Test
  void beyondTheAgentNothingMayBeUnderstoodAsAWish() {
    assertThat(
            judge(BEYOND, new Call().said(1, 0, "dance", "unsure").turn(2, "I can't.", 1), 1)
                .isRight())
        .isTrue();
    assertThat(
            judge(BEYOND, new Call().said(1, 0, "dance", "question").turn(2, "I can't.", 1), 1)
                .wrongs())
        .containsExactly("understood as question");
    assertThat(
            judge(
                    BEYOND,
                    new Call()
                        .said(1, 0, "a", "unsure")
                        .said(2, 900, "b", "callback")
                        .turn(2, "Hm.", 1, 2),
                    1,
                    2)
                .isRight())
        .isFalse();
  }

  @Test
  void aPersonMeansATransferAndNobodyElseIsTransferred() {
    Call call =
        new Call().said(1, 0, "a person", "person").turn(2, "I'll connect you.", Next.TRANSFER, 1);

    assertThat(judge(PERSON, call, 1).isRight()).isTrue();
    assertThat(judge(new Expectation(List.of("person"), null, Map.of(), null), call, 1).wrongs())
        .containsExactly("put through to a person");
    assertThat(
            judge(PERSON, new Call().said(1, 0, "a person", "person").turn(2, "No.", 1), 1)
                .wrongs())
        .containsExactly("not put through to a person");
  }

  @Test
  void numbersDatesAndTheCallersOwnNumberAreComparedByWhatTheyMean() {
    Expectation callback =
        new Expectation(
            List.of(),
            "createCallback",
            Map.of("phone", "{caller}", "day", "{today+1}", "time", "15:00"),
            null);
    String right =
        "{\"phone\":\"5550100199\",\"day\":\"2026-11-26\",\"time\":\"15:00\",\"reason\":null}";

    assertThat(
            judge(
                    callback,
                    order().tool(2, 0, "createCallback", right, Outcome.OK).turn(2, "Done.", 1),
                    1)
                .isRight())
        .isTrue();
    String moreThanAsked =
        "{\"phone\":\"5550100199\",\"day\":\"2026-11-26\",\"time\":\"15:00\",\"reason\":\"x\"}";
    assertThat(
            judge(
                    callback,
                    order()
                        .tool(2, 0, "createCallback", moreThanAsked, Outcome.OK)
                        .turn(2, "Done.", 1),
                    1)
                .isRight())
        .isFalse();
    String otherDay = right.replace("26", "27");
    assertThat(
            judge(
                    callback,
                    order().tool(2, 0, "createCallback", otherDay, Outcome.OK).turn(2, "Done.", 1),
                    1)
                .isRight())
        .isFalse();
  }

  @Test
  void aReadBackIsConfirmedOnlyIfItIsWhatWasMeant() {
    assertThat(JUDGE.confirms(ORDER, "I have order number 1 2 3 4 5. Is that right?")).isTrue();
    assertThat(
            JUDGE.confirms(ORDER, "I can't find an order 1 2 8 4 5. Did I get that number right?"))
        .isFalse();
    assertThat(JUDGE.confirms(ORDER, "Would you like us to call you back?")).isFalse();

    Expectation callback =
        new Expectation(List.of(), "createCallback", Map.of("phone", "{caller}"), null);
    assertThat(JUDGE.confirms(callback, "Shall we call you on the number you're calling from?"))
        .isTrue();
    assertThat(
            JUDGE.confirms(
                callback, "Sorry, I didn't get that. Would you like to speak to a person?"))
        .isFalse();
    Expectation other =
        new Expectation(List.of(), "createCallback", Map.of("phone", "5550142268"), null);
    assertThat(JUDGE.confirms(other, "I have 5 5 5, 0 1 4, 2 2 6 8. Is that right?")).isTrue();
    assertThat(JUDGE.confirms(other, "Shall we call you on the number you're calling from?"))
        .isFalse();
  }
}
