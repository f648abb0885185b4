package dev.voxlog.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadNoteTest {

  @Test
  void whatIsWrittenIsRead() {
    for (ReadNote note :
        new ReadNote[] {
          ReadNote.of(0, Duration.ZERO, 1), ReadNote.of(Long.MAX_VALUE, Duration.ofSeconds(9), 77)
        }) {
      assertThat(ReadNote.decode(note.encode())).contains(note);
      assertThat(note.encode()).hasSizeLessThan(64);
    }
  }

  @Test
  void aShortWaitIsNotWorthACommit() {
    assertThat(ReadNote.of(5, Duration.ofMillis(20), 1))
        .isEqualTo(ReadNote.of(5, Duration.ofMillis(40), 2));
  }

  @Test
  void aWaitThatLastsIsToldAnewEachTime() {
    assertThat(ReadNote.of(5, Duration.ofSeconds(2), 1))
        .isNotEqualTo(ReadNote.of(5, Duration.ofSeconds(2), 2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "r1", "r1;", "r1;1;2", "r1;1;2;!", "r2;1", "1;;;"})
  void aNoteThatIsNotOursSaysNothing(String text) {
    assertThat(ReadNote.decode(text)).isEmpty();
  }
}
