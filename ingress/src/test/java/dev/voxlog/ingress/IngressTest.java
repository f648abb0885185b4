package dev.voxlog.ingress;

import static dev.voxlog.ingress.IngressFixture.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.voxlog.ingress.IngressConfig.Limits;
import dev.voxlog.ingress.IngressConfig.Web;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.CallerAudio;
import dev.voxlog.testkit.twilio.CallPlan;
import dev.voxlog.testkit.twilio.Ending;
import dev.voxlog.testkit.twilio.TwilioCaller;
import dev.voxlog.testkit.twilio.WireEvent.Kind;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class IngressTest {
  private static final String TOKEN = "12345";
  private static final String PUBLIC = "https://voice.example.com";

  @Test
  void aCallIsStartedAttachedHeardAndHungUp() {
    try (IngressFixture node = new IngressFixture()) {
      TwilioCaller caller = node.call();
      caller.press("5");
      await().until(() -> node.log.audio(id(caller)).size() > 20);
      caller.hangUp().join();
      await().until(() -> node.log.facts(id(caller)).size() == 4);

      assertThat(node.log.facts(id(caller)))
          .extracting(CallEvent::identity)
          .containsExactly("started", "attached1", "dtmf1.1", "detached1");
      CallEvent.Started started = node.log.of(id(caller), CallEvent.Started.class).getFirst();
      assertThat(started.from()).isEqualTo("+15550100001");
      assertThat(started.carrierCallId()).isEqualTo(caller.callSid());
      assertThat(node.attached(caller).mediaPort())
          .isEqualTo(node.ingress.mediaPortAddress())
          .startsWith("127.0.0.1:");
      assertThat(node.log.of(id(caller), CallEvent.Detached.class).getFirst().isHangUp()).isTrue();
      assertThat(node.ingress.errorCounts()).isEmpty();
      assertThat(node.ingress.activeCalls()).isZero();
    }
  }

  @Test
  void aDroppedStreamIsConnectedAgainAndKeepsItsCall() {
    try (IngressFixture node = new IngressFixture()) {
      TwilioCaller caller = node.call();
      await().until(() -> node.log.audio(id(caller)).size() > 10);
      caller.dropLine();
      await().until(() -> node.log.of(id(caller), CallEvent.Attached.class).size() == 2);

      assertThat(node.log.of(id(caller), CallEvent.Started.class)).hasSize(1);
      assertThat(node.log.of(id(caller), CallerAudio.Gap.class))
          .extracting(CallerAudio.Gap::reason)
          .containsExactly("reconnected");
      long endedAt = node.log.of(id(caller), CallEvent.Detached.class).getFirst().mediaMs();
      assertThat(node.attached(caller).baseMs()).isEqualTo(endedAt);
    }
  }

  @Test
  void afterTheStreamTheLogSaysWhatComesNext() throws Exception {
    try (IngressFixture node = new IngressFixture()) {
      CallId transferred = new CallId("twilio-CA1");
      node.log.append(started(transferred));
      node.log.append(new CallEvent.Transfer(transferred, Instant.EPOCH, 2, "+1<555", "asked"));
      node.log.append(new CallEvent.Ended(transferred, Instant.EPOCH, "transferred"));
      CallId over = new CallId("twilio-CA2");
      node.log.append(started(over));
      node.log.append(new CallEvent.Ended(over, Instant.EPOCH, "completed"));
      node.log.append(started(new CallId("twilio-CA3")));

      assertThat(node.post("/twilio/after", "CallSid=CA1").body())
          .contains("<Dial>+1&lt;555</Dial>");
      assertThat(node.post("/twilio/after", "CallSid=CA2").body()).contains("<Hangup/>");
      assertThat(node.post("/twilio/after", "CallSid=CA3").body())
          .contains("<Connect><Stream url=\"ws://127.0.0.1");
    }
  }

  /// Its node may have died before the log had its start.
  @Test
  void aCallThatNobodyKnowsBeginsAnewWithItsAgentButNotForEver() throws Exception {
    try (IngressFixture node = new IngressFixture()) {
      String first = node.post("/twilio/after?agent=acme", "CallSid=CA1").body();
      assertThat(first)
          .contains("<Stream url=\"ws://127.0.0.1", "name=\"agent\" value=\"acme\"")
          .contains("/twilio/after?again=1&amp;agent=acme</Redirect>");
      assertThat(node.post("/twilio/after?again=2", "CallSid=CA1").body())
          .contains("/twilio/after?again=3</Redirect>");
      assertThat(node.post("/twilio/after?again=3", "CallSid=CA1").body())
          .contains("<Response><Hangup/></Response>");
      assertThat(node.post("/twilio/after?again=x", "CallSid=CA1").body())
          .contains("<Response><Hangup/></Response>");
    }
  }

  private static CallEvent started(CallId call) {
    return new CallEvent.Started(
        call, Instant.EPOCH, "twilio", "CA", "inbound", null, null, "acme@1", Map.of());
  }

  @Test
  void aSignedCarrierGetsThroughBehindAPublicName() {
    try (IngressFixture node = guarded()) {
      TwilioCaller caller = node.call(publicPlan().with(new CallPlan.Access(TOKEN, node.url("/"))));
      await().until(() -> node.log.audio(id(caller)).size() > 5);
      caller.dropLine();
      await().until(() -> node.log.of(id(caller), CallEvent.Attached.class).size() == 2);

      assertThat(node.log.of(id(caller), CallEvent.Started.class).getFirst().parameters())
          .isEmpty();
      assertThat(node.ingress.errorCounts()).isEmpty();
    }
  }

  @Test
  void aBadSignatureIsForbidden() throws Exception {
    try (IngressFixture node = guarded()) {
      TwilioCaller other = node.call(publicPlan().with(new CallPlan.Access(TOKEN, node.url("/"))));
      assertThat(node.post("/twilio/voice", "CallSid=CA1").statusCode()).isEqualTo(403);
      assertThat(
              node.post("/twilio/after", "CallSid=CA1", "X-Twilio-Signature", "AAAA").statusCode())
          .isEqualTo(403);
      CallPlan forged = publicPlan().with(new CallPlan.Access("wrong", node.url("/")));
      assertThat(
              node.switchboard.call(forged).ended().orTimeout(5, TimeUnit.SECONDS).join().ending())
          .isInstanceOfSatisfying(
              Ending.Failed.class, failed -> assertThat(failed.reason()).contains("403"));
      CallPlan stream =
          CallPlan.to(URI.create("wss://voice.example.com/twilio/stream")).with(forged.access());
      assertThat(
              node.switchboard
                  .call(stream)
                  .ended()
                  .orTimeout(5, TimeUnit.SECONDS)
                  .join()
                  .events(Kind.STREAM_REFUSED)
                  .getFirst()
                  .detail())
          .contains("403");
      assertThat(node.ingress.errorCounts()).containsEntry("bad-signature", 4L);
      int before = node.log.audio(id(other)).size();
      await().until(() -> node.log.audio(id(other)).size() > before + 25);
      List<CallerAudio> audio = List.copyOf(node.log.audio(id(other)));
      assertThat(audio)
          .extracting(CallerAudio::sequence)
          .isEqualTo(LongStream.range(0, audio.size()).boxed().toList());
    }
  }

  @Test
  void aStreamNobodyAskedForIsClosed() {
    try (IngressFixture node = guarded()) {
      CallPlan.Access signed = new CallPlan.Access(TOKEN, node.url("/"));
      CallPlan madeUp =
          CallPlan.to(URI.create("wss://voice.example.com/twilio/stream")).with(signed);
      var recording = node.switchboard.call(madeUp).ended().orTimeout(5, TimeUnit.SECONDS).join();

      assertThat(recording.events(Kind.STREAM_CLOSED).getFirst().detail()).startsWith("1008");
      assertThat(node.log.records).isEmpty();
    }
  }

  private static IngressFixture guarded() {
    return new IngressFixture(config -> config.with(new Web("127.0.0.1", 0, PUBLIC, TOKEN)));
  }

  private static CallPlan publicPlan() {
    return CallPlan.to(URI.create(PUBLIC + "/twilio/voice"));
  }

  @Test
  void noWebPageReachesTheCarriersAddresses() throws Exception {
    try (IngressFixture node = new IngressFixture()) {
      Map<String, String> origin = Map.of("Origin", "https://evil.example");
      assertThat(node.raw("GET /twilio/stream", "127.0.0.1", origin)).contains(" 403 ");
      assertThat(node.raw("POST /twilio/voice", "127.0.0.1", origin)).contains(" 403 ");
      assertThat(node.ingress.errorCounts()).containsEntry("browser-origin", 2L);
      assertThat(node.raw("GET /twilio/stream", "rebound.example", Map.of())).contains(" 403 ");
      assertThat(node.ingress.errorCounts()).containsEntry("foreign-host", 1L);
      assertThat(node.raw("GET /health", "rebound.example", Map.of())).contains(" 200 ");
    }
  }

  @Test
  void aCallerOverTheRateIsToldThatTheLineIsBusy() throws Exception {
    Limits two =
        new Limits(
            2 << 20, 64 << 10, 10, 100, new IngressConfig.Rates(2, 3), Limits.USUAL.overload());
    try (IngressFixture node = new IngressFixture(config -> config.with(two))) {
      assertThat(node.post("/twilio/voice", "CallSid=CA1&From=%2B1555").body())
          .contains("<Connect>");
      assertThat(node.post("/twilio/voice", "CallSid=CA2&From=%2B1555").body())
          .contains("<Connect>");
      HttpResponse<String> refused = node.post("/twilio/voice", "CallSid=CA3&From=%2B1555");
      assertThat(refused.statusCode()).isEqualTo(200);
      assertThat(refused.body()).contains("<Response><Reject reason=\"busy\"/></Response>");
      assertThat(node.post("/twilio/voice", "CallSid=CA4&From=%2B1666").body())
          .contains("<Connect>");
      assertThat(node.post("/twilio/voice", "CallSid=CA5&From=%2B1777").body()).contains("<Reject");
      assertThat(node.ingress.errorCounts())
          .containsEntry("too-many-calls-of-caller", 1L)
          .containsEntry("too-many-calls", 1L);
    }
  }

  @Test
  void aCallWhoseBeginningTheLogLostIsConnectedAgainAndHeard() {
    try (IngressFixture node = new IngressFixture()) {
      AtomicInteger lost = new AtomicInteger();
      node.log.loses = event -> event instanceof CallEvent.Started && lost.getAndIncrement() == 0;
      TwilioCaller caller = node.call();
      await().until(() -> !node.log.of(id(caller), CallEvent.Started.class).isEmpty());
      int before = node.log.audio(id(caller)).size();
      await().until(() -> node.log.audio(id(caller)).size() > before + 10);

      assertThat(node.log.of(id(caller), CallEvent.Attached.class)).hasSize(2);
      assertThat(node.ingress.errorCounts()).containsEntry("call-not-begun", 1L);
    }
  }

  @Test
  void aNodeThatHasLostTheLogForGoodIsNotLive() {
    try (IngressFixture node = new IngressFixture()) {
      assertThat(node.ingress.isLive()).isTrue();
      node.log.isRefusing = true;
      assertThat(node.ingress.isLive()).isTrue();
      node.log.isFollowed = false;
      assertThat(node.ingress.isLive()).isFalse();
    }
  }

  @Test
  void whatIsNeitherTheCarriersNorAProgramsIsAnsweredByWhoeverServesTheRest() throws Exception {
    try (IngressFixture node = new IngressFixture()) {
      node.ingress.serve(request -> request.response().end("served " + request.path()));

      assertThat(node.get("/").body()).isEqualTo("served /");
      assertThat(node.get("/api/calls").body()).isEqualTo("served /api/calls");
      assertThat(node.get("/health").body()).contains("\"status\":\"up\"");
      assertThat(node.get("/twilio/voice").statusCode()).isEqualTo(405);
      assertThat(node.get("/v1/realtime").statusCode()).isEqualTo(426);
    }
  }

  @Test
  void peopleAndProbesAreAnswered() throws Exception {
    try (IngressFixture node = new IngressFixture(config -> config.withVersion("1.2.3"))) {
      assertThat(node.get("/").body()).startsWith("Voxlog ingress: ").hasLineCount(1);
      assertThat(node.get("/health").body())
          .contains("\"status\":\"up\"", "\"calls\":0", "\"kafka\":true", "1.2.3");
      node.log.isRefusing = true;
      assertThat(node.get("/health").statusCode()).isEqualTo(503);
      assertThat(node.get("/nothing").statusCode()).isEqualTo(404);
      assertThat(node.get("/twilio/voice").statusCode()).isEqualTo(405);
      assertThat(node.get("/twilio/stream").statusCode()).isEqualTo(426);
      assertThat(node.post("/twilio/voice", "From=1").statusCode()).isEqualTo(400);
      assertThat(node.post("/twilio/voice", "CallSid=%zz").statusCode()).isEqualTo(400);
      assertThat(node.post("/twilio/voice?agent=nobody", "CallSid=CA1").statusCode())
          .isEqualTo(404);
      assertThat(node.post("/twilio/voice", "a=" + "b".repeat(100_000)).statusCode())
          .isEqualTo(413);
    }
  }

  @Test
  void aTakenPortIsNamedWithItsFlag() {
    try (IngressFixture node = new IngressFixture()) {
      int port = node.ingress.port();
      assertThatThrownBy(() ->
              new IngressFixture(config -> config.with(new Web("127.0.0.1", port, null, null))))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("port " + port + " is already in use")
          .hasMessageContaining("--port");
    }
  }

  @Test
  void stoppingEndsTheStreamsAndSaysSoInTheLog() {
    IngressFixture node = new IngressFixture();
    TwilioCaller caller = node.call();
    await().until(() -> node.log.audio(id(caller)).size() > 5);
    node.ingress.close();

    CallEvent.Detached detached = node.log.of(id(caller), CallEvent.Detached.class).getFirst();
    assertThat(detached.reason()).isEqualTo("stopping");
    assertThat(detached.isHangUp()).isFalse();
    await().until(() -> caller.ended().isDone());
    assertThat(caller.ended().join().events(Kind.STREAM_CLOSED).getFirst().detail())
        .startsWith("1001");
    node.switchboard.close();
  }

  @Test
  void whatWaitsForACallThatEndsFails() {
    try (IngressFixture node = new IngressFixture()) {
      TwilioCaller caller = node.call();
      var speaking = caller.agentSpeakingFor(Duration.ofMillis(100));
      caller.hangUp().join();
      assertThatThrownBy(speaking::join)
          .isInstanceOf(CompletionException.class)
          .hasMessageContaining("over");
    }
  }
}
