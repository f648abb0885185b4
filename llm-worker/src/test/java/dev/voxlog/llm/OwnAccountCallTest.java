package dev.voxlog.llm;

import static dev.voxlog.llm.CallLab.orderId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.agent.AgentBundle;
import dev.voxlog.llm.dialogue.Conversation.Scope;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallEvent.Outcome;
import dev.voxlog.schemas.CallEvent.ToolDone;
import dev.voxlog.schemas.TurnEvent.Sentence;
import dev.voxlog.schemas.VoxEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What belongs to another customer is to a caller as if it were not there.
class OwnAccountCallTest {
  private static final String FOREIGN = "27182";
  private static final String NOWHERE = "27183";

  private static CallLab call(AgentBundle agent, @Nullable String caller) {
    CallLab call = new CallLab(agent, caller);
    call.attach();
    call.hearsAll();
    call.tools.orderOf("+15550100077", FOREIGN, "telescope");
    return call;
  }

  private static CallLab call(@Nullable String caller) {
    return call(CallLab.ACME, caller);
  }

  /// Asks for an order, insists that the number is right, and asks for another order.
  private static CallLab insists(CallLab call, String order) {
    call.says("where is order " + order, "order_status", orderId(order)).hearsAll();
    call.says("yes", "yes").hearsAll();
    call.says("no", "no").hearsAll();
    call.says("it must be there " + order, "order_status", orderId(order)).hearsAll();
    call.says("no", "no").hearsAll();
    return call;
  }

  private static List<String> told(CallLab call) {
    return call.lab.emitted(Sentence.class).stream()
        .map(each -> each.text().replace("8 2", "8 3"))
        .toList();
  }

  private static List<Class<?>> kinds(CallLab call) {
    return call.lab.emitted().stream().<Class<?>>map(VoxEvent::getClass).toList();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {CallLab.CALLER, "anonymous", "+266696687"})
  void anotherCustomersOrderSoundsExactlyLikeOneThatIsNotThere(String caller) {
    CallLab foreign = insists(call(caller), FOREIGN);
    CallLab nowhere = insists(call(caller), NOWHERE);

    assertThat(told(foreign))
        .isEqualTo(told(nowhere))
        .noneMatch(each -> each.contains("telescope"));
    assertThat(kinds(foreign)).isEqualTo(kinds(nowhere));
    assertThat(foreign.done())
        .isNotEmpty()
        .allSatisfy(each -> {
          assertThat(each.outcome()).isEqualTo(Outcome.WITHHELD);
          assertThat(each.result()).isNull();
        });
    assertThat(nowhere.done()).extracting(ToolDone::outcome).containsOnly(Outcome.NOT_FOUND);
  }

  @Test
  void aCustomerHearsOfTheirOwnOrderHoweverTheirNumberIsWritten() {
    CallLab call = call("0015550100077");
    call.says("where is order " + FOREIGN, "order_status", orderId(FOREIGN));

    assertThat(call.saidAll()).contains("telescope");
    assertThat(call.tools.made.getFirst().caller().told()).isEqualTo("+15550100077");
  }

  @Test
  void whatWasWithheldStaysSoForASuccessor() {
    CallLab call = call(CallLab.CALLER);
    call.lab.holdCheckpoints();
    call.says("where is order " + FOREIGN, "order_status", orderId(FOREIGN));
    call.lab.takeOver().work();
    call.hearsAll().says("yes", "yes");

    assertThat(call.tools.made).hasSize(1);
    assertThat(call.lab.emitted().toString()).doesNotContain("telescope");
    assertThat(call.lab.emitted(Sentence.class))
        .extracting(Sentence::text)
        .contains("I'm sorry, we have no order with that number.");
  }

  @Test
  void whatWasWithheldIsStillNotFoundAfterACheckpoint() {
    CallLab call = call(CallLab.CALLER);
    call.says("where is order " + FOREIGN, "order_status", orderId(FOREIGN)).hearsAll();
    call.lab.takeOver().work();
    call.says("yes", "yes");

    assertThat(call.lab.deadLetters()).isEmpty();
    assertThat(call.saidAll()).startsWith("I'm sorry, we have no order with that number.");
  }

  @Test
  void whereTheAgentFileSaysSoAnOrderOfNobodysIsWithheldToo() {
    CallLab call = call(Agents.acmeWith("getOrder", "unowned: allow", "unowned: withhold"), "+1");
    call.says("where is order 45812", "order_status", orderId("45812"));

    assertThat(call.saidAll()).startsWith("I can't find an order");
  }

  @Test
  void whereTheAgentFileSaysSoNoToolIsCalledForCallersWithoutANumber() {
    AgentBundle strict = Agents.acmeWith("getOrder", "anonymous: allow", "anonymous: withhold");
    CallLab hidden = call(strict, "anonymous");
    hidden.says("where is order 45812", "order_status", orderId("45812"));

    assertThat(hidden.saidAll()).startsWith("I can't find an order");
    assertThat(hidden.tools.made).isEmpty();
    assertThat(hidden.requested()).isEmpty();
    CallLab known = call(strict, CallLab.CALLER);
    known.says("where is order 45812", "order_status", orderId("45812"));
    assertThat(known.saidAll()).startsWith("It has shipped.");
  }

  @Test
  void aNumberThatIsHiddenIsNotOfferedToBeCalledBack() {
    CallLab call = call("+266696687");
    call.says("call me back", "callback");

    assertThat(call.saidAll()).isEqualTo("Sure. Which number should we call you on?");
  }

  /// The slot takes what the tool's schema does not.
  @Test
  void argumentsOfAModelsThatBreakTheSchemaAreNeitherRequestedNorSent() {
    ObedientModel model =
        new ObedientModel(
            ScriptedTools.json(
                "{\"calls\": \"order_status\", \"arguments\": {\"orderId\": \"45812\"}}"));
    AgentBundle stricter = Agents.acmeWith("getOrder", "\"^[0-9]{5}$\"", "\"^[1-3][0-9]{4}$\"");
    CallLab call = CallLab.greeted(stricter, model, Scope.ALL);
    call.says("where is it", "order_status").hearsAll().says("yes", "yes");

    assertThat(call.tools.made).isEmpty();
    assertThat(call.requested()).isEmpty();
    assertThat(call.lab.emitted(CallEvent.Error.class))
        .singleElement()
        .satisfies(each -> {
          assertThat(each.reason()).isEqualTo("tool arguments refused");
          assertThat(each.detail()).contains("getOrder", "id").doesNotContain("45812");
        });
    assertThat(call.saidAll()).startsWith("I'm sorry, I can't reach our order system right now.");
  }
}
