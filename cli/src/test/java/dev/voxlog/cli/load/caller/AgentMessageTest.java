package dev.voxlog.cli.load.caller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.audio.G711;
import dev.voxlog.ingress.twilio.TwilioWire;
import dev.voxlog.schemas.AudioBytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// What ingress writes is what load reads.
class AgentMessageTest {
  private final TwilioWire wire = new TwilioWire();

  private static AgentMessage read(String json) {
    return AgentMessage.read(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void audioIsMeasuredAndHeard() {
    byte[] silence = new byte[800];
    Arrays.fill(silence, G711.MULAW_SILENCE);
    assertThat(read(wire.media("MZ1", AudioBytes.wrap(silence))))
        .isEqualTo(new AgentMessage.Media(800, 800));
    byte[] click = silence.clone();
    click[799] = G711.encodeMulaw(new short[] {4_000})[0];
    assertThat(read(wire.media("MZ1", AudioBytes.wrap(click))))
        .isEqualTo(new AgentMessage.Media(800, 799));
  }

  @Test
  void aMarkKeepsItsNameAsItWasWritten() {
    assertThat(read(wire.mark("MZ1", "7:1:0"))).isEqualTo(new AgentMessage.Mark("7:1:0"));
    assertThat(read(wire.mark("MZ1", "a\"b"))).isEqualTo(new AgentMessage.Mark("a\\\"b"));
  }

  @Test
  void aClearIsAClear() {
    assertThat(read(wire.clear("MZ1"))).isEqualTo(new AgentMessage.Clear());
  }

  @Test
  void spacesDoNoHarmAndOtherMessagesAreLeftAlone() {
    assertThat(read("{ \"event\" : \"clear\" }")).isEqualTo(new AgentMessage.Clear());
    assertThat(read("{\"event\":\"else\"}")).isEqualTo(new AgentMessage.Other());
    assertThat(read("{}")).isEqualTo(new AgentMessage.Other());
    assertThat(read("")).isEqualTo(new AgentMessage.Other());
  }
}
