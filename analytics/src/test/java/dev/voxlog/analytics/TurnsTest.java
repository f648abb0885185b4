package dev.voxlog.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.voxlog.analytics.Turn.Cause;
import dev.voxlog.analytics.Turn.Fate;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallEvent.Outcome;
import dev.voxlog.schemas.CallEvent.Ruling;
import dev.voxlog.schemas.TranscriptEvent;
import dev.voxlog.schemas.TurnEvent.Purpose;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TurnsTest {

  /// Speech ends at 2000, decided at 2300; every stage takes a time of its own, every hop 3 ms.
  private static Story question(@Nullable Integer hopMs) {
    return new Story(hopMs)
        .attached(0)
        .audioUntil(2_400, 5)
        .heard(1, "what is your return policy", 2_000, 2_300, 2_345)
        .ruled(1, 0, Ruling.CLEAR, 0, 1_300)
        .understood(1, "question", 2_368)
        .sentence(2, 0, "Thirty days.", Purpose.ANSWER, 2_378, 1)
        .sentence(2, 1, "Sending it back is free.", Purpose.ANSWER, 2_379, 1)
        .ended(2, 2, "knowledge", "question", 2_380, 1)
        .chunk(2, 0, 0, 2_500)
        .chunk(2, 0, 1, 2_600)
        .playing(2, 0, 2_510);
  }

  private static Map<Part, Long> millis(Turn turn) {
    Map<Part, Long> millis = new HashMap<>();
    turn.waterfall().parts().forEach((part, time) -> millis.put(part, time.toMillis()));
    return millis;
  }

  @Test
  void everyMillisecondFromTheEndOfSpeechToTheFirstAudioIsSomebodys() {
    Turn turn = question(3).turns().getFirst();

    assertThat(millis(turn))
        .containsOnly(
            entry(Part.ENDPOINTING, 300L),
            entry(Part.STT, 37L), // 2305 the audio is there, 2345 its words, 3 of them the log's
            entry(Part.NLU, 20L),
            entry(Part.DIALOGUE, 7L),
            entry(Part.TTS, 119L),
            entry(Part.PLAYBACK, 7L),
            entry(Part.KAFKA, 15L));
    assertThat(turn.waterfall().total()).isEqualTo(Duration.ofMillis(505));
    assertThat(turn.waterfall().parts().values().stream().reduce(Duration.ZERO, Duration::plus))
        .isEqualTo(turn.waterfall().total());
  }

  @Test
  void aTypedQuestionBeginsWhenItWasTypedWhereverTheCallsAudioWas() {
    Turn turn =
        new Story(3)
            .attached(0)
            .typed(" what is your return policy ", 400, 5_000)
            .typedHeard(1, "what is your return policy", 400, 5_012)
            .ruled(1, 0, Ruling.CLEAR, 0, 5_020)
            .understood(1, "question", 5_030)
            .sentence(2, 0, "Thirty days.", Purpose.ANSWER, 5_040, 1)
            .ended(2, 1, "knowledge", "question", 5_041, 1)
            .chunk(2, 0, 0, 5_100)
            .playing(2, 0, 5_110)
            .turns()
            .getFirst();

    assertThat(millis(turn)).contains(entry(Part.ENDPOINTING, 0L), entry(Part.STT, 9L));
    assertThat(turn.waterfall().total()).isEqualTo(Duration.ofMillis(110));
  }

  @Test
  void withoutReadingTimesTheLogsShareIsWithinTheStages() {
    Turn turn = question(null).turns().getFirst();

    assertThat(millis(turn))
        .doesNotContainKey(Part.KAFKA)
        .contains(entry(Part.STT, 40L), entry(Part.TTS, 122L));
    assertThat(turn.waterfall().total()).isEqualTo(Duration.ofMillis(505));
  }

  @Test
  void aReaderThatCameLateIsNotTheLogsFault() {
    Turn turn = question(10_000).turns().getFirst();

    assertThat(turn.waterfall().parts().values()).noneMatch(Duration::isNegative);
    assertThat(turn.waterfall().parts().values().stream().reduce(Duration.ZERO, Duration::plus))
        .isEqualTo(turn.waterfall().total());
  }

  @Test
  void aTurnTellsWhatWasSaidAndWhatWasHeardOfIt() {
    Turn turn =
        question(3)
            .heardOf(2, 0, 0, "Thirty", false, 2_900)
            .heardOf(2, 0, 1, "Thirty days.", true, 3_200)
            .turns()
            .getFirst();

    assertThat(turn.cause()).isEqualTo(Cause.SPEECH);
    assertThat(turn.words()).isEqualTo("what is your return policy");
    assertThat(turn.intent()).isEqualTo("question");
    assertThat(turn.route()).isEqualTo("knowledge");
    assertThat(turn.answer()).isEqualTo("Thirty days. Sending it back is free.");
    assertThat(turn.sentences().getFirst().heard()).isEqualTo("Thirty days.");
    assertThat(turn.sentences().getFirst().isWhole()).isTrue();
    assertThat(turn.sentences().getLast().evidence()).isNull();
    assertThat(turn.answeredAt()).isEqualTo(Story.at(2_510));
  }

  @Test
  void aToolsTimeIsNotTheDialogues() {
    Turn turn =
        new Story(0)
            .attached(0)
            .audioUntil(1_400, 0)
            .heard(1, "order 12345", 1_000, 1_300, 1_350)
            .understood(1, "order_status", 1_370)
            .tool(2, 0, 1_375, 1_535, Outcome.OK)
            .sentence(2, 0, "It has shipped.", Purpose.ANSWER, 1_540, 1)
            .ended(2, 1, "tool", "order_status", 1_541, 1)
            .chunk(2, 0, 0, 1_600)
            .playing(2, 0, 1_605)
            .turns()
            .getFirst();

    assertThat(millis(turn)).contains(entry(Part.TOOL, 160L), entry(Part.DIALOGUE, 10L));
    assertThat(turn.tools())
        .singleElement()
        .satisfies(call -> {
          assertThat(call.tool()).isEqualTo("getOrder");
          assertThat(call.outcome()).isEqualTo(Outcome.OK);
          assertThat(call.tookMs()).isEqualTo(160);
        });
  }

  @Test
  void aToolCallWithoutAnAnswerIsShownAsGoingOn() {
    List<Turn> turns =
        new Story(0)
            .add(new CallEvent.ToolRequested(Story.CALL, Story.at(5), 3, 0, "getOrder", "{}"))
            .turns();

    assertThat(turns)
        .singleElement()
        .satisfies(turn ->
            assertThat(turn.tools())
                .singleElement()
                .satisfies(call -> assertThat(call.outcome()).isNull()));
  }

  @Test
  void theAnswerIsTimedByItsOwnSentenceNotByAFiller() {
    Turn turn =
        new Story(0)
            .audioUntil(1_400, 0)
            .heard(1, "order 12345", 1_000, 1_300, 1_350)
            .understood(1, "order_status", 1_370)
            .tool(2, 0, 1_375, 3_535, Outcome.OK)
            .sentence(2, 0, "Let me look that up.", Purpose.FILLER, 2_175, 1)
            .chunk(2, 0, 0, 2_200)
            .playing(2, 0, 2_205)
            .sentence(2, 1, "It has shipped.", Purpose.ANSWER, 3_540, 1)
            .chunk(2, 1, 0, 3_600)
            .playing(2, 1, 3_620)
            .ended(2, 2, "tool", "order_status", 3_541, 1)
            .turns()
            .getFirst();

    assertThat(turn.answer()).isEqualTo("It has shipped.");
    assertThat(turn.firstSentence()).contains(1);
    assertThat(turn.waterfall().total()).isEqualTo(Duration.ofMillis(2_620));
    assertThat(millis(turn)).contains(entry(Part.PLAYBACK, 20L), entry(Part.TOOL, 2_160L));
  }

  @Test
  void anInterruptedTurnIsMarkedAndAFalseAlarmIsNot() {
    Story story = question(3).ruled(2, 0, Ruling.RESUMED, 2, 3_000);
    assertThat(story.turns().getFirst().fate()).isEqualTo(Fate.SPOKEN);

    story.ruled(2, 1, Ruling.INTERRUPTED, 2, 3_400);
    assertThat(story.turns().getFirst().fate()).isEqualTo(Fate.INTERRUPTED);
  }

  @Test
  void aTurnWhoseUtterancesALaterOneAnswersIsSuperseded() {
    List<Turn> turns =
        question(3)
            .heard(2, "for toasters", 2_900, 3_200, 3_240)
            .understood(2, "question", 3_260)
            .sentence(3, 0, "Two years.", Purpose.ANSWER, 3_270, 1, 2)
            .ended(3, 1, "knowledge", "question", 3_271, 1, 2)
            .turns();

    assertThat(turns.getFirst().fate()).isEqualTo(Fate.SUPERSEDED);
    assertThat(turns.getLast().words()).isEqualTo("what is your return policy for toasters");
    assertThat(turns.getLast().fate()).isEqualTo(Fate.SPOKEN);
  }

  @Test
  void theGreetingCountsFromTheConnection() {
    Turn greeting =
        new Story(2)
            .attached(100)
            .sentence(1, 0, "Thanks for calling.", Purpose.ANSWER, 110)
            .ended(1, 1, "greeting", null, 111)
            .chunk(1, 0, 0, 120)
            .playing(1, 0, 125)
            .turns()
            .getFirst();

    assertThat(greeting.cause()).isEqualTo(Cause.CONNECTED);
    assertThat(greeting.waterfall().total()).isEqualTo(Duration.ofMillis(25));
    assertThat(millis(greeting))
        .containsOnly(
            entry(Part.DIALOGUE, 8L),
            entry(Part.TTS, 8L),
            entry(Part.PLAYBACK, 3L),
            entry(Part.KAFKA, 6L));
  }

  @Test
  void aRepromptCountsFromTheSilenceAndKeysFromTheKey() {
    List<Turn> turns =
        new Story(0)
            .add(new CallEvent.Silence(Story.CALL, Story.at(9_000), 1, 1, 8_000))
            .sentence(2, 0, "Are you still there?", Purpose.ANSWER, 9_010)
            .ended(2, 1, "reprompt", null, 9_011)
            .chunk(2, 0, 0, 9_020)
            .playing(2, 0, 9_030)
            .add(new CallEvent.Dtmf(Story.CALL, Story.at(12_000), 1, 0, "0", 12_000))
            .sentence(3, 0, "I'll connect you.", Purpose.ANSWER, 12_010)
            .ended(3, 1, "fixed", "person", 12_011)
            .chunk(3, 0, 0, 12_020)
            .playing(3, 0, 12_040)
            .turns();

    assertThat(turns).extracting(Turn::cause).containsExactly(Cause.SILENCE, Cause.KEYS);
    assertThat(turns.getFirst().waterfall().total()).isEqualTo(Duration.ofMillis(30));
    assertThat(turns.getLast().waterfall().total()).isEqualTo(Duration.ofMillis(40));
  }

  @Test
  void whatWasWrittenTwiceCountsOnce() {
    Story story = question(3);
    List<Turn> once = story.turns();
    List<LogRecord<?>> twice = new ArrayList<>(story.records());
    story
        .records()
        .forEach(
            record -> twice.add(new LogRecord<>(record.event(), record.offset() + 1_000, null)));

    assertThat(Turns.of(twice)).isEqualTo(once);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void withAnyRecordsMissingTheRestIsStillTold(long seed) {
    List<LogRecord<?>> records =
        new ArrayList<>(question(3).tool(2, 0, 2_370, 2_375, Outcome.OK).records());
    Random random = new Random(seed);
    records.removeIf(_ -> random.nextInt(3) == 0);

    for (Turn turn : Turns.of(records)) {
      assertThat(turn.number()).isEqualTo(2);
      assertThat(turn.waterfall().parts().values()).noneMatch(Duration::isNegative);
    }
  }

  @Test
  void theOrderBetweenTopicsDoesNotMatter() {
    Story story = question(3);
    List<LogRecord<?>> shuffled = new ArrayList<>(story.records());
    Collections.shuffle(shuffled, new Random(7));

    assertThat(Turns.of(shuffled)).isEqualTo(story.turns());
  }

  @Test
  void withoutTheCallersAudioTheAttachTellsWhenItArrived() {
    Turn turn =
        new Story(0)
            .attached(40)
            .heard(1, "hello", 1_000, 1_300, 1_360)
            .understood(1, "greeting", 1_370)
            .sentence(2, 0, "Hello.", Purpose.ANSWER, 1_371, 1)
            .chunk(2, 0, 0, 1_380)
            .playing(2, 0, 1_390)
            .turns()
            .getFirst();

    assertThat(millis(turn)).contains(entry(Part.STT, 20L));
    assertThat(turn.waterfall().total()).isEqualTo(Duration.ofMillis(350));
    assertThat(turn.route()).isNull();
  }

  /// The line's audio began 700 ms after the attach; 200 ms after it began, stt had heard enough.
  @Test
  void withoutTheCallersAudioTheBeginningOfSpeechTellsHowLateTheLineIs() {
    Turn turn =
        new Story(0)
            .attached(0)
            .add(new TranscriptEvent.SpeechStarted(Story.CALL, Story.at(1_000), 1, 100, 300))
            .heard(1, "hello", 1_000, 1_300, 2_060)
            .understood(1, "greeting", 2_070)
            .sentence(2, 0, "Hello.", Purpose.ANSWER, 2_071, 1)
            .chunk(2, 0, 0, 2_080)
            .playing(2, 0, 2_090)
            .turns()
            .getFirst();

    assertThat(millis(turn)).contains(entry(Part.STT, 60L));
    assertThat(turn.waterfall().total()).isEqualTo(Duration.ofMillis(390));
  }

  @Test
  void anEmptyLogHasNoTurns() {
    assertThat(Turns.of(List.of())).isEmpty();
  }

  @Test
  void theMedianIsTheMiddle() {
    assertThat(Medians.of(List.of(3.0, 1.0, 100.0))).hasValue(3.0);
    assertThat(Medians.of(List.of(4.0, 1.0, 2.0, 100.0))).hasValue(3.0);
    assertThat(Medians.of(List.of())).isEmpty();
  }
}
