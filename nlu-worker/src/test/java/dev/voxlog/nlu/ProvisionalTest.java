package dev.voxlog.nlu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.nlu.scripted.WordEmbedder;
import dev.voxlog.schemas.TranscriptEvent;
import dev.voxlog.schemas.Understanding.Understood;
import dev.voxlog.testkit.StepLab;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is understood while the caller still speaks.
class ProvisionalTest {
  private final Embedder embedder = new Embedder();
  private final StepLab lab = NluStepTest.lab(new NluWorker(embedder, ZoneOffset.UTC));

  /// Goes by the words, and counts.
  private static final class Embedder implements TextEmbedder {
    private final WordEmbedder words = new WordEmbedder();
    private int embedded;

    @Override
    public float[] embed(String text) {
      embedded++;
      return words.embed(text);
    }
  }

  private void begins(int utterance) {
    lab.give(
        new TranscriptEvent.SpeechStarted(NluStepTest.CALL, Instant.EPOCH, utterance, 900, 1_100));
  }

  private void interim(int utterance, int revision, String text) {
    lab.give(
        new TranscriptEvent.Interim(
            NluStepTest.CALL,
            Instant.EPOCH,
            utterance,
            revision,
            text,
            0,
            0.8,
            1_500 + 500L * revision));
    lab.work();
  }

  private List<String> told() {
    return lab.emitted(Understood.class).stream().map(Understood::identity).toList();
  }

  @Test
  void wordsThatDoNotChangeAreUnderstoodAheadOfTheEnd() {
    begins(1);
    interim(1, 0, "Where is");
    interim(1, 1, "Where is my order");
    assertThat(told()).isEmpty();

    interim(1, 2, "Where is my order?");
    Understood ahead = lab.emitted(Understood.class).getFirst();
    assertThat(ahead.identity()).isEqualTo("P1.2");
    assertThat(ahead.isFinal()).isFalse();
    assertThat(ahead.intent()).isEqualTo("order_status");
    assertThat(ahead.text()).isEqualTo("Where is my order?");
    assertThat(List.of(ahead.onsetMs(), ahead.mediaMs())).containsExactly(900L, 2_500L);
  }

  @Test
  void aStageThatIsBehindUnderstandsNothingAheadAndTheFinalAllTheSame() {
    lab.behind(true);
    begins(1);
    lab.work();
    int examples = embedder.embedded;
    interim(1, 0, "Where is my order");
    interim(1, 1, "Where is my order");
    assertThat(embedder.embedded).isEqualTo(examples);
    lab.give(NluStepTest.said(1, "Where is my order?")).work();
    assertThat(told()).containsExactly("F1");
    lab.behind(false);
    begins(2);
    interim(2, 0, "A person please");
    interim(2, 1, "A person please");
    assertThat(told()).containsExactly("F1", "P2.1");
  }

  @Test
  void theSameWordsAreToldOnce() {
    begins(1);
    for (int revision = 0; revision < 5; revision++) {
      interim(1, revision, "Where is my order");
    }

    assertThat(told()).containsExactly("P1.1");
  }

  @Test
  void theFinalWithTheSameWordsIsUnderstoodTheSameAndCostsNothingMore() {
    begins(1);
    interim(1, 0, "Where is my order");
    interim(1, 1, "Where is my order");
    int before = embedder.embedded;
    lab.give(NluStepTest.said(1, "Where is my order?")).work();

    assertThat(embedder.embedded).isEqualTo(before);
    assertThat(told()).containsExactly("P1.1", "F1");
    List<Understood> both = lab.emitted(Understood.class);
    assertThat(both.getLast().intent()).isEqualTo(both.getFirst().intent());
    assertThat(both.getLast().alternatives()).isEqualTo(both.getFirst().alternatives());
  }

  @Test
  void nothingProvisionalComesAfterTheFinalWords() {
    begins(1);
    interim(1, 0, "Where is my order");
    lab.give(
        new TranscriptEvent.Interim(
            NluStepTest.CALL, Instant.EPOCH, 1, 1, "Where is my order", 0, 0.8, 2_000));
    assertThat(lab.asked()).isNotEmpty();
    lab.give(NluStepTest.said(1, "Where is my order?")).work();

    assertThat(told()).containsExactly("F1");
  }

  @Test
  void aTakeoverTellsNothingTwiceAndNothingLate() {
    lab.holdCheckpoints();
    begins(1);
    interim(1, 0, "Where is my order");
    interim(1, 1, "Where is my order");
    lab.give(NluStepTest.said(1, "Where is my order?")).work();
    begins(2);
    interim(2, 0, "A person please");
    interim(2, 1, "A person please");
    lab.takeOver().work();
    assertThat(told()).containsExactly("P1.1", "F1", "P2.1");

    lab.give(NluStepTest.said(2, "A person please.")).work();
    assertThat(told()).containsExactly("P1.1", "F1", "P2.1", "F2");
  }

  @Test
  void aSuccessorThatFindsTheFinalInTheLogTellsNothingProvisionalOfIt() {
    lab.holdCheckpoints();
    begins(1);
    interim(1, 0, "Where is my order");
    lab.give(
        new TranscriptEvent.Interim(
            NluStepTest.CALL, Instant.EPOCH, 1, 1, "Where is my order", 0, 0.8, 2_000));
    lab.give(NluStepTest.said(1, "Where is my order?")).work();
    lab.takeOver().work();

    assertThat(told()).containsExactly("F1");
  }

  @Test
  void whatIsUnderstoodAheadKeepsNoCallFromResting() {
    begins(1);
    interim(1, 0, "Where is my order");
    lab.give(
        new TranscriptEvent.Interim(
            NluStepTest.CALL, Instant.EPOCH, 1, 1, "Where is my order", 0, 0.8, 2_000));

    assertThat(lab.step().atRest()).isTrue();
  }
}
