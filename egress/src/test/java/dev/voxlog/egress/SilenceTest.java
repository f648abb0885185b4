package dev.voxlog.egress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallEvent.Silence;
import dev.voxlog.schemas.TurnEvent.Next;
import org.junit.jupiter.api.Test;

/// When neither side says anything.
class SilenceTest {
  private static final String POLICY =
      "silence: {repromptAfter: 5s, reprompts: 1, goodbyeAfter: 7s}\n";
  private final CallLab call = new CallLab(POLICY).attach();

  @Test
  void silenceIsToldOnceTheCallerHasHeardEverythingAndSaidNothing() {
    call.turn(1, "Hello there").pass(5_400);
    assertThat(call.told(Silence.class)).isEmpty();

    call.pass(200);
    assertThat(call.told(Silence.class))
        .extracting(Silence::turn, Silence::n, Silence::silentMs)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(1, 1, 5_000L));
  }

  @Test
  void theRepromptIsHeardAndThenTheLastSilenceBegins() {
    call.turn(1, "Hello").pass(5_300).turn(2, "Are you there").pass(750 + 6_900);
    assertThat(call.told(Silence.class)).hasSize(1);

    call.pass(300);
    assertThat(call.told(Silence.class))
        .extracting(Silence::identity)
        .containsExactly("silence1.1", "silence2.2");
  }

  @Test
  void aSilenceThatNothingIsSaidToGoesOn() {
    call.turn(1, "Hello").pass(250 + 5_000 + 7_000 + 100);

    assertThat(call.told(Silence.class))
        .extracting(Silence::identity)
        .containsExactly("silence1.1", "silence1.2");
  }

  @Test
  void theGreetingsAbsenceIsNoSilence() {
    assertThat(call.pass(60_000).told(Silence.class)).isEmpty();
  }

  @Test
  void aTurnThatIsStillBeingSpokenIsNoSilence() {
    call.says(1, 0, "One moment please").pass(30_000);
    assertThat(call.told(Silence.class)).isEmpty();

    call.endsTurn(1, 1, Next.LISTEN).pass(5_100);
    assertThat(call.told(Silence.class)).hasSize(1);
  }

  @Test
  void anUtteranceThatAwaitsItsAnswerIsNoSilence() {
    call.turn(1, "Hello")
        .pass(3_000)
        .startsSpeaking(1)
        .stopsSpeaking(1, "where is my order")
        .pass(6_000);
    assertThat(call.told(Silence.class)).isEmpty();

    call.turn(2, "It has shipped").pass(750 + 5_100);
    assertThat(call.told(Silence.class))
        .extracting(Silence::identity)
        .containsExactly("silence2.1");
  }

  @Test
  void speakingPutsTheSilenceOffAndWordsBeginTheCountAnew() {
    call.turn(1, "Hello").pass(5_300).turn(2, "Are you there").pass(2_000);
    call.startsSpeaking(1).stopsSpeaking(1, "yes I am").turn(3, "Good").pass(250 + 5_100);

    assertThat(call.told(Silence.class))
        .extracting(Silence::identity)
        .containsExactly("silence1.1", "silence3.1");
  }

  @Test
  void aNoisePutsTheSilenceOffButDoesNotBeginTheCountAnew() {
    call.turn(1, "Hello").pass(5_300).turn(2, "Are you there").pass(750 + 6_000);
    call.startsSpeaking(1).pass(500).stopsSpeaking(1, "").pass(6_900);
    assertThat(call.told(Silence.class)).hasSize(1);

    call.pass(200);
    assertThat(call.told(Silence.class)).extracting(Silence::n).containsExactly(1, 2);
  }

  @Test
  void aKeyPutsTheSilenceOff() {
    call.turn(1, "Hello")
        .pass(4_000)
        .give(new CallEvent.Dtmf(CallLab.CALL, call.now(), 1, 1, "5", 0))
        .pass(4_900);
    assertThat(call.told(Silence.class)).isEmpty();

    call.pass(200);
    assertThat(call.told(Silence.class)).hasSize(1);
  }

  @Test
  void aCallerWhoseStreamIsGoneIsNotSilent() {
    CallLab slow =
        new CallLab(
                EgressConfig.DEFAULT.withReconnectGrace(java.time.Duration.ofSeconds(60)), POLICY)
            .attach();
    slow.turn(1, "Hello").pass(1_000).carrier().drop();
    slow.detach(false, "dropped").pass(30_000);

    assertThat(slow.told(Silence.class)).isEmpty();
  }
}
