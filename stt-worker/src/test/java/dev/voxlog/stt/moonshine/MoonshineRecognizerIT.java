package dev.voxlog.stt.moonshine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.voxlog.audio.Wav;
import dev.voxlog.stt.Constraint;
import dev.voxlog.stt.DecodeRequest;
import dev.voxlog.stt.EngineException;
import dev.voxlog.stt.Hypothesis;
import dev.voxlog.stt.Recognizer;
import dev.voxlog.stt.speech.Recording;
import dev.voxlog.stt.speech.Weights;
import dev.voxlog.testkit.speech.WordErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MoonshineRecognizerIT {
  private static MoonshineRecognizer recognizer;

  @TempDir Path folder;

  @BeforeAll
  static void load() {
    recognizer = Weights.moonshine();
  }

  @AfterAll
  static void close() {
    if (recognizer != null) {
      recognizer.close();
    }
  }

  private static List<Recording> speech() {
    return Recording.own().stream()
        .filter(recording -> !recording.text().isEmpty())
        .map(each -> each.padded(100))
        .toList();
  }

  private static Hypothesis decode(Recording recording) {
    return recognizer.decode(recording.pcm16k(), DecodeRequest.unconstrained());
  }

  @Test
  void speechIsRecognizedCleanAndByPhone() {
    WordErrors clean = new WordErrors(0, 0);
    WordErrors phone = new WordErrors(0, 0);
    for (Recording recording : speech()) {
      Hypothesis heard = decode(recording);
      clean = clean.plus(WordErrors.between(recording.text(), heard.text()));
      phone = phone.plus(WordErrors.between(recording.text(), decode(recording.byPhone()).text()));
      assertThat(heard.text()).as(recording.name()).isNotBlank();
      assertThat(heard.noSpeech()).as(recording.name()).isLessThan(0.97);
    }
    assertThat(clean.percent()).isLessThan(8);
    assertThat(phone.percent()).isLessThan(16);
  }

  @Test
  void noiseIsToldFromSpeech() {
    for (Recording noise :
        Recording.own().stream().filter(recording -> recording.text().isEmpty()).toList()) {
      assertThat(decode(noise).noSpeech()).as(noise.name()).isGreaterThanOrEqualTo(0.97);
      assertThat(decode(noise.byPhone()).noSpeech())
          .as(noise.name() + " by phone")
          .isGreaterThanOrEqualTo(0.97);
    }
  }

  @Test
  void wordsLieInOrderWithinTheSpeechAndMakeTheText() {
    Hypothesis heard = decode(Recording.named("jfk"));
    assertThat(String.join(" ", heard.words().stream().map(word -> word.text()).toList()))
        .isEqualTo(heard.text());
    for (int i = 1; i < heard.words().size(); i++) {
      assertThat(heard.words().get(i).startMs()).isEqualTo(heard.words().get(i - 1).endMs());
    }
    assertThat(heard.words().getLast().endMs()).isBetween(9_000L, 11_000L);
    assertThat(heard.confidence()).isBetween(0.5, 1.0);
  }

  @Test
  void interimsFromADraftEndAsADecodeWithoutOne() {
    int same = 0;
    int all = 0;
    for (Recording recording : speech()) {
      Hypothesis draft = null;
      for (int end = 8_000; end < recording.pcm16k().length; end += 8_000) {
        float[] soFar = Arrays.copyOf(recording.pcm16k(), end);
        Hypothesis plain = recognizer.decode(soFar, DecodeRequest.unconstrained());
        draft = recognizer.decode(soFar, new DecodeRequest(draft, Constraint.none(), () -> false));
        same += draft.tokens().equals(plain.tokens()) ? 1 : 0;
        all++;
      }
    }
    // Dynamic quantisation rounds a run over several tokens otherwise than one by one.
    assertThat(same).isGreaterThanOrEqualTo(all * 85 / 100);
  }

  @Test
  void aWrongDraftChangesNothing() {
    Recording recording = Recording.named("cv-dataset").padded(100);
    Hypothesis plain = decode(recording);
    Hypothesis wrong = decode(Recording.named("jfk"));
    assertThat(
            recognizer
                .decode(
                    recording.pcm16k(), new DecodeRequest(wrong, Constraint.none(), () -> false))
                .text())
        .isEqualTo(plain.text());
  }

  /// "Or" sounds likelier than "four" here, and could become "order", which the digits may follow.
  @Test
  void aBeginningThatLeadsNowhereIsGivenUpForTheNextLikely() throws IOException {
    try (var wav =
        MoonshineRecognizerIT.class.getResourceAsStream("four-six-two-seven-seven.wav")) {
      float[] pcm16k =
          Wav.parse(Objects.requireNonNull(wav).readAllBytes()).monoAt(Recognizer.SAMPLE_RATE);
      Hypothesis heard = recognizer.decode(pcm16k, DecodeRequest.within(Constraint.digits(5, 5)));

      assertThat(heard.text().toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", " ").strip())
          .isEqualTo("four six two seven seven");
    }
  }

  @Test
  void withinAConstraintOnlyAllowedWordsAreHeardAndOtherSpeechScoresLow() {
    Hypothesis digits = within(Constraint.digits(2, 2), "ps-five-five");
    assertThat(WordErrors.between("five five", digits.text()).errors()).as(digits.text()).isZero();
    for (String sentence : List.of("cv-dataset", "cv-know-it", "ls-wizard")) {
      Hypothesis forced = within(Constraint.digits(5, 5), sentence);
      assertThat(Constraint.digits(5, 5).isViable(forced.text())).as(forced.text()).isTrue();
      assertThat(
              Constraint.digits(5, 5).isComplete(forced.text())
                  || forced.confidence() < MoonshineRecognizer.HOPELESS)
          .as("%s at %s", forced.text(), forced.confidence())
          .isTrue();
      assertThat(forced.confidence()).isLessThan(0.2).isLessThan(digits.confidence());
      assertThat(within(Constraint.code(5, 5), sentence).confidence()).isLessThan(0.2);
    }
  }

  @Test
  void whatTheConstraintAllowsComesOutComplete() {
    assertComplete(Constraint.digits(2, 2), "ps-five-five");
    assertComplete(Constraint.digits(), "ps-five-five");
    assertComplete(Constraint.code(2, 2), "ps-five-five");
  }

  private static void assertComplete(Constraint constraint, String name) {
    Hypothesis heard = within(constraint, name);
    assertThat(constraint.isComplete(heard.text())).as(heard.text()).isTrue();
    assertThat(WordErrors.between(Recording.named(name).text(), heard.text()).errors())
        .as(heard.text())
        .isZero();
  }

  private static Hypothesis within(Constraint constraint, String name) {
    return recognizer.decode(
        Recording.named(name).padded(200).pcm16k(), DecodeRequest.within(constraint));
  }

  @Test
  void manyThreadsShareTheSessionsWithoutOneDisturbingAnother() throws Exception {
    List<Recording> recordings = speech();
    List<String> alone = recordings.stream().map(recording -> decode(recording).text()).toList();
    try (var pool = Executors.newFixedThreadPool(4)) {
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < 3 * recordings.size(); i++) {
        Recording recording = recordings.get(i % recordings.size());
        answers.add(pool.submit(() -> decode(recording).text()));
      }
      for (int i = 0; i < answers.size(); i++) {
        assertThat(answers.get(i).get()).isEqualTo(alone.get(i % alone.size()));
      }
    }
  }

  @Test
  void audioTooShortForTheModelIsNoError() {
    assertThat(recognizer.decode(new float[0], DecodeRequest.unconstrained()))
        .isEqualTo(Hypothesis.NOTHING);
    assertThat(recognizer.decode(new float[10], DecodeRequest.unconstrained()).decodeTime())
        .isPositive();
  }

  @Test
  void aCancelledDecodeStopsBetweenTokens() {
    AtomicInteger asked = new AtomicInteger();
    DecodeRequest request =
        new DecodeRequest(null, Constraint.none(), () -> asked.incrementAndGet() > 6);
    assertThatThrownBy(() -> recognizer.decode(Recording.named("jfk").pcm16k(), request))
        .isInstanceOf(CancellationException.class);
    assertThat(asked).hasValue(7);
  }

  @Test
  void aDamagedModelIsNamedWithWhatToDo() throws Exception {
    Path damaged = Files.writeString(folder.resolve("damaged.onnx"), "no model");
    assertThatThrownBy(() ->
            new MoonshineRecognizer(
                damaged, damaged, Weights.file(dev.voxlog.models.Models.MOONSHINE_VOCABULARY)))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("damaged.onnx")
        .hasMessageContaining("fetch it again");
  }
}
