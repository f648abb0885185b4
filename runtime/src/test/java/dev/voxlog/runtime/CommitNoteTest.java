package dev.voxlog.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.runtime.Fences.Fence;
import dev.voxlog.schemas.StageName;
import dev.voxlog.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommitNoteTest {

  @Test
  void whatIsWrittenIsRead() {
    CommitNote note =
        new CommitNote(
            Map.of(
                new Fence(Topic.CALLS, StageName.EGRESS),
                77L,
                new Fence(Topic.AUDIO_OUT, StageName.TTS),
                0L),
            Map.of(Topic.SENTENCES, 123_456_789L, Topic.CALLS, 0L),
            Map.of(Topic.SENTENCES, 5L));
    assertThat(CommitNote.decode(note.encode())).isEqualTo(note);
    assertThat(CommitNote.decode(CommitNote.none().encode())).isEqualTo(CommitNote.none());
  }

  /// A stage that reads and writes all there is, at offsets no partition will ever see.
  @Test
  void theLongestNoteFitsWhatABrokerIsAskedToKeep() {
    Map<Fence, Long> fences = new TreeMap<>();
    Map<Topic, Long> tails = new EnumMap<>(Topic.class);
    for (Topic topic : Topic.values()) {
      tails.put(topic, Long.MAX_VALUE);
    }
    for (StageName writer : StageName.values()) {
      fences.put(new Fence(Topic.CALLS, writer), Long.MAX_VALUE);
    }
    fences.put(new Fence(Topic.TRANSCRIPTS, StageName.STT), Long.MAX_VALUE);
    fences.put(new Fence(Topic.INTENTS, StageName.NLU), Long.MAX_VALUE);
    fences.put(new Fence(Topic.SENTENCES, StageName.LLM), Long.MAX_VALUE);
    fences.put(new Fence(Topic.AUDIO_OUT, StageName.TTS), Long.MAX_VALUE);
    String text = new CommitNote(fences, tails, tails).encode();
    assertThat(text.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(512);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "1;;",
        "2;;;",
        "1;9.9.9;;",
        "1;x;;",
        "1;;5;",
        "1;5.1;;",
        "somebody else's words"
      })
  void aNoteThatIsNotOursSaysNothing(String text) {
    assertThat(CommitNote.decode(text)).isEqualTo(CommitNote.none());
  }
}
