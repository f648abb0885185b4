package dev.voxlog.stt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import dev.voxlog.stt.moonshine.MoonshineRecognizer;
import dev.voxlog.stt.speech.FiveDigits;
import dev.voxlog.stt.speech.OnTestData;
import dev.voxlog.stt.speech.Recording;
import dev.voxlog.stt.speech.Weights;
import dev.voxlog.testkit.speech.WordErrors;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What knowing that digits are awaited is worth, and that it costs other speech nothing: on the
/// recordings of the folder `voxlog.test.data`, by phone.
class AwaitedDigitsIT {
  private static final Logger LOG = LoggerFactory.getLogger(AwaitedDigitsIT.class);
  private static final CallEvent.Expects FIVE =
      new CallEvent.Expects(new CallId("c"), Instant.EPOCH, 1, CallEvent.Answer.DIGITS, 5);

  @AutoClose private final MoonshineRecognizer recognizer = Weights.moonshine();

  private String heard(Recording recording, CallEvent.@Nullable Expects expects) {
    return new AnswerDecode(recognizer, expects).words(recording.pcm16k(), () -> false).text();
  }

  @Test
  @OnTestData
  void awaitedDigitsAreHeardBetter() throws Exception {
    WordErrors free = new WordErrors(0, 0);
    WordErrors awaited = new WordErrors(0, 0);
    int whole = 0;
    int wrongButComplete = 0;
    List<Recording> fives = FiveDigits.of(Recording.in(OnTestData.Folder.of("speech/digits-8k")));
    for (Recording five : fives) {
      free = free.plus(WordErrors.between(five.text(), heard(five, null)));
      String text = heard(five, FIVE);
      WordErrors errors = WordErrors.between(five.text(), text);
      awaited = awaited.plus(errors);
      whole += errors.errors() == 0 ? 1 : 0;
      wrongButComplete +=
          errors.errors() > 0 && CharacterCount.atEndOf(Spelling.DIGITS, text) == 5 ? 1 : 0;
    }
    LOG.info(
        "five digits by phone: WER free {} %, awaited {} %; of {} strings {} right, {} wrong without a sign of it",
        Math.round(free.percent() * 10) / 10.0,
        Math.round(awaited.percent() * 10) / 10.0,
        fives.size(),
        whole,
        wrongButComplete);
    assertThat(awaited.percent()).isLessThan(9).isLessThan(free.percent());
    assertThat(wrongButComplete).isLessThanOrEqualTo(fives.size() / 10);
  }

  @Test
  @OnTestData
  void whoSaysSomethingElseIsHeardAsEver() throws Exception {
    for (Recording recording : Recording.in(OnTestData.Folder.of("speech/short"))) {
      Recording padded = recording.padded(200).byPhone();
      String free = heard(padded, null);
      if (CharacterCount.atEndOf(Spelling.DIGITS, free) == 0) {
        assertThat(heard(padded, FIVE)).isEqualTo(free);
      }
    }
  }
}
