package dev.voxlog.stt.speech;

import dev.voxlog.audio.Wav;
import dev.voxlog.testkit.speech.PhoneLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/// Recorded speech or noise, 16 kHz, and what is said in it (empty for noise).
public record Recording(String name, String text, float[] pcm16k) {
  private static final String FOLDER = "/dev/voxlog/testkit/speech/";

  /// One of the repository's own, by name without ending.
  public static Recording named(String name) {
    return own().stream()
        .filter(recording -> recording.name.equals(name))
        .findFirst()
        .orElseThrow();
  }

  /// All of the repository's own, as its list of sources names them.
  public static List<Recording> own() {
    List<Recording> recordings = new ArrayList<>();
    for (String line : new String(resource("SOURCES.md"), StandardCharsets.UTF_8).split("\n")) {
      String[] cells = line.split("\\|");
      if (cells.length > 3 && cells[1].strip().endsWith(".wav")) {
        String file = cells[1].strip();
        recordings.add(
            new Recording(
                file.replace(".wav", ""),
                cells[2].strip().replace("–", ""),
                audio(resource(file))));
      }
    }
    return recordings;
  }

  private static float[] audio(byte[] wav) {
    try {
      return Wav.parse(wav).monoAt(16_000);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] resource(String file) {
    try (var in = Recording.class.getResourceAsStream(FOLDER + file)) {
      return Objects.requireNonNull(in, file).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The rows of a folder's transcripts.tsv; the name is in the first column.
  public static List<Recording> in(Path folder) throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve("transcripts.tsv"));
    int text = Arrays.asList(lines.getFirst().split("\t")).indexOf("ref");
    List<Recording> recordings = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split("\t");
      String file = cells[0].endsWith(".wav") ? cells[0] : cells[0] + ".wav";
      recordings.add(
          new Recording(cells[0], cells[text], Wav.read(folder.resolve(file)).monoAt(16_000)));
    }
    return recordings;
  }

  /// With silence before and after.
  public Recording padded(int millis) {
    int pad = 16 * millis;
    float[] longer = new float[pcm16k.length + 2 * pad];
    System.arraycopy(pcm16k, 0, longer, pad, pcm16k.length);
    return new Recording(name, text, longer);
  }

  /// As it comes over a telephone line.
  public Recording byPhone() {
    return new Recording(name, text, PhoneLine.pass(pcm16k));
  }

  public double seconds() {
    return pcm16k.length / 16_000.0;
  }
}
