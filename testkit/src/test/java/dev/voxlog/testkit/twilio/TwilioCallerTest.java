package dev.voxlog.testkit.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.voxlog.audio.G711;
import dev.voxlog.testkit.twilio.AgentServer.Got;
import dev.voxlog.testkit.twilio.WireEvent.Kind;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TwilioCallerTest {
  private final AgentServer agent = new AgentServer();
  private final Switchboard switchboard = new Switchboard();

  @AfterEach
  void close() {
    switchboard.close();
    agent.close();
  }

  @Test
  void aCallIsConnectedAsTwilioDoesIt() {
    TwilioCaller caller = connected(CallPlan.to(agent.voice()));
    await().until(() -> agent.got("media").size() >= 50);
    CallRecording recording = caller.hangUp().join();

    assertThat(agent.got.stream().limit(2).map(Got::event)).containsExactly("connected", "start");
    assertThat(agent.got("start").getFirst().json().at("/start/callSid").asText())
        .isEqualTo(caller.callSid());
    assertThat(agent.got("start").getFirst().json().at("/start/customParameters/agent").asText())
        .isEqualTo("acme");
    assertThat(agent.got("media"))
        .extracting(g -> g.json().at("/media/timestamp").asText())
        .startsWith("0", "20", "40");
    assertThat(agent.got("media"))
        .extracting(g -> g.json().at("/media/chunk").asText())
        .startsWith("1", "2", "3");
    await().untilAsserted(() -> assertThat(agent.got("stop")).hasSize(1));
    assertThat(recording.ending()).isEqualTo(new Ending.ByCaller());
    assertThat(agent.requests)
        .hasSize(1)
        .first()
        .asString()
        .contains("CallSid=" + caller.callSid());
  }

  @Test
  void framesKeepToAnAbsoluteSchedule() {
    TwilioCaller caller = connected(CallPlan.to(agent.voice()));
    await().until(() -> agent.got("media").size() >= 150);
    List<Got> frames = agent.got("media").subList(0, 150);
    CallRecording recording = caller.hangUp().join();

    double tookMs = (frames.getLast().nanos() - frames.getFirst().nanos()) / 1e6;
    assertThat(tookMs).isCloseTo(149 * 20, within(20 + 2 * recording.pacing().maxLateMs()));
    assertThat(recording.pacing().steps()).isGreaterThanOrEqualTo(150);
  }

  @Test
  void audioIsPlayedInRealTimeAndItsMarkComesBackThen() {
    TwilioCaller caller = connected(CallPlan.to(agent.voice()));
    agent.media(tone(600));
    agent.mark("end");
    await().until(() -> !agent.got("mark").isEmpty());
    CallRecording recording = caller.hangUp().join();

    WireEvent arrived = recording.events(Kind.MEDIA).getFirst();
    WireEvent returned = recording.events(Kind.MARK_RETURNED).getFirst();
    assertThat(returned.atMs() - arrived.atMs())
        .isBetween(595.0, 645.0 + recording.pacing().maxLateMs());
    assertThat(recording.played()).hasSize(1);
    assertThat(recording.played().getFirst().samples()).isEqualTo(4800);
    assertThat(recording.played().getFirst().startMs() - arrived.atMs())
        .isBetween(-1.0 - recording.pacing().maxLateMs(), 21.0);
  }

  @Test
  void clearStopsThePlaybackAndReturnsTheMarksAtOnce() {
    TwilioCaller caller = connected(CallPlan.to(agent.voice()));
    agent.media(tone(5_000));
    agent.mark("end");
    caller.agentSpeakingFor(Duration.ofMillis(200)).join();
    agent.clear();
    await().until(() -> !agent.got("mark").isEmpty());
    CallRecording recording = caller.hangUp().join();

    WireEvent clear = recording.events(Kind.CLEAR).getFirst();
    assertThat(recording.events(Kind.MARK_RETURNED).getFirst().atMs() - clear.atMs())
        .isBetween(0.0, 5.0);
    assertThat(recording.played().getFirst().endMs())
        .isBetween(200.0, clear.atMs() + 40 + recording.pacing().maxLateMs());
  }

  @Test
  void whatIsSaidArrivesWholeAndIsRecordedWhereItWasSaid() {
    TwilioCaller caller = connected(CallPlan.to(agent.voice()));
    short[] words = G711.decodeMulaw(tone(330));
    Utterance said = caller.say(words).join();
    caller.press("4#");
    await().until(() -> agent.got("dtmf").size() == 2);
    CallRecording recording = caller.hangUp().join();

    assertThat(said.samples()).isEqualTo(words.length);
    assertThat(recording.spoken()).containsExactly(said);
    short[] heard = recording.said();
    IntStream.range(0, words.length)
        .forEach(i -> assertThat(heard[(int) said.startSample() + i]).isEqualTo(words[i]));
    assertThat(agent.got("dtmf"))
        .extracting(g -> g.json().at("/dtmf/digit").asText())
        .containsExactly("4", "#");
  }

  @Test
  void theTwimlGoesOnWhenTheAgentClosesTheStream() {
    agent.after = "<Response><Dial>+15551234</Dial></Response>";
    TwilioCaller caller = connected(CallPlan.to(agent.voice()));
    await().until(() -> !agent.got("media").isEmpty());
    agent.closeStream();

    assertThat(caller.ended().orTimeout(5, TimeUnit.SECONDS).join().ending())
        .isEqualTo(new Ending.Transferred("+15551234"));
    assertThat(agent.requests).extracting(r -> r.split(" ")[0]).containsExactly("/voice", "/after");
  }

  @Test
  void aDroppedStreamIsConnectedAgainWhenTheTwimlSaysSo() {
    TwilioCaller caller = connected(CallPlan.to(agent.voice()));
    agent.after = "<Response><Redirect>/voice</Redirect></Response>";
    await().until(() -> !agent.got("media").isEmpty());
    caller.dropLine();

    await().until(() -> agent.got("start").size() == 2);
    assertThat(agent.got("stop")).isEmpty();
    caller.hangUp().join();
  }

  @Test
  void aSlowLineDelaysBothDirections() {
    CallPlan.Line slow = new CallPlan.Line(Duration.ofMillis(100), Duration.ofMillis(150), -60);
    TwilioCaller caller = connected(CallPlan.to(agent.voice()).with(slow));
    await().until(() -> !agent.got("media").isEmpty());
    long sentAt = System.nanoTime();
    agent.mark("now");
    await().pollInterval(Duration.ofMillis(5)).until(() -> !agent.got("mark").isEmpty());

    assertThat((agent.got("mark").getFirst().nanos() - sentAt) / 1e6).isBetween(245.0, 400.0);
    caller.hangUp().join();
  }

  @Test
  void aRefusedWebhookEndsTheCallWithItsReason() {
    URI missing = URI.create("http://127.0.0.1:1/voice");
    CallRecording recording =
        switchboard.call(CallPlan.to(missing)).ended().orTimeout(5, TimeUnit.SECONDS).join();

    assertThat(recording.ending()).isInstanceOf(Ending.Failed.class);
  }

  private TwilioCaller connected(CallPlan plan) {
    TwilioCaller caller = switchboard.call(plan);
    caller.connected().orTimeout(10, TimeUnit.SECONDS).join();
    await().until(() -> agent.got("start").size() == 1);
    return caller;
  }

  private static byte[] tone(int ms) {
    short[] pcm = new short[ms * 8];
    for (int i = 0; i < pcm.length; i++) {
      pcm[i] = (short) (8000 * Math.sin(i * 0.5));
    }
    return G711.encodeMulaw(pcm);
  }
}
