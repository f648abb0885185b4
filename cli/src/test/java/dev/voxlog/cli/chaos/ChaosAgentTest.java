package dev.voxlog.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.agent.AgentBundle;
import dev.voxlog.tts.scripted.ScriptedVoice;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChaosAgentTest {
  @TempDir Path folder;

  @Test
  void theAgentFileIsSoundAndGreetsAsExpected() {
    AgentBundle agent = AgentBundle.load(ChaosAgent.writeTo(folder));
    assertThat(agent.agent().greeting().sentences()).isEqualTo(ChaosAgent.GREETING);
  }

  @Test
  void noTwoSentencesOfACallSoundTheSameAndNoTwoCallersSayTheSame() {
    Lines lines = Lines.of(7, 30, 12);

    for (List<CallerLine> call : lines.callers()) {
      assertThat(
              Stream.concat(
                      ChaosAgent.GREETING.stream(),
                      call.stream().flatMap(line -> line.answer().stream()))
                  .map(ScriptedVoice::idOf))
          .doesNotHaveDuplicates();
    }
    assertThat(lines.callers().stream().flatMap(List::stream).map(CallerLine::words))
        .hasSize(360)
        .doesNotHaveDuplicates();
    assertThat(lines.phrases()).hasSize(360);
  }

  @Test
  void theSameSeedIsTheSameScript() {
    assertThat(Lines.of(3, 2, 4)).isEqualTo(Lines.of(3, 2, 4));
  }
}
