package dev.voxlog.llm;

import static dev.voxlog.llm.CallLab.orderId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.llm.tools.ToolAnswer;
import dev.voxlog.schemas.CallEvent.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Orders that are sent back.
class ReturnTest {
  private final CallLab call = CallLab.ofBrown();

  private void returns() {
    call.says("start a return please", "start_return").hearsAll();
    assertThat(call.saidAll()).endsWith("Is it order 7 3 1 9 0, the toaster?");
    call.says("yes", "yes").hearsAll();
    assertThat(call.saidAll()).isEqualTo("And what's the reason?");
    call.says("it is too loud", "unsure");
  }

  @Test
  void theLabelIsSentOnceTheReasonIsKnown() {
    returns();

    assertThat(call.saidAll())
        .startsWith("Done. The return of order 7 3 1 9 0, the toaster, is started.");
    assertThat(call.tools.made)
        .singleElement()
        .satisfies(made ->
            assertThat(made.arguments())
                .isEqualTo(
                    ScriptedTools.json(
                        "{\"account\":\"%s\",\"order\":\"73190\",\"reason\":\"it is too loud\"}"
                            .formatted(made.caller().told()))));
  }

  @ParameterizedTest
  @CsvSource({
    "too-late, more than thirty days ago",
    "not-delivered, hasn't been delivered",
    "already-returned, started already"
  })
  void whatCannotBeSentBackIsRefusedWithTheReason(String reason, String said) {
    call.tools.nextIs(
        new ToolAnswer(Outcome.REFUSED, ScriptedTools.json("{\"reason\": \"" + reason + "\"}")));
    returns();

    assertThat(call.saidAll()).contains(said).doesNotContain("Done");
  }

  @Test
  void anotherCustomersOrderIsAsIfItWereNotThere() {
    call.tools.orderOf("+15550100077", "27182", "telescope");
    call.says("i want to return order 27182", "start_return", orderId("27182")).hearsAll();
    call.says("yes", "yes").hearsAll();
    call.says("too small", "unsure");

    assertThat(call.saidAll()).startsWith("I can't find an order 2 7 1 8 2.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"anonymous", "+266696687"})
  void whoHidesTheirNumberIsOfferedAPersonAndNothingIsSentBack(String caller) {
    CallLab hidden = new CallLab(CallLab.ACME, caller);
    hidden.attach();
    hidden.hearsAll();
    hidden.says("i want to return order 73190", "start_return", orderId("73190"));

    assertThat(hidden.saidAll())
        .startsWith("I can only start a return for the number you're calling from")
        .endsWith("Shall I connect you with a person?");
    assertThat(hidden.tools.made).isEmpty();
  }
}
