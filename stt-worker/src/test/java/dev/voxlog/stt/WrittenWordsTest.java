package dev.voxlog.stt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.TranscriptEvent;
import dev.voxlog.schemas.VoxEvent;
import dev.voxlog.schemas.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is written of a caller who reads a card's number aloud.
class WrittenWordsTest {
  private static final Map<Integer, String> PHRASES =
      Map.of(
          1,
          "My card number is",
          2,
          "four one one one",
          3,
          "one one one one",
          4,
          "5500",
          5,
          "four eight two one three",
          6,
          "my order is four eight two one three",
          7,
          "please charge 4111 1111 1111 1111 now");
  private static final int[] GROUPS = {1, 2, 3, 3, 3};

  private final SttLab caller = SttLab.hearing(PHRASES);

  @Test
  void aCardReadInGroupsWithPausesIsMaskedFromItsThirdGroupOn() {
    reads(caller, 2, 3, 3, 3);
    assertThat(caller.texts())
        .containsExactly("four one one one", "one one one one", "[card number]", "[card number]");
  }

  @Test
  void anOrderNumberIsWrittenAfterIt() {
    reads(caller, 2, 3, 3, 3, 6);
    assertThat(caller.texts()).last().isEqualTo("my order is four eight two one three");
    caller.expects(CallEvent.Answer.DIGITS, 5);
    reads(caller, 2, 3, 3, 3, 5);
    assertThat(caller.texts()).last().isEqualTo("four eight two one three");
  }

  @Test
  void theWordsAndTheirTimesHoldNoMoreThanTheText() {
    caller.isSilent(600).says(7, 2_000).isSilent(1_500);
    TranscriptEvent.Final said = caller.finals().getFirst();
    assertThat(said.text()).isEqualTo("please charge [card number] now");
    assertThat(said.words())
        .extracting(Word::text)
        .containsExactly("please", "charge", "[card number]", "now");
    Word masked = said.words().get(2);
    assertThat(masked.startMs()).isEqualTo(said.words().get(1).endMs());
    assertThat(masked.endMs()).isEqualTo(said.words().get(3).startMs());
  }

  @Test
  void wordsThatAreNotTheTextsAreLeftOutWhereSomethingIsMasked() {
    ScriptedWords odd =
        new ScriptedWords(_ ->
            new Hypothesis(
                "4111 1111 1111 1111",
                List.of(),
                0.9,
                0.01,
                java.time.Duration.ZERO,
                List.of(new Word("four", 0, 10, 1, true), new Word("one", 10, 20, 1, true))));
    SttLab lab = SttLab.hearing(odd).isSilent(600).says(1, 900).isSilent(1_500);
    assertThat(lab.texts()).containsExactly("[card number]");
    assertThat(lab.finals().getFirst().words()).isEmpty();
  }

  @Test
  void anInterimShowsACardNoFurtherThanAPhoneNumberGoes() {
    caller.isSilent(600).says(2, 700).says(3, 700).says(3, 700).says(3, 700).isSilent(1_500);
    assertThat(caller.interims())
        .extracting(TranscriptEvent.Interim::text)
        .contains("four one one one", "[card number]")
        .allMatch(text -> text.split(" ").length <= 10);
    assertThat(caller.texts()).containsExactly("[card number]");
  }

  @Test
  void whatIsStableOfAnInterimIsSoOfWhatIsWritten() {
    caller.isSilent(600).says(2, 700).says(3, 700).says(3, 700).says(3, 1_400).isSilent(1_500);
    for (TranscriptEvent.Interim interim : caller.interims()) {
      assertThat(interim.stableWords()).isLessThan(interim.text().split(" ").length + 1);
    }
    assertThat(caller.interims().getLast().stableWords()).isLessThanOrEqualTo(1);
  }

  @Test
  void theRecogniserIsStillGivenItsOwnWordsToBuildOn() {
    ScriptedWords recognizer = ScriptedWords.always("4111 1111 1111 1111");
    SttLab.hearing(recognizer).isSilent(600).says(1, 2_000).isSilent(1_000);
    assertThat(recognizer.requests.get(1).draft())
        .extracting(Hypothesis::text)
        .isEqualTo("4111 1111 1111 1111");
  }

  // Takeover.

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void whoeverTakesOverBetweenTheGroupsMasksTheSame(int after) {
    for (boolean isCheckpointOld : new boolean[] {false, true}) {
      SttLab lab = SttLab.hearing(PHRASES);
      if (isCheckpointOld) {
        lab.lab.holdCheckpoints();
      }
      for (int i = 0; i < GROUPS.length; i++) {
        if (i == after) {
          lab.takeOver();
        }
        reads(lab, GROUPS[i]);
      }
      assertThat(lab.texts())
          .containsExactly(
              "My card number is",
              "four one one one",
              "one one one one",
              "[card number]",
              "[card number]");
    }
  }

  @Test
  void aDeathAtAnyMomentLeavesNoMoreOfACardInTheLogThanNone() {
    Random random = new Random(11);
    for (int death = 0; death < 30; death++) {
      SttLab lab = SttLab.hearing(PHRASES);
      if (random.nextBoolean()) {
        lab.lab.holdCheckpoints();
      }
      int moment = random.nextInt(13_000);
      for (int group : new int[] {2, 3, 3, 3}) {
        for (int ms = 0; ms < 3_200; ms += 400) {
          long before = lab.mediaMs();
          boolean isSpeech = ms >= 400 && ms < 1_600;
          if (ms == 400) {
            lab.says(group, 1_200);
          } else if (!isSpeech) {
            lab.isSilent(400);
          }
          if (before <= moment && moment < lab.mediaMs()) {
            lab.takeOver();
          }
        }
      }
      assertThat(lab.texts())
          .as("death at %s ms", moment)
          .containsExactly("four one one one", "one one one one", "[card number]", "[card number]");
    }
  }

  @Test
  void noRecordHoldsTheCardThatItMasks() {
    Map<Integer, String> phrases = Map.of(1, "3782 822463", 2, "10005", 3, "378282246310005");
    SttLab lab = SttLab.hearing(phrases);
    reads(lab, 1, 2, 3);
    List<String> records = new ArrayList<>();
    for (VoxEvent event : lab.lab.emitted()) {
      records.add(event.toString());
    }
    assertThat(lab.texts()).containsExactly("3782 822463", "[card number]", "[card number]");
    assertThat(records).noneMatch(each -> each.contains("10005"));
  }

  private static void reads(SttLab lab, int... phrases) {
    for (int phrase : phrases) {
      lab.isSilent(600).says(phrase, 1_200).isSilent(1_400);
    }
  }
}
