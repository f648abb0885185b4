package dev.voxlog.cli.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.voxlog.audio.G711;
import dev.voxlog.audio.Pcm;
import dev.voxlog.audio.Wav;
import dev.voxlog.cli.settings.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SpeechEdgesTest {
  @TempDir private Path folder;

  /// Silence, a tone, silence, in milliseconds at 8 kHz.
  private static float[] tone(int before, int length, int after, double dbfs) {
    float[] audio = new float[8 * (before + length + after)];
    float level = (float) Math.pow(10, dbfs / 20);
    for (int i = 0; i < 8 * length; i++) {
      audio[8 * before + i] = level * (float) Math.sin(2 * Math.PI * 1000 * i / 8000);
    }
    return audio;
  }

  @Test
  void speechEndsAtTheLastSampleAbove40DbBelowFullScale() {
    SpeechEdges edges = SpeechEdges.of(tone(500, 1_000, 700, -10));

    assertThat(edges.voiced()).isEqualTo(4_000);
    assertThat(edges.last()).isBetween(8 * 1_500 - 5, 8 * 1_500);
  }

  @Test
  void aQuietTailIsNotSpeech() {
    float[] audio = tone(100, 400, 500, -10);
    float[] tail = tone(500, 300, 200, -45);
    for (int i = 0; i < audio.length; i++) {
      audio[i] += tail[i];
    }

    assertThat(SpeechEdges.of(audio).last()).isBetween(8 * 500 - 5, 8 * 500);
    assertThat(SpeechEdges.of(new float[800])).isEqualTo(new SpeechEdges(-1, -1));
  }

  @Test
  void theCleanFilesEdgesAreUsedWhereTheyAreListed() throws IOException {
    float[] clean = tone(300, 800, 300, -12);
    LineNoise noisy = LineNoise.over(clean, 20, 5);
    Path file = folder.resolve("01-hello.wav");
    MulawFile.write(file, noisy.mulaw());
    Files.writeString(
        folder.resolve(SpeechEdges.LIST),
        "00-other.wav\t1\t2\n" + noisy.edges().listing("01-hello.wav") + "\n");

    Sound sound = Sound.read(file);

    assertThat(sound.edges()).isEqualTo(noisy.edges());
    assertThat(sound.edges().last() / 8)
        .isCloseTo(300 + 300 + 800, within(8)); // the band filter rings
    assertThat(sound.seconds()).isEqualTo(2.0);
  }

  @Test
  void theNoiseIs20DbBelowTheSpeechAndAlwaysTheSame() {
    float[] clean = tone(300, 800, 300, -12);
    LineNoise noisy = LineNoise.over(clean, 20, 5);
    float[] heard = Pcm.toFloats(G711.decodeMulaw(noisy.mulaw()));
    double noise = dev.voxlog.audio.Levels.rmsDbfs(Arrays.copyOfRange(heard, 800, 4_000));

    assertThat(LineNoise.activeDbfs(clean) - noise).isCloseTo(20, within(1.0));
    assertThat(LineNoise.over(clean, 20, 5).mulaw()).isEqualTo(noisy.mulaw());
    assertThat(LineNoise.over(clean, 20, 6).mulaw()).isNotEqualTo(noisy.mulaw());
  }

  @Test
  void aMulawFileIsReadAsItWasWritten() throws IOException {
    byte[] mulaw = G711.encodeMulaw(Pcm.toShorts(tone(0, 100, 0, -6)));
    byte[] odd = Arrays.copyOf(mulaw, 799);
    Path file = folder.resolve("odd.wav");
    MulawFile.write(file, odd);

    Wav wav = Wav.read(file);

    assertThat(wav.sampleRate()).isEqualTo(8_000);
    assertThat(Pcm.toShorts(wav.mono())).isEqualTo(G711.decodeMulaw(odd));
  }

  @Test
  void aFileBesideIsFoundByItsWord() throws IOException {
    MulawFile.write(folder.resolve("01.wav"), new byte[800]);
    MulawFile.write(folder.resolve("01.again.wav"), new byte[400]);

    assertThat(Sound.beside(folder.resolve("01.wav"), "again"))
        .get()
        .extracting(Sound::seconds)
        .isEqualTo(0.05);
    assertThat(Sound.beside(folder.resolve("01.wav"), "interrupt")).isEmpty();
    assertThatThrownBy(() -> Sound.read(folder.resolve("02.wav")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("does not exist");
  }

  @Test
  void theClickLasts120Milliseconds() {
    assertThat(RenderCommand.click()).hasSize(960).isEqualTo(RenderCommand.click());
  }
}
