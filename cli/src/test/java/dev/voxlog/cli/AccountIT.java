package dev.voxlog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.voxlog.demo.DemoCustomers;
import dev.voxlog.schemas.CallEvent.Outcome;
import dev.voxlog.schemas.CallEvent.ToolDone;
import dev.voxlog.schemas.StageName;
import dev.voxlog.testcluster.OnCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A customer of Acme's on a whole Voxlog, with Acme's own service: known by their number, offered
/// what is theirs, and charged once.
@OnCluster
@Tag("long")
class AccountIT {
  private static final int YES = 100;
  private static final int WHERE = 101;
  private static final int PAY = 102;
  private static final int AMOUNT = 103;

  @TempDir static Path folder;

  private static Map<String, String> engines() {
    Map<String, String> more = new HashMap<>();
    more.put("engines.kind", "scripted");
    more.put("engines.phrases." + YES, "yes that's right");
    more.put("engines.phrases." + WHERE, "where is my order");
    more.put("engines.phrases." + PAY, "i want to pay my bill");
    more.put("engines.phrases." + AMOUNT, "forty nine dollars and fifty cents");
    return more;
  }

  @Test
  void aCustomerIsKnownByTheirNumberAndPaysWhatIsOpen() throws Exception {
    try (Estate estate =
        new Estate(folder, TestAgents.patient(folder), engines(), Set.of(StageName.NLU))) {
      ScriptedTalk talk = ScriptedTalk.begin(estate, estate.call(DemoCustomers.BROWN));
      talk.answerTo(WHERE);
      assertThat(said(talk)).contains("Hello Ms Brown.", "the patio heater?");
      talk.answerTo(YES);
      talk.answerTo(PAY);
      talk.answerTo(YES);
      talk.answerTo(AMOUNT);
      assertThat(said(talk)).contains("That's $49.50");
      talk.answerTo(YES);
      talk.caller().hangUp().join();

      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() ->
              assertThat(estate.log().of(talk.id(), ToolDone.class))
                  .extracting(ToolDone::tool)
                  .containsExactly(WholeLog.LOOK_UP, "getOrder", "pay"));
      List<ToolDone> done = estate.log().of(talk.id(), ToolDone.class);
      assertThat(done).extracting(ToolDone::outcome).containsOnly(Outcome.OK);
      assertThat(done.getLast().result()).contains("\"left\":0");
      assertThat(said(talk)).contains("paid in full").doesNotContain(DemoCustomers.BROWN);
    }
  }

  private static String said(ScriptedTalk talk) {
    return String.join(" ", talk.said());
  }
}
