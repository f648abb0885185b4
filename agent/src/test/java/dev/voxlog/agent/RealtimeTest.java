package dev.voxlog.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What an agent file leaves to programs.
class RealtimeTest {
  private static Realtime read(String section) {
    return AgentFile.parse(ShopFile.with("dtmf:", section + "dtmf:"), "test").agent().realtime();
  }

  @Test
  void programsMayWhatNoFileForbids() {
    assertThat(read("")).isEqualTo(new Realtime(true, true, Map.of()));
    assertThat(read("realtime: {instructions: false}\n"))
        .isEqualTo(new Realtime(false, true, Map.of()));
    assertThat(read("realtime: {voice: false}\n")).isEqualTo(new Realtime(true, false, Map.of()));
  }

  @Test
  void voicesMayHaveNamesOfTheirOwn() {
    assertThat(read("realtime: {voices: {marin: \"20\", cedar: \"7\"}}\n").voices())
        .containsExactlyInAnyOrderEntriesOf(Map.of("marin", "20", "cedar", "7"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{voices: {\"no name\": \"20\"}}",
        "{voices: {marin: \"\"}}",
        "{voice: false, voices: {marin: \"20\"}}"
      })
  void aNameForNobodyIsRefused(String realtime) {
    String yaml = ShopFile.with("dtmf:", "realtime: " + realtime + "\ndtmf:");
    assertThat(ShopFile.problems(yaml)).extracting(Problem::key).containsExactly("realtime.voices");
  }

  @Test
  void whatCannotBeSaidIsToldWithItsLine() {
    String yaml = ShopFile.with("dtmf:", "realtime: {tools: true, voice: maybe}\ndtmf:");
    assertThat(ShopFile.problems(yaml))
        .extracting(Problem::key)
        .containsExactlyInAnyOrder("realtime.tools", "realtime.voice");
  }
}
