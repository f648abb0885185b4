package dev.voxlog.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WavTest {
  @TempDir Path folder;

  /// A file with a chunk before the data that readers must skip, its length odd.
  private static byte[] file(int format, int channels, int bits, int declared, byte... data) {
    ByteBuffer out =
        ByteBuffer.allocate(12 + 24 + 12 + 8 + data.length).order(ByteOrder.LITTLE_ENDIAN);
    tag(out, "RIFF").putInt(0);
    tag(out, "WAVE");
    tag(out, "fmt ").putInt(16).putShort((short) format).putShort((short) channels).putInt(8_000);
    out.putInt(8_000 * channels * bits / 8)
        .putShort((short) (channels * bits / 8))
        .putShort((short) bits);
    tag(out, "LIST").putInt(3).put(new byte[4]);
    tag(out, "data").putInt(declared).put(data);
    return out.array();
  }

  private static ByteBuffer tag(ByteBuffer out, String name) {
    return out.put(name.getBytes(StandardCharsets.US_ASCII));
  }

  private static float[] mono(int format, int bits, int... data) throws IOException {
    byte[] bytes = new byte[data.length];
    for (int i = 0; i < data.length; i++) {
      bytes[i] = (byte) data[i];
    }
    return Wav.parse(file(format, 1, bits, bytes.length, bytes)).mono();
  }

  @Test
  void everyKindOfSampleIsRead() throws IOException {
    assertThat(mono(1, 8, 0, 128, 192)).containsExactly(-1f, 0f, 0.5f);
    assertThat(mono(1, 16, 0, 0x40, 0, 0x80)).containsExactly(0.5f, -1f);
    assertThat(mono(1, 24, 0, 0, 0x40, 0, 0, 0xC0)).containsExactly(0.5f, -0.5f);
    assertThat(mono(1, 32, 0, 0, 0, 0x40)).containsExactly(0.5f);
    assertThat(mono(3, 32, 0, 0, 0, 0x3F)).containsExactly(0.5f);
    assertThat(mono(3, 64, 0, 0, 0, 0, 0, 0, 0xE0, 0xBF)).containsExactly(-0.5f);
    assertThat(mono(7, 8, 0xFF, 0x80)).containsExactly(0f, 32_124 / 32_768f);
    assertThat(mono(6, 8, 0xAA)).containsExactly(32_256 / 32_768f);
  }

  @Test
  void flacIsReadWhateverItsName() throws IOException {
    Path file = Files.write(folder.resolve("named.wav"), resource("sine-cosine.flac"));
    Wav wav = Wav.read(file);
    assertThat(wav.sampleRate()).isEqualTo(16_000);
    assertThat(wav.channels()).hasNumberOfRows(2);
    for (int i = 0; i < 1_600; i++) {
      double phase = 2 * Math.PI * 440 * i / 16_000;
      assertThat(wav.channels()[0][i])
          .isCloseTo((float) (8_000 * Math.sin(phase) / 32_768), within(2e-5f));
      assertThat(wav.channels()[1][i])
          .isCloseTo((float) (4_000 * Math.cos(phase) / 32_768), within(2e-5f));
    }
  }

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    float[][] stereo = {{0, 0.5f, -1}, {0.25f, -0.25f, 0}};
    Path file = folder.resolve("stereo.wav");
    new Wav(22_050, stereo).write(file);
    assertThat(Wav.read(file).channels()).isDeepEqualTo(stereo);
    assertThat(Wav.read(file).sampleRate()).isEqualTo(22_050);
    assertThat(Wav.read(file).mono()).containsExactly(0.125f, 0.125f, -0.5f);
  }

  @Test
  void aLengthBeyondTheFileMeansToItsEnd() throws IOException {
    assertThat(Wav.parse(file(1, 1, 16, -1, (byte) 0, (byte) 0x40)).mono()).containsExactly(0.5f);
    assertThat(Wav.parse(file(1, 1, 16, Integer.MAX_VALUE, (byte) 0, (byte) 0x40)).mono())
        .containsExactly(0.5f);
  }

  @Test
  void anotherRateKeepsChannelsAndDuration() {
    Wav wav =
        new Wav(16_000, new float[][] {new float[1_600], new float[1_600]}).resampledTo(8_000);
    assertThat(wav.sampleRate()).isEqualTo(8_000);
    assertThat(wav.channels()).hasDimensions(2, 800);
  }

  @Test
  void whatIsNoAudioIsRefusedWithTheFilesNameAndWhatToDo() throws IOException {
    Path text =
        Files.writeString(folder.resolve("notes.txt"), "no audio, but long enough to be looked at");
    assertThatThrownBy(() -> Wav.read(text))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("notes.txt")
        .hasMessageContaining("convert it");
    assertThatThrownBy(() -> Wav.parse(file(85, 1, 8, 1, (byte) 1)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("format 85");
    assertThatThrownBy(() ->
            Wav.parse("fLaC but nothing that follows from it".getBytes(StandardCharsets.US_ASCII)))
        .isInstanceOf(IOException.class);
  }

  private static byte[] resource(String name) throws IOException {
    try (var in = WavTest.class.getResourceAsStream(name)) {
      return java.util.Objects.requireNonNull(in).readAllBytes();
    }
  }
}
