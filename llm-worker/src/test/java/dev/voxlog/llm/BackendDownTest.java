package dev.voxlog.llm;

import static dev.voxlog.llm.CallLab.orderId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.llm.tools.HttpTools;
import dev.voxlog.llm.tools.Tools;
import dev.voxlog.schemas.CallEvent.Answer;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A call whose tools go to an address where nobody listens.
class BackendDownTest {
  private final HttpTools http = new HttpTools(Duration.ofSeconds(1));

  @BeforeEach
  void nobodyListens() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      System.setProperty("ACME_URL", "http://127.0.0.1:" + free.getLocalPort());
    }
  }

  @AfterEach
  void restore() {
    System.clearProperty("ACME_URL");
    http.close();
  }

  @Test
  void aBackendThatIsDownIsApologisedForAndACallbackIsOfferedAndThenAPerson() {
    // The lab has one thread, so each call is waited for.
    Tools waiting =
        asked -> CompletableFuture.completedFuture(http.call(asked).toCompletableFuture().join());
    CallLab call = new CallLab(CallLab.ACME, CallLab.CALLER, waiting);
    call.attach();
    call.hearsAll()
        .says("where is order four five eight one two", "order_status", orderId("45812"));

    assertThat(call.said())
        .containsExactly(
            "I'm sorry, I can't reach our order system right now.",
            "Would you like us to call you back?");
    assertThat(call.expects().answer()).isEqualTo(Answer.YES_NO);

    call.hearsAll().says("yes", "yes").hearsAll().says("yes", "yes");
    assertThat(call.said())
        .containsExactly(
            "I'm sorry, I couldn't book the call just now.",
            "Shall I connect you with a person instead?");
  }
}
