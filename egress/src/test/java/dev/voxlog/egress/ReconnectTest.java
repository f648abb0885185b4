package dev.voxlog.egress;

import static dev.voxlog.egress.CallLab.audio;
import static dev.voxlog.egress.CallLab.join;
import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.schemas.TurnEvent.Next;
import dev.voxlog.schemas.media.MediaFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// When the way to the caller breaks, or the caller goes.
class ReconnectTest {
  private static final String LONG = "one two three four five six seven eight";
  private final CallLab call = CallLab.connected();

  @Test
  void aCallerWhoHangsUpEndsTheCallWithWhatWasHeard() {
    call.turn(1, LONG).pass(600).carrier().drop();
    call.detach(true, "stop");

    assertThat(call.heard()).containsExactly("1.0 part ESTIMATED one two");
    assertThat(call.ends()).containsExactly("hung-up");
    assertThat(call.lab.isEnded()).isTrue();
  }

  @Test
  void aStreamThatComesAgainHearsOnFromWhereItBroke() {
    call.turn(1, LONG).pass(600).carrier().drop();
    call.detach(false, "dropped").pass(2_000).carrier().reattach();
    call.attach().pass(3_000);

    call.assertHeard(audio(1, 0, 0, 600), audio(1, 0, 500, 2_000));
    assertThat(call.heard()).endsWith("1.0 whole ACKED " + LONG);
    assertThat(call.ends()).isEmpty();
  }

  @Test
  void aStreamThatComesAgainBeforeTheOldOnesEndIsToldGoesOnToo() {
    call.turn(1, LONG).pass(600).carrier().drop();
    call.carrier().reattach();
    call.attach().pass(3_000);

    assertThat(call.heard()).endsWith("1.0 whole ACKED " + LONG);
  }

  @Test
  void aStreamThatDoesNotComeAgainIsLostAfterTheGrace() {
    call.turn(1, "Hello").pass(1_000).carrier().drop();
    call.detach(false, "dropped").pass(EgressConfig.DEFAULT.reconnectGrace().toMillis() - 10);
    assertThat(call.ends()).isEmpty();

    call.pass(20);
    assertThat(call.ends()).containsExactly("lost");
  }

  @Test
  void anIngressNodeThatDiedWithItsStreamsIsNoticedWithoutARecord() {
    call.turn(1, "Hello").pass(1_000).nodes.linkDown();
    call.pass(EgressConfig.DEFAULT.reconnectGrace().toMillis() + 10);

    assertThat(call.ends()).containsExactly("lost");
  }

  @ParameterizedTest(name = "the caller is back after {0} ms")
  @ValueSource(ints = {0, 500, 2_000, 8_000})
  void whatADeadNodeCouldNotPlayAnyMoreIsHeardFromTheNextOne(int ms) {
    call.turn(1, LONG).pass(600).carrier().drop();
    call.nodes.linkDown();
    call.pass(ms).carrier().reattach();
    call.attach().nodes.linkUp();
    call.pass(3_000);

    call.assertHeard(audio(1, 0, 0, 600), audio(1, 0, 500, 2_000));
    assertThat(call.heard()).endsWith("1.0 whole ACKED " + LONG);
    assertThat(call.ends()).isEmpty();
  }

  @Test
  void aNodeThatNoLongerHoldsTheStreamSaysSo() {
    call.turn(1, LONG).pass(100).carrier().drop();
    call.turn(2, LONG).pass(EgressConfig.DEFAULT.reconnectGrace().toMillis() + 10);

    assertThat(call.ends()).containsExactly("lost");
  }

  @Test
  void aConnectionThatBreaksForAMomentIsNotHeard() {
    call.says(1, 0, LONG).pass(400).nodes.linkDown();
    call.says(1, 1, "nine ten eleven twelve").pass(700).nodes.linkUp();
    call.endsTurn(1, 2, Next.HANG_UP).pass(4_000);

    call.assertHeard(audio(1, 0, 0, 2_000), audio(1, 1, 0, 1_000));
    assertThat(call.carrier().timesSent()).allSatisfy((_, times) -> assertThat(times).isEqualTo(1));
    assertThat(call.ends()).containsExactly("completed");
  }

  @Test
  void audioLostWithTheConnectionIsSentAgain() {
    call.says(1, 0, "one two").pass(100);
    CarrierModel carrier = call.carrier();
    call.nodes.carrier = new CarrierModel(call.clock, _ -> {}, _ -> {});
    call.says(1, 1, "three four").endsTurn(1, 2, Next.LISTEN);
    call.nodes.carrier = carrier;
    call.nodes.linkDown();
    call.nodes.linkUp();
    call.pass(3_000);

    assertThat(carrier.heard()).isEqualTo(join(audio(1, 0, 0, 500), audio(1, 1, 0, 500)));
    assertThat(call.heard())
        .containsExactly("1.0 whole ACKED one two", "1.1 whole ACKED three four");
  }

  @Test
  void theGoodbyeIsNotCutShortByAConnectionThatIsDown() {
    call.says(1, 0, "Goodbye").endsTurn(1, 1, Next.HANG_UP).pass(100).nodes.linkDown();
    call.pass(5_000);
    assertThat(call.ends()).isEmpty();

    call.nodes.linkUp();
    assertThat(call.ends()).containsExactly("completed");
    assertThat(call.carrier().isHungUp()).isTrue();
  }

  @Test
  void anOldStreamsEndDoesNotTouchTheNewOne() {
    call.turn(1, LONG).pass(600).carrier().drop();
    call.carrier().reattach();
    call.attach();
    call.give(
        new dev.voxlog.schemas.CallEvent.Detached(CallLab.CALL, call.now(), 1, true, "stop", 0));

    assertThat(call.ends()).isEmpty();
    assertThat(call.carrier().commands(MediaFrame.Attach.class)).hasSize(2);
  }
}
