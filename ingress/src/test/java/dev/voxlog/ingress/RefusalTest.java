package dev.voxlog.ingress;

import static dev.voxlog.ingress.IngressFixture.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.voxlog.runtime.StageWatch;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.StageName;
import dev.voxlog.testkit.twilio.CallPlan;
import dev.voxlog.testkit.twilio.TwilioCaller;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A node whose estate has too much to do.
@Timeout(60)
class RefusalTest {
  private static final String SORRY = "Busy; \"later\" please.";

  private final IngressFixture node =
      new IngressFixture(config -> config.with(limits(config.limits(), 1_000)));

  private static IngressConfig.Limits limits(IngressConfig.Limits usual, int streams) {
    return new IngressConfig.Limits(
        usual.unreadBytes(),
        usual.messageBytes(),
        usual.attaches(),
        streams,
        usual.rates(),
        new IngressConfig.Overload(Duration.ofSeconds(5), Duration.ofSeconds(1), SORRY));
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private TwilioCaller runningCall() {
    TwilioCaller caller = node.call();
    awaitAttached(caller, 1);
    return caller;
  }

  private void awaitAttached(TwilioCaller caller, int times) {
    await()
        .atMost(30, TimeUnit.SECONDS)
        .untilAsserted(
            () -> assertThat(node.log.of(id(caller), CallEvent.Attached.class)).hasSize(times));
  }

  private void overload() {
    node.log.standings =
        Map.of(StageName.STT, new StageWatch.Standing(Duration.ofSeconds(9), Duration.ZERO));
  }

  private static void assertThatSorryIsSaid(String twiml) {
    assertThat(twiml)
        .contains("<Response><Say>Busy; &quot;later&quot; please.</Say><Hangup/></Response>");
  }

  @Test
  void aNewCallHearsWhyItIsNotTakenAndTheRunningOneStays() throws Exception {
    TwilioCaller running = runningCall();
    overload();
    assertThatSorryIsSaid(node.post("/twilio/voice", "CallSid=CAnew&From=%2B1").body());
    assertThat(node.ingress.errorCounts()).containsEntry("refused-call", 1L);
    assertThat(node.get("/health").body())
        .contains("\"takesCalls\":false", "\"stt\":{\"lagSeconds\":9.0,\"engineWaitSeconds\":0.0}");
    assertThat(running.ended()).isNotDone();
    assertThat(node.post("/twilio/voice", "CallSid=" + running.callSid()).body())
        .as("the running call asks again")
        .contains("<Stream");
  }

  @Test
  void aRunningCallWhoseStreamBrokeIsConnectedAgain() throws Exception {
    TwilioCaller running = runningCall();
    overload();
    node.post("/twilio/voice", "CallSid=CAnew");
    running.dropLine();
    awaitAttached(running, 2);
    assertThat(running.ended()).isNotDone();
  }

  @Test
  void aStreamThatComesAllTheSameIsClosedAndItsCallHearsWhy() throws Exception {
    overload();
    URI stream = URI.create("ws://127.0.0.1:" + node.ingress.port() + "/twilio/stream");
    TwilioCaller uninvited = node.switchboard.call(CallPlan.to(stream));
    uninvited.ended().get(30, TimeUnit.SECONDS);
    assertThat(node.log.records).as("nothing of it is on the log").isEmpty();
    assertThat(node.ingress.errorCounts()).containsEntry("refused-stream", 1L);
    assertThatSorryIsSaid(node.post("/twilio/after", "CallSid=" + uninvited.callSid()).body());
  }

  @Test
  void aFullNodeSaysSo() throws Exception {
    try (IngressFixture full =
        new IngressFixture(config -> config.with(limits(config.limits(), 1)))) {
      full.call();
      assertThatSorryIsSaid(full.post("/twilio/voice", "CallSid=CAnew").body());
    }
  }
}
