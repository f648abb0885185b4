package dev.voxlog.tts;

import static dev.voxlog.tts.TtsLab.LONG;
import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.schemas.AgentAudio;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.Topic;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A worker dies in the middle of a turn and another takes the call over.
class TakeoverTest {
  private final ClauseVoice voice = new ClauseVoice("first", 250);
  private final TtsLab lab = TtsLab.with(voice);
  private final ClauseSpeaker engine =
      new ClauseSpeaker(new ClauseVoice("first", 250), new VoiceCache(0));

  private static byte[] undisturbed(String sentence) {
    TtsLab other = TtsLab.with(new ClauseVoice("first", 250));
    return TtsLab.audio(other.sentence(1, 0, sentence).work().chunks());
  }

  @Test
  void theSentenceGoesOnAfterTheClauseThatWasWritten() {
    lab.sentence(1, 0, LONG).sentence(1, 1, "Goodbye.").turnEnded(1, 2);
    lab.answerOne(engine, LONG);
    int before = lab.chunks().size();

    lab.lab.takeOver();
    lab.work();

    assertThat(before).isPositive();
    assertThat(lab.story()).doesNotHaveDuplicates().endsWith("C1.1.0", "E1");
    assertThat(TtsLab.audio(lab.chunks(1, 0))).isEqualTo(undisturbed(LONG));
    assertThat(TtsLab.words(lab.chunks(1, 0))).isEqualTo(LONG);
  }

  @Test
  void sentencesThatAreWholeInTheLogAreNotSynthesisedAgain() {
    lab.sentence(1, 0, LONG).work();
    voice.said.clear();

    lab.lab.takeOver();
    lab.sentence(1, 1, "Goodbye.").turnEnded(1, 2).work();

    assertThat(voice.said).containsExactly("goodbye.");
    assertThat(lab.story()).doesNotHaveDuplicates().last().isEqualTo("E1");
  }

  @Test
  void whatDidNotReachTheLogIsSaidBySuccessor() {
    lab.sentence(1, 0, LONG);
    lab.answerOne(engine, LONG);
    lab.lab.holdAcknowledgements();
    lab.work();

    lab.lab.takeOver();
    lab.work();

    assertThat(TtsLab.audio(lab.chunks(1, 0))).isEqualTo(undisturbed(LONG));
    assertThat(lab.chunks(1, 0).getLast().isLast()).isTrue();
  }

  @Test
  void aSuccessorWithAnotherVoiceGoesOnWithTheFirstWordThatWasNotBegun() {
    ClauseVoice slower = new ClauseVoice("slower", 400);
    TtsLab changing = TtsLab.with(voice, slower);
    changing.sentence(1, 0, LONG).turnEnded(1, 1);
    changing.answerOne(engine, LONG);
    int before = changing.chunks().size();
    voice.failing = _ -> true;

    changing.lab.takeOver();
    changing.work();

    List<AgentAudio.Chunk> chunks = changing.chunks(1, 0);
    assertThat(TtsLab.words(chunks)).isEqualTo(LONG);
    assertThat(chunks).extracting(AgentAudio.Chunk::chunk).doesNotHaveDuplicates();
    assertThat(chunks.get(before).offsetMs())
        .isEqualTo(chunks.get(before - 1).offsetMs() + chunks.get(before - 1).audio().length() / 8);
    assertThat(slower.said.getFirst()).as("compared with what is written").startsWith("your order");
    assertThat(slower.said.get(1))
        .as("taken up where the predecessor stopped")
        .doesNotStartWith("your order");
  }

  @Test
  void aTurnThatWasSupersededIsNotTakenUp() {
    lab.sentence(1, 0, LONG).turnEnded(1, 1);
    lab.answerOne(engine, LONG);
    lab.sentence(2, 0, LONG);
    lab.answerOne(engine, LONG);
    int ofTurnOne = lab.chunks(1, 0).size();

    lab.lab.takeOver();
    lab.turnEnded(2, 1).work();

    assertThat(lab.chunks(1, 0)).hasSize(ofTurnOne);
    assertThat(TtsLab.audio(lab.chunks(2, 0))).isEqualTo(undisturbed(LONG));
    assertThat(lab.story()).doesNotHaveDuplicates().doesNotContain("E1").last().isEqualTo("E2");
  }

  @Test
  void anInterruptedTurnStaysInterruptedWhicheverTopicIsReadFirst() {
    for (Topic first : List.of(Topic.CALLS, Topic.SENTENCES)) {
      TtsLab one = TtsLab.with(new ClauseVoice("first", 250));
      one.sentence(1, 0, LONG);
      one.answerOne(engine, LONG);
      one.lab.holdCheckpoints();
      one.verdict(1, 1, CallEvent.Ruling.INTERRUPTED, 1);
      int before = one.chunks().size();

      one.lab.takeOver(first);
      one.sentence(1, 1, "And more.").turnEnded(1, 2).work();

      assertThat(one.chunks(1, 1)).as("%s first", first).isEmpty();
      assertThat(one.chunks().size()).as("%s first", first).isGreaterThanOrEqualTo(before);
      assertThat(one.story()).as("%s first", first).doesNotHaveDuplicates().doesNotContain("E1");
    }
  }

  @Test
  void aSpokenTurnIsRememberedByTheCheckpointAlone() {
    lab.sentence(3, 0, "Hello.").turnEnded(3, 1).work();

    lab.lab.takeOver();
    lab.sentence(2, 0, "Too late.")
        .sentence(3, 0, "Hello.")
        .sentence(4, 0, "Yes?")
        .turnEnded(4, 1)
        .work();

    assertThat(lab.story()).containsExactly("C3.0.0", "E3", "C4.0.0", "E4");
  }
}
