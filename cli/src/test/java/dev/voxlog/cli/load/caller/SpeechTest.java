package dev.voxlog.cli.load.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.voxlog.audio.G711;
import dev.voxlog.cli.call.Sound;
import dev.voxlog.cli.settings.UserError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Recordings as lines: loud samples between quiet ones, in a folder of WAV files.
class SpeechTest {
  private static final short LOUD = 8_000;

  @TempDir private Path folder;

  /// A file of silence, a loud stretch and silence, in samples at 8 kHz.
  private Path recording(String name, int before, int loud, int after) throws IOException {
    int samples = before + loud + after;
    ByteBuffer wav = ByteBuffer.allocate(44 + 2 * samples).order(ByteOrder.LITTLE_ENDIAN);
    wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 2 * samples);
    wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    wav.putShort((short) 1).putShort((short) 1).putInt(8_000).putInt(16_000);
    wav.putShort((short) 2).putShort((short) 16);
    wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * samples);
    for (int i = 0; i < samples; i++) {
      wav.putShort(i >= before && i < before + loud ? LOUD : 0);
    }
    return Files.write(folder.resolve(name), wav.array());
  }

  private static Saying only(Speech speech) {
    Talk talk = new Talk(speech, speech.every());
    List<Saying> sayings = new CallerFrames().sayings(talk);
    assertThat(sayings).hasSize(1);
    return sayings.getFirst();
  }

  @Test
  void aFolderIsItsRecordingsButForThoseOnAnothersAccount() throws IOException {
    recording("02.wav", 0, 8_000, 0);
    recording("01.wav", 0, 8_000, 0);
    recording("01.again.wav", 0, 8_000, 0);
    Files.writeString(folder.resolve("clean.tsv"), "");
    assertThat(Speech.read(List.of(folder)).recordings())
        .extracting(Sound::name)
        .containsExactly("01", "02");
    assertThat(Speech.read(List.of(folder.resolve("02.wav"))).recordings()).hasSize(1);
  }

  @Test
  void aCallerTalksAThirdOfTheTimeQuietNotCounted() throws IOException {
    recording("01.wav", 800, 8 * 5_000, 1_600);
    recording("02.wav", 800, 8 * 4_000, 1_600);
    Speech speech = Speech.read(List.of(folder));
    assertThat(speech.mean()).isEqualTo(Duration.ofMillis(4_500));
    assertThat(speech.shareOf(speech.every())).isCloseTo(1 / 3.0, within(1e-9));
    assertThat(speech.every()).isEqualTo(Duration.ofMillis(13_500));
  }

  @Test
  void theLongestRecordingLeavesRoomForItsAnswer() throws IOException {
    recording("01.wav", 0, 8 * 500, 0);
    recording("02.wav", 0, 8 * 5_000 + 1, 8 * 1_000);
    Speech speech = Speech.read(List.of(folder));
    assertThat(speech.longest()).isEqualTo(Duration.ofMillis(6_020));
    assertThat(speech.every()).isEqualTo(Duration.ofMillis(5_020).plus(Speech.ROOM));
  }

  @Test
  void aLineIsOverAtTheLastSampleOfItsSpeechAndIsSaidToItsEnd() throws IOException {
    // Two frames of quiet, a frame and a quarter of speech, and some quiet again.
    Saying saying = only(Speech.read(List.of(recording("01.wav", 320, 200, 300))));
    Talk.Line line = saying.lines().getFirst();
    assertThat(saying.lines()).hasSize(1);
    assertThat(line.begin()).isZero();
    assertThat(line.end()).isEqualTo(3);
    assertThat(line.said()).isEqualTo(Speech.lasting(520).minus(Talk.FRAME));
    assertThat(saying.frames()).hasSize(6);
    byte[] third = Base64.getDecoder().decode(saying.payload(2));
    assertThat(G711.decodeMulaw(third)).hasSize(160).doesNotContain((short) 0);
    assertThat(saying.payload(6)).isEqualTo(saying.pause(6));
  }

  @Test
  void theEndOfTheCleanSpeechIsTakenFromTheListBesideTheFile() throws IOException {
    Path file = recording("01.wav", 0, 8_000, 0);
    Files.writeString(folder.resolve("clean.tsv"), "01.wav\t160\t3999\n");
    assertThat(only(Speech.read(List.of(file))).lines().getFirst().said())
        .isEqualTo(Duration.ofMillis(500).minus(Talk.FRAME));
  }

  @Test
  void whatIsNoSpeechIsRefused() throws IOException {
    Path silence = recording("01.wav", 8_000, 0, 0);
    assertThatThrownBy(() -> Speech.read(List.of(silence)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("01");
    Files.delete(silence);
    assertThatThrownBy(() -> Speech.read(List.of(folder)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("no WAV");
  }
}
