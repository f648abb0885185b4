package dev.voxlog.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What an agent file leaves to programs.
class RealtimeTest {
  private static Realtime read(String section) {
    return AgentFile.parse(ShopFile.with("dtmf:", section + "dtmf:"), "test").agent().realtime();
  }

  @Test
  void programsMayWhatNoFileForbids() {
    assertThat(read("")).isEqualTo(new Realtime(true, true));
    assertThat(read("realtime: {instructions: false}\n")).isEqualTo(new Realtime(false, true));
    assertThat(read("realtime: {voice: false}\n")).isEqualTo(new Realtime(true, false));
  }

  @Test
  void whatCannotBeSaidIsToldWithItsLine() {
    String yaml = ShopFile.with("dtmf:", "realtime: {tools: true, voice: maybe}\ndtmf:");
    assertThat(ShopFile.problems(yaml))
        .extracting(Problem::key)
        .containsExactlyInAnyOrder("realtime.tools", "realtime.voice");
  }
}
