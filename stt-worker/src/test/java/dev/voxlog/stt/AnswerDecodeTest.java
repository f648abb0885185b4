package dev.voxlog.stt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerDecodeTest {
  private @Nullable ScriptedWords recognizer;

  private Hypothesis heard(
      String free,
      double freeConfidence,
      String digits,
      double digitsConfidence,
      CallEvent.Answer answer,
      int length) {
    recognizer =
        new ScriptedWords(request ->
            request.constraint() instanceof Constraint.None
                ? ScriptedWords.words(free, freeConfidence)
                : ScriptedWords.words(digits, digitsConfidence));
    var expects = new CallEvent.Expects(new CallId("c"), Instant.EPOCH, 1, answer, length);
    return new AnswerDecode(recognizer, expects).words(new float[160], () -> false);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Measured over a telephone line: free words, their confidence, digits, theirs.
        "By a one-ball tether. | 0.54 | Five, eight, one, four, seven. | 0.70",
        "By eight, one, four, seven. | 0.89 | Five, eight, one, four, seven. | 0.70",
        "You'll be six times, too. | 0.76 | Zero, three, six, nine, two. | 0.52",
        "0, 3, 6, 9, 2, 1. | 0.74 | 0, 3, 6, 9, 2, | 0.81",
        "Five, steep, one, four, seven. | 0.77 | Five, eight, one, four, seven. | 0.74"
      })
  void digitsThatExplainTheSoundAreTaken(
      String free, double freeConfidence, String digits, double digitsConfidence) {
    assertThat(
            heard(free, freeConfidence, digits, digitsConfidence, CallEvent.Answer.DIGITS, 5)
                .text())
        .isEqualTo(digits);
    assertThat(
            heard(free, freeConfidence, digits, digitsConfidence, CallEvent.Answer.CODE, 5).text())
        .isEqualTo(digits);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "No. | 0.43 | 1.0.0.0.0. | 0.13",
        "I don't have it with me. | 0.70 | Five, eight, one, four, seven. | 0.28",
        "Ten of quoth. | 0.71 | 10 o. 12. | 0.09",
        "Five, five. | 0.90 | Five, five. One. One. One. | 0.15",
        "The new twin. | 0.45 | 2 2 6 | 0.90",
        "four five eight seven one | 0.90 | 4 5 8 7 9 | 0.80"
      })
  void otherSpeechStaysWhatItIs(
      String free, double freeConfidence, String digits, double digitsConfidence) {
    assertThat(
            heard(free, freeConfidence, digits, digitsConfidence, CallEvent.Answer.DIGITS, 5)
                .text())
        .isEqualTo(free);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Four, five, eight, seven, one. | 5",
        "It's forty five eighty seven one | 5",
        "four double five eight seven | 5",
        "45,871 | 5",
        "Can I talk to a representative? | 5",
        "five five five oh one three four two two one | 5",
        "555 013 4221 | 0"
      })
  void whatIsClearIsNotDecodedTwice(String free, int length) {
    Hypothesis heard = heard(free, 0.85, "nothing", 1, CallEvent.Answer.DIGITS, length);
    assertThat(heard.text()).isEqualTo(free);
    assertThat(heard.decodeTime()).isEqualTo(Duration.ofMillis(50));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Hey, for be seven. | 0.60 | A, 4, B, 7. | 0.55",
        "4, 7. | 0.70 | A, 4, B, 7. | 0.65",
        "A 4 B 7 8 | 0.70 | A 4 B 7 | 0.68"
      })
  void aCodeThatExplainsTheSoundIsTakenWithItsLetters(
      String free, double freeConfidence, String code, double codeConfidence) {
    assertThat(heard(free, freeConfidence, code, codeConfidence, CallEvent.Answer.CODE, 4).text())
        .isEqualTo(code);
    assertThat(heard(free, freeConfidence, code, codeConfidence, CallEvent.Answer.DIGITS, 4).text())
        .isEqualTo(free);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "I don't have it. | 0.70 | I D 0 8 | 0.30",
        "Hey, for be seven. | 0.90 | A, 4, B, 7. | 0.50",
        "Hey, for be seven. | 0.60 | A, 4, B. | 0.60"
      })
  void otherSpeechIsNoCode(String free, double freeConfidence, String code, double codeConfidence) {
    assertThat(heard(free, freeConfidence, code, codeConfidence, CallEvent.Answer.CODE, 4).text())
        .isEqualTo(free);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"A 4 B 7 | 4", "It's AB-12. | 4", "alpha four bravo seven | 0"})
  void aClearCodeIsNotDecodedTwice(String free, int length) {
    assertThat(heard(free, 0.7, "nothing", 1, CallEvent.Answer.CODE, length).decodeTime())
        .isEqualTo(Duration.ofMillis(50));
  }

  @ParameterizedTest
  @CsvSource({"ANYTHING", "YES_NO", "UNKNOWN"})
  void withoutANumberAwaitedSpeechIsFree(CallEvent.Answer answer) {
    assertThat(
            heard("By a one-ball tether.", 0.3, "Five, eight, one, four, seven.", 0.9, answer, 0)
                .text())
        .isEqualTo("By a one-ball tether.");
  }

  @Test
  void bothDecodesCountAsTime() {
    assertThat(
            heard("By a one-ball tether.", 0.3, "1 2 3 4 5", 0.9, CallEvent.Answer.DIGITS, 5)
                .decodeTime())
        .isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void theStepDecodesWithinDigitsWhileTheDialogueAwaitsThem() {
    ScriptedWords ears =
        new ScriptedWords(request ->
            request.constraint() instanceof Constraint.None
                ? ScriptedWords.words("For five eight seven won.", 0.6)
                : ScriptedWords.words("Four five eight seven one.", 0.7));
    SttLab caller = SttLab.hearing(ears).expects(CallEvent.Answer.DIGITS, 5);
    caller
        .isSilent(600)
        .says(1, 400)
        .isSilent(1_200)
        .expects(CallEvent.Answer.ANYTHING, 0)
        .says(1, 400)
        .isSilent(1_200);
    assertThat(caller.texts())
        .containsExactly("Four five eight seven one.", "For five eight seven won.");
  }
}
