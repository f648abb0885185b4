package dev.voxlog.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.audio.G711;
import dev.voxlog.ingress.twilio.TwilioWire;
import dev.voxlog.schemas.AudioBytes;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/// That what we are compared with comes to what ours comes to.
class AlternativesTest {
  @Test
  void aComputedCodeIsTheTables() {
    byte[] codes = new byte[1 << Byte.SIZE];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = (byte) i;
    }
    short[] samples = new short[1 << Short.SIZE];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) i;
    }

    assertThat(G711Benchmark.computed(codes)).isEqualTo(G711.decodeMulaw(codes));
    assertThat(G711Benchmark.computed(samples)).isEqualTo(G711.encodeMulaw(samples));
  }

  @Test
  void aTreeReadsAndWritesWhatTheTokensDo() throws Exception {
    CarrierWireBenchmark wire = new CarrierWireBenchmark();
    TwilioWire ours = new TwilioWire();
    AudioBytes sound = AudioBytes.wrap(Speech.frames()[0]);
    String text =
        CarrierWireBenchmark.message(7, Base64.getEncoder().encodeToString(sound.array()));

    assertThat(wire.tree(text)).isEqualTo(ours.read(text));
    assertThat(wire.tree(sound)).isEqualTo(ours.media(CarrierWireBenchmark.STREAM, sound));
  }
}
