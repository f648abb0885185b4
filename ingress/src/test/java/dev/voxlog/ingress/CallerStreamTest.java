package dev.voxlog.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.voxlog.ingress.twilio.TwilioWire;
import dev.voxlog.runtime.VoxClock;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.CallerAudio;
import dev.voxlog.schemas.Codec;
import dev.voxlog.schemas.StageName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CallerStreamTest {
  private static final CallId CALL = new CallId("twilio-CA1");

  private final MemoryLog log = new MemoryLog();
  private final IngressMetrics metrics = new IngressMetrics("test");
  private final Node node =
      new Node(
          IngressConfig.local(0, "acme@1")
              .with(
                  new IngressConfig.Agents(
                      "acme@1", Map.of(), Map.of("acme@1", WithholdingMask::new), Map.of())),
          log.asLog(),
          new LiveCalls(metrics),
          new Capacity(IngressConfig.Limits.USUAL, Map::of, VoxClock.system()),
          metrics,
          Runnable::run);
  private final FakeSocket socket = new FakeSocket();
  private final CallerStream stream = new CallerStream(node, new TwilioWire(), socket);

  private static final class FakeSocket implements CarrierSocket {
    final List<String> sent = new ArrayList<>();
    String closed = "";
    boolean isBacklogged;

    @Override
    public void send(String text) {
      sent.add(text);
    }

    @Override
    public boolean isBacklogged() {
      return isBacklogged;
    }

    @Override
    public void close(int code, String reason) {
      closed = code + " " + reason;
    }
  }

  @Test
  void aCallBecomesRecordsInOrder() {
    start(stream);
    media(stream, 0);
    media(stream, 20);
    say(stream, "'event':'dtmf','dtmf':{'digit':'4'}");
    say(stream, "'event':'mark','mark':{'name':'m1'}");
    say(stream, "'event':'stop'");
    stream.closed();

    assertThat(log.facts(CALL))
        .extracting(CallEvent::identity)
        .containsExactly("started", "attached1", "dtmf1.1", "mark1.1", "dtmf1.2", "detached1");
    assertThat(log.audio(CALL)).extracting(CallerAudio::mediaMs).containsExactly(0L, 20L, 40L);
    assertThat(log.audio(CALL)).extracting(CallerAudio::sequence).containsExactly(0L, 1L, 2L);
    assertThat(log.audio(CALL).getLast()).isInstanceOf(CallerAudio.End.class);
    CallEvent.Started started = log.of(CALL, CallEvent.Started.class).getFirst();
    assertThat(started.agent()).isEqualTo("acme@1");
    assertThat(started.from()).isEqualTo("+1555");
    assertThat(started.parameters()).containsOnlyKeys("vip");
    assertThat(log.of(CALL, CallEvent.Detached.class).getFirst().isHangUp()).isTrue();
    assertThat(metrics.active()).isZero();
  }

  @Test
  void whatComesBeforeTheDirectoryHasAnsweredIsHeldAndNotLost() {
    log.gate = new CompletableFuture<>();
    start(stream);
    media(stream, 0);
    media(stream, 20);
    assertThat(log.records).isEmpty();
    stream.closed();
    log.gate.complete(true);

    assertThat(log.facts(CALL))
        .extracting(CallEvent::identity)
        .containsExactly("started", "attached1", "detached1");
    assertThat(log.audio(CALL)).extracting(CallerAudio::mediaMs).containsExactly(0L, 20L, 40L);
    assertThat(node.calls().size()).isZero();
  }

  @Test
  void lostAndRepeatedFramesAreToldAndDropped() {
    start(stream);
    media(stream, 0);
    media(stream, 100);
    media(stream, 100);
    media(stream, 40);

    assertThat(log.audio(CALL)).extracting(CallerAudio::mediaMs).containsExactly(0L, 20L, 100L);
    assertThat(((CallerAudio.Gap) log.audio(CALL).get(1)).durationMs()).isEqualTo(80);
    assertThat(metrics.counted("repeated-frame")).isEqualTo(2);
  }

  @Test
  void aStreamThatComesAgainGoesOnWhereTheLastOneEnded() {
    start(stream);
    media(stream, 0);
    stream.closed();
    CallerStream again = new CallerStream(node, new TwilioWire(), new FakeSocket());
    start(again);
    media(again, 0);

    assertThat(log.facts(CALL))
        .extracting(CallEvent::identity)
        .containsExactly("started", "attached1", "detached1", "attached2");
    assertThat(log.of(CALL, CallEvent.Attached.class).getLast().baseMs()).isEqualTo(20);
    CallerAudio.Gap gap = log.of(CALL, CallerAudio.Gap.class).getFirst();
    assertThat(gap.durationMs()).isNull();
    assertThat(gap.attach()).isEqualTo(2);
    assertThat(log.audio(CALL).getLast().mediaMs()).isEqualTo(20);
    assertThat(log.of(CALL, CallEvent.Detached.class).getFirst().isHangUp()).isFalse();
  }

  @Test
  void aSecondStreamOfTheSameCallReplacesTheFirst() {
    start(stream);
    media(stream, 0);
    CallerStream second = new CallerStream(node, new TwilioWire(), new FakeSocket());
    start(second);
    stream.closed();

    assertThat(socket.closed).isEqualTo("1000 superseded");
    assertThat(log.facts(CALL))
        .extracting(CallEvent::identity)
        .containsExactly("started", "attached1", "detached1", "attached2");
    assertThat(node.calls().size()).isEqualTo(1);
  }

  @Test
  void aStreamOfACallThatIsOverIsClosed() {
    log.append(new CallEvent.Ended(CALL, Instant.EPOCH, "completed"));
    start(stream);

    assertThat(socket.closed).startsWith("1008");
    assertThat(log.of(CALL, CallEvent.Attached.class)).isEmpty();
  }

  @Test
  void faultsAreCountedAndRecordedUpToABoundAndNothingIsSent() {
    stream.message("oops");
    start(stream);
    for (int i = 0; i < 100; i++) {
      stream.message("{");
    }
    start(stream);

    assertThat(metrics.counted("malformed-message")).isEqualTo(101);
    assertThat(metrics.counted("wrong-order")).isEqualTo(2);
    List<CallEvent.Error> errors = log.of(CALL, CallEvent.Error.class);
    assertThat(errors).hasSize(20).allMatch(e -> e.writer() == StageName.INGRESS);
    assertThat(errors).extracting(CallEvent.Error::n).doesNotHaveDuplicates();
    assertThat(socket.sent).isEmpty();
    assertThat(socket.closed).isEmpty();
  }

  @Test
  void whatTheLogDoesNotTakeIsToldAsAGapAfterwards() {
    start(stream);
    media(stream, 0);
    log.isRefusing = true;
    media(stream, 20);
    media(stream, 40);
    log.isRefusing = false;
    media(stream, 60);

    assertThat(log.audio(CALL)).extracting(CallerAudio::mediaMs).containsExactly(0L, 20L, 60L);
    CallerAudio.Gap gap = (CallerAudio.Gap) log.audio(CALL).get(1);
    assertThat(gap.durationMs()).isEqualTo(40);
    assertThat(gap.reason()).isEqualTo("not-written");
    assertThat(metrics.counted("not-written")).isEqualTo(2);
  }

  @Test
  void ofAudioThatTheLogDoesNotAcknowledgeTenSecondsOfEachCallWaitAndTheRestIsAGap() {
    List<Runnable> acknowledgements = new ArrayList<>();
    start(stream);
    CallerStream other = new CallerStream(node, new TwilioWire(), new FakeSocket());
    start(other, "CA2");
    log.acknowledgements = acknowledgements;
    for (int i = 0; i < 600; i++) {
      media(stream, i * 20L);
    }
    media(other, 0);
    assertThat(log.audio(CALL)).hasSize(500).allMatch(CallerAudio.Frame.class::isInstance);
    assertThat(log.audio(new CallId("twilio-CA2"))).hasSize(1);
    assertThat(metrics.counted("not-written")).isEqualTo(100);

    acknowledgements.forEach(Runnable::run);
    media(stream, 12_000);

    List<CallerAudio> after = log.audio(CALL).subList(500, 502);
    assertThat(after).extracting(CallerAudio::mediaMs).containsExactly(10_000L, 12_000L);
    assertThat(((CallerAudio.Gap) after.getFirst()).durationMs()).isEqualTo(2_000);
    assertThat(((CallerAudio.Gap) after.getFirst()).reason()).isEqualTo("not-written");
  }

  @Test
  void aCallWhoseBeginningTheLogLostIsClosedSoThatItBeginsAgain() {
    log.loses = CallEvent.Started.class::isInstance;
    start(stream);
    assertThat(socket.closed).startsWith("1011");
    assertThat(log.known(CALL).next(10)).isEqualTo(new KnownCall.Next.Connect());

    log.loses = _ -> false;
    CallerStream again = new CallerStream(node, new TwilioWire(), new FakeSocket());
    start(again);
    media(again, 0);

    assertThat(log.of(CALL, CallEvent.Started.class)).hasSize(1);
    assertThat(log.of(CALL, CallEvent.Attached.class).getLast().attach()).isEqualTo(2);
    assertThat(again.isStreaming()).isTrue();
    assertThat(metrics.counted("call-not-begun")).isEqualTo(1);
  }

  @Test
  void aStreamWhoseAttachTheLogLostIsClosedAndItsNumberIsNotGivenAgain() {
    log.loses = CallEvent.Attached.class::isInstance;
    start(stream);
    assertThat(socket.closed).startsWith("1011");
    assertThat(log.known(CALL).next(10)).isEqualTo(new KnownCall.Next.Connect());

    log.loses = _ -> false;
    CallerStream again = new CallerStream(node, new TwilioWire(), new FakeSocket());
    start(again);

    assertThat(log.facts(CALL))
        .extracting(CallEvent::identity)
        .containsExactly("started", "detached1", "attached2");
  }

  @Test
  void aLossThatIsKnownLateClosesTheStreamThatHasTakenTheCallsPlace() {
    List<Runnable> late = new ArrayList<>();
    log.later = late;
    log.loses = CallEvent.Started.class::isInstance;
    start(stream);
    FakeSocket next = new FakeSocket();
    start(new CallerStream(node, new TwilioWire(), next));
    assertThat(next.closed).isEmpty();
    late.forEach(Runnable::run);

    assertThat(next.closed).startsWith("1011");
    assertThat(log.known(CALL).isStarted()).isFalse();
  }

  @Test
  void theRecordedAudioOfOthersIsNotSearchedForTheEndOfACallThatHasNone() {
    start(stream);
    assertThat(log.searchedFor).isEmpty();

    start(new CallerStream(node, new TwilioWire(), new FakeSocket()));
    assertThat(log.searchedFor).containsExactly(CALL);
  }

  @Test
  void anotherNodesAttachDuringTheLookUpKeepsItsNumber() {
    log.gate = new CompletableFuture<>();
    start(stream);
    log.append(new CallEvent.Attached(CALL, Instant.EPOCH, 1, "MZ0", Codec.MULAW_8K, "other:1", 0));
    log.append(new CallEvent.Detached(CALL, Instant.EPOCH, 1, false, "dropped", 7_000));
    log.gate.complete(true);

    CallEvent.Attached attached = log.of(CALL, CallEvent.Attached.class).getLast();
    assertThat(attached.attach()).isEqualTo(2);
    assertThat(attached.baseMs()).isEqualTo(7_000);
  }

  @Test
  void twoStartsWithinOneLookUpGetTwoNumbers() {
    log.gate = new CompletableFuture<>();
    start(stream);
    CallerStream second = new CallerStream(node, new TwilioWire(), new FakeSocket());
    start(second);
    log.gate.complete(true);

    assertThat(log.of(CALL, CallEvent.Started.class)).hasSize(1);
    assertThat(log.of(CALL, CallEvent.Attached.class))
        .extracting(CallEvent.Attached::attach)
        .doesNotHaveDuplicates();
    assertThat(second.attach()).isEqualTo(log.known(CALL).attach());
    assertThat(second.isStreaming()).isTrue();
  }

  @Test
  void aCarrierThatDoesNotReadIsCutOff() {
    start(stream);
    socket.isBacklogged = true;
    stream.clear();

    assertThat(socket.closed).startsWith("1011");
    assertThat(log.of(CALL, CallEvent.Detached.class).getFirst().isHangUp()).isFalse();
    assertThat(metrics.counted("carrier-backlog")).isEqualTo(1);
  }

  @Test
  void keysThatAreWithheldAreToldByTheCallersOwnTime() {
    start(stream);
    media(stream, 0);
    say(stream, "'event':'dtmf','dtmf':{'digit':'4'}");
    say(stream, "'event':'dtmf','dtmf':{'digit':'5'}");
    media(stream, 20);
    assertThat(log.of(CALL, CallEvent.Dtmf.class))
        .extracting(CallEvent.Dtmf::digit)
        .containsExactly("x", "x");

    media(stream, 1_020);
    assertThat(log.of(CALL, CallEvent.Dtmf.class))
        .extracting(CallEvent.Dtmf::identity, CallEvent.Dtmf::digit)
        .containsExactly(tuple("dtmf1.1", "x"), tuple("dtmf1.2", "x"), tuple("dtmf1.3", "x45"));
  }

  @Test
  void keysThatAreWithheldAreToldBeforeTheCallerLeaves() {
    start(stream);
    media(stream, 0);
    say(stream, "'event':'dtmf','dtmf':{'digit':'4'}");
    say(stream, "'event':'stop'");

    assertThat(log.facts(CALL))
        .extracting(CallEvent::identity)
        .containsExactly("started", "attached1", "dtmf1.1", "dtmf1.2", "detached1");
  }

  private static void start(CallerStream stream) {
    start(stream, "CA1");
  }

  private static void start(CallerStream stream, String callSid) {
    say(stream, "'event':'connected'");
    say(
        stream,
        "'event':'start','streamSid':'MZ1','start':{'callSid':'"
            + callSid
            + "','customParameters':{'from':'+1555','to':'+1666','vip':'yes'}}");
  }

  private static void media(CallerStream stream, long timestamp) {
    String payload = Base64.getEncoder().encodeToString(new byte[160]);
    say(
        stream,
        "'event':'media','media':{'timestamp':'" + timestamp + "','payload':'" + payload + "'}");
  }

  private static void say(CallerStream stream, String fields) {
    stream.message(("{" + fields + "}").replace('\'', '"'));
  }
}
