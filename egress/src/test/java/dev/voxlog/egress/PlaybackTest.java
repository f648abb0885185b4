package dev.voxlog.egress;

import static dev.voxlog.egress.CallLab.audio;
import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.schemas.AgentAudio;
import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.Codec;
import dev.voxlog.schemas.TurnEvent.Next;
import dev.voxlog.schemas.TurnEvent.Purpose;
import dev.voxlog.schemas.media.MediaFrame;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the caller hears when nobody interrupts.
class PlaybackTest {
  private final CallLab call = new CallLab();

  @Test
  void sentencesAreHeardInOrderAndEachIsToldOnce() {
    call.attach().turn(1, "Thanks for calling.", "How can I help?");
    call.pass(3_000);

    call.assertHeard(audio(1, 0, 0, 750), audio(1, 1, 0, 1_000));
    assertThat(call.heard())
        .containsExactly("1.0 whole ACKED Thanks for calling.", "1.1 whole ACKED How can I help?");
    assertThat(call.told(CallEvent.Playing.class))
        .extracting(CallEvent::identity)
        .containsExactly("playing1.0", "playing1.1");
    assertThat(call.carrier().timesSent()).allSatisfy((_, times) -> assertThat(times).isEqualTo(1));
  }

  @Test
  void theFirstAudioGoesOutTheMomentItComes() {
    call.attach();
    call.give(call.chunks(1, 0, "Thanks for calling.", Purpose.ANSWER).getFirst());

    assertThat(call.carrier().commands(MediaFrame.Audio.class)).hasSize(1);
    assertThat(call.told(CallEvent.Playing.class)).hasSize(1);
  }

  @Test
  void audioIsSentNoFurtherAheadThanTheLead() {
    call.attach()
        .turn(
            1,
            "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen");
    long leadMs = EgressConfig.DEFAULT.lead().toMillis();
    for (int ms = 0; ms < 4_000; ms += 50) {
      long sentMs =
          call.carrier().commands(MediaFrame.Audio.class).stream()
              .mapToLong(a -> a.audio().length() / 8)
              .sum();
      assertThat(sentMs - ms).isBetween(Math.min(leadMs, 4_000 - ms), leadMs + CallLab.WORD_MS);
      call.pass(50);
    }
    call.assertHeard(audio(1, 0, 0, 4_000));
    List<CarrierModel.Played> played = call.carrier().played();
    for (int i = 1; i < played.size(); i++) {
      assertThat(played.get(i).from()).as("without a pause").isEqualTo(played.get(i - 1).to());
    }
  }

  @Test
  void aMarkFollowsEverySecondAndEverySentence() {
    call.attach().turn(1, "one two three four five six", "seven");

    assertThat(call.carrier().commands(MediaFrame.Mark.class))
        .extracting(MediaFrame.Mark::name)
        .containsExactly("1.0/1.0.3", "1.0/1.0.5", "1.0/1.1.0");
  }

  @Test
  void whatComesTwiceIsPlayedOnce() {
    call.attach().turn(1, "Thanks for calling.").turn(1, "Thanks for calling.");
    call.pass(2_000).turn(1, "Thanks for calling.").pass(2_000);

    call.assertHeard(audio(1, 0, 0, 750));
    assertThat(call.heard()).hasSize(1);
  }

  @Test
  void audioThatComesBeforeTheCallerIsThereWaits() {
    call.turn(1, "Thanks for calling.").pass(500);
    assertThat(call.told(CallEvent.Playing.class)).isEmpty();

    call.attach().pass(1_000);
    call.assertHeard(audio(1, 0, 0, 750));
  }

  @Test
  void aHigherTurnTakesTheOthersPlaceAtOnce() {
    call.attach().turn(1, "One moment please while I look", "This is never heard").pass(600);
    call.turn(2, "Your order has shipped").pass(2_000);

    call.assertHeard(audio(1, 0, 0, 600), audio(2, 0, 0, 1_000));
    assertThat(call.heard())
        .containsExactly("1.0 part ESTIMATED One moment", "2.0 whole ACKED Your order has shipped");
    call.says(1, 2, "too late").pass(1_000);
    assertThat(call.carrier().heard()).hasSize(8 * 1_600);
  }

  @Test
  void aSentenceThatCannotBeInterruptedIsHeardBeforeTheNextTurn() {
    call.attach()
        .says(1, 0, "I am a machine", Purpose.DISCLOSURE)
        .says(1, 1, "How can I help")
        .pass(400);
    call.turn(2, "Hello").pass(3_000);

    assertThat(call.carrier().heard())
        .startsWith(audio(1, 0, 0, 1_000))
        .endsWith(audio(2, 0, 0, 250));
    assertThat(call.heard()).contains("1.0 whole ACKED I am a machine", "2.0 whole ACKED Hello");
    assertThat(call.carrier().played())
        .noneMatch(each -> each.chunk().startsWith("1.1") && each.audio().length() > 160);
  }

  @Test
  void aSentenceNobodyCouldSpeakIsPassedOver() {
    call.attach()
        .give(
            new AgentAudio.Chunk(
                CallLab.CALL,
                call.now(),
                1,
                0,
                0,
                Codec.MULAW_8K,
                AudioBytes.EMPTY,
                0,
                List.of(),
                true,
                true,
                Purpose.ANSWER,
                "¿"));
    call.says(1, 1, "How can I help").endsTurn(1, 2, Next.HANG_UP).pass(2_000);

    assertThat(call.heard()).containsExactly("1.0 part ACKED ", "1.1 whole ACKED How can I help");
    assertThat(call.ends()).containsExactly("completed");
  }

  @Test
  void aMarkThatNeverComesBackDoesNotHoldUpTheCall() {
    call.attach();
    call.nodes.carrier = new CarrierModel(call.clock, _ -> {}, _ -> {});
    call.says(1, 0, "Goodbye").endsTurn(1, 1, Next.HANG_UP).pass(5_000);

    assertThat(call.heard()).containsExactly("1.0 whole ESTIMATED Goodbye");
    assertThat(call.ends()).containsExactly("completed");
  }

  @Test
  void aMarkThatNeverComesBackIsGivenUpHoweverMuchElseHappens() {
    call.attach();
    call.nodes.carrier = new CarrierModel(call.clock, _ -> {}, _ -> {});
    call.says(1, 0, "Goodbye").endsTurn(1, 1, Next.HANG_UP);
    for (int second = 0; second < 5; second++) {
      call.pass(1_000).give(new CallEvent.Dtmf(CallLab.CALL, call.now(), 1, second, "1", 0));
    }

    assertThat(call.heard()).containsExactly("1.0 whole ESTIMATED Goodbye");
    assertThat(call.ends()).containsExactly("completed");
  }

  @Test
  void theGoodbyeIsHeardToItsEndBeforeTheCallIsHungUp() {
    call.attach().says(1, 0, "Thanks for calling. Goodbye.").endsTurn(1, 1, Next.HANG_UP).pass(900);
    assertThat(call.carrier().isHungUp()).isFalse();

    call.pass(200);
    assertThat(call.carrier().isHungUp()).isTrue();
    assertThat(call.ends()).containsExactly("completed");
    assertThat(call.lab.isEnded()).isTrue();
  }

  @Test
  void aTransferIsAnnouncedBeforeTheCallGoesOn() {
    call.attach().give(new CallEvent.Transfer(CallLab.CALL, call.now(), 1, "+15550100", "asked"));
    call.says(1, 0, "I'll connect you").endsTurn(1, 1, Next.TRANSFER).pass(1_000);

    assertThat(call.carrier().isHungUp()).isTrue();
    assertThat(call.ends()).containsExactly("transferred");
  }

  @Test
  void aCallThatIsOverTheLimitEndsOnceTheAgentHasFinished() {
    CallLab brief = new CallLab("limits: {maxCallDuration: 10s}\n").attach();
    brief.turn(1, "Hello").pass(9_500).turn(2, "one two three four").pass(900);
    assertThat(brief.ends()).isEmpty();

    brief.pass(200);
    assertThat(brief.ends()).containsExactly("completed");
    assertThat(brief.carrier().isHungUp()).isTrue();
  }

  @Test
  void anEgressThatHasBeenSupersededFallsSilent() {
    call.attach().turn(1, "Hello there");
    call.carrier().take(new MediaFrame.Attach(CallLab.CALL, 9, 1));
    call.pass(600).turn(2, "How are you").pass(Duration.ofMinutes(1).toMillis());

    assertThat(call.carrier().commands(MediaFrame.Audio.class))
        .allMatch(audio -> audio.chunk().startsWith("1."));
    assertThat(call.ends()).isEmpty();
  }
}
