package dev.voxlog.llm;

import static dev.voxlog.llm.CallLab.orderId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.llm.dialogue.Conversation.Scope;
import dev.voxlog.llm.tools.ToolAnswer;
import dev.voxlog.schemas.CallEvent.Outcome;
import dev.voxlog.schemas.CallEvent.Ruling;
import dev.voxlog.schemas.CallEvent.ToolDone;
import dev.voxlog.schemas.CallEvent.ToolRequested;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Who calls is looked up while the greeting is spoken.
class AccountTest {
  private static final String OFFER = "Is it about order 4 5 8 1 2, the toaster?";

  private static CallLab attached(CallLab call) {
    call.attach();
    return call.hearsAll();
  }

  @Test
  void whoCallsIsLookedUpByTheirNumberThroughTheLedger() {
    CallLab call = CallLab.ofBrown();

    assertThat(call.tools.lookedUp)
        .singleElement()
        .satisfies(made -> {
          assertThat(made.caller().number()).isEqualTo(CallLab.CALLER);
          assertThat(made.key()).isEqualTo("CA1/1/0");
          assertThat(made.arguments()).isEmpty();
        });
    assertThat(call.lab.emitted(ToolRequested.class)).hasSize(1);
    assertThat(call.lab.emitted(ToolDone.class)).hasSize(1);
  }

  @Test
  void theGreetingDoesNotWaitAndTheFirstAnswerIsPersonalOnce() {
    CallLab call = new CallLab();
    CompletableFuture<ToolAnswer> account = call.tools.accountIsSlow();
    attached(call);
    assertThat(call.saidAll()).endsWith("How can I help you today?");
    account.complete(ScriptedTools.accountOf(CallLab.CALLER));

    call.says("what can you do", "help").hearsAll();
    assertThat(call.said().getFirst()).isEqualTo("Hello Ms Brown.");
    call.says("what can you do", "help");
    assertThat(call.saidAll()).doesNotContain("Brown");
  }

  @Test
  void theOneOrderThatIsOnItsWayIsOffered() {
    CallLab call = CallLab.ofBrown();
    call.says("where is my order", "order_status").hearsAll();
    assertThat(call.said()).containsExactly("Hello Ms Brown.", OFFER);

    call.says("yes", "yes");
    assertThat(call.saidAll()).startsWith("It has shipped. Your toaster, order 4 5 8 1 2");
  }

  @Test
  void anotherOrderCanBeSaidInsteadAndIsNotOfferedAgain() {
    CallLab call = CallLab.ofBrown();
    call.says("where is my order", "order_status").hearsAll();
    call.says("no seven three one nine zero", "order_status", orderId("73190")).hearsAll();
    assertThat(call.saidAll()).startsWith("It's being packed.");

    call.says("where is my order", "order_status", orderId("45812")).hearsAll();
    call.says("and another order", "order_status");
    assertThat(call.saidAll()).doesNotContain(OFFER).contains("five digit order number");
  }

  @Test
  void anOrderThatIsNamedIsNotAskedAbout() {
    CallLab call = CallLab.ofBrown();
    call.says("where is order 73190", "order_status", orderId("73190"));

    assertThat(call.saidAll()).startsWith("Hello Ms Brown. It's being packed.");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"anonymous", "+266696687"})
  void callersWhoHideTheirNumberAreNotLookedUp(String caller) {
    CallLab call = attached(new CallLab(CallLab.ACME, caller));
    call.says("where is my order", "order_status");

    assertThat(call.tools.lookedUp).isEmpty();
    assertThat(call.lab.emitted(ToolRequested.class)).isEmpty();
    assertThat(call.saidAll())
        .isEqualTo("Sure, I can look that up. What's your five digit order number?");
  }

  @ParameterizedTest
  @EnumSource(
      value = Outcome.class,
      names = {"NOT_FOUND", "FAILED", "REFUSED"})
  void withoutAnAnswerTheCallGoesOnWithoutAndAsksNoSecondTime(Outcome outcome) {
    CallLab call = new CallLab();
    call.tools.accountIs(outcome);
    attached(call).says("where is my order", "order_status").hearsAll();
    call.lab.takeOver().work();
    call.says("seven three one nine zero", "unsure", orderId("73190"));

    assertThat(call.tools.lookedUp).hasSize(1);
    assertThat(call.saidAll()).startsWith("It's being packed.");
  }

  @Test
  void anAccountOfSomebodyElsesIsWithheld() {
    CallLab call = new CallLab();
    call.tools.account("+15550100077");
    attached(call).says("where is my order", "order_status");

    assertThat(call.lab.emitted().toString()).doesNotContain("Brown");
  }

  @Test
  void anInterruptionOfTheGreetingDoesNotTakeTheLookUpBack() {
    CallLab call = new CallLab();
    call.lab.ownershipConfirmed(false);
    call.tools.account(CallLab.CALLER);
    call.attach();
    call.hears(call.sentences().getFirst(), "Thanks", false);
    call.lab.ownershipConfirmed(true);
    call.rules(1, 0, Ruling.INTERRUPTED, 1);
    call.pauses().understood(1, "help", "help").hearsAll();
    call.says("where is my order", "order_status");

    assertThat(call.saidAll()).contains(OFFER);
  }

  @Test
  void aSuccessorKnowsWhoCallsWithoutAskingAgain() {
    CallLab call = CallLab.ofBrown();
    call.lab.takeOver().work();
    call.says("where is my order", "order_status");

    assertThat(call.tools.lookedUp).hasSize(1);
    assertThat(call.saidAll()).contains(OFFER);
  }

  @Test
  void aTurnThatWasSaidBeforeTheAnswerCameIsTheSameForASuccessor() {
    CallLab call = new CallLab();
    call.lab.holdCheckpoints();
    CompletableFuture<ToolAnswer> account = call.tools.accountIsSlow();
    attached(call).says("where is my order", "order_status").hearsAll();
    List<String> said = call.said();
    call.lab.advance(Duration.ofSeconds(1));
    account.complete(ScriptedTools.accountOf(CallLab.CALLER));
    int written = call.lab.emitted().size();
    call.lab.takeOver().work();

    assertThat(call.said()).isEqualTo(said);
    assertThat(call.lab.emitted()).hasSize(written);
    call.says("seven three one nine zero", "unsure", orderId("73190"));
    assertThat(call.saidAll()).startsWith("It's being packed.");
  }

  @Test
  void aModelIsToldOfTheAccountAsDataAndWithoutTheNumber() {
    ObedientModel model = new ObedientModel(ScriptedTools.json("{\"says\": \"I see.\"}"));
    CallLab call = CallLab.asking(model, Scope.OPEN);
    call.tools.account(CallLab.CALLER);
    attached(call).says("what do you know of me", "unsure");

    String last = model.asked.getLast().messages().getLast().text();
    assertThat(last).startsWith("<account>{\"title\":\"Ms\",\"name\":\"Brown\",\"tier\":\"gold\"");
    assertThat(model.asked.toString()).doesNotContain(CallLab.CALLER);
  }
}
