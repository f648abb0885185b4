package dev.voxlog.cli.call;

import dev.voxlog.audio.Pcm;
import dev.voxlog.audio.Wav;
import dev.voxlog.cli.settings.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Something to be said: samples at 8 kHz, and where in them the speech is.
@SuppressWarnings(
    "ArrayRecordComponent") // never compared; the samples are handed to the line as they are
public record Sound(String name, short[] pcm, SpeechEdges edges) {
  private static final int RATE = 8_000;

  /// @throws UserError if the file cannot be read
  public static Sound read(Path file) {
    if (!Files.exists(file)) {
      throw new UserError(file + " does not exist; name a WAV or FLAC file");
    }
    try {
      short[] pcm = Pcm.toShorts(Wav.read(file).monoAt(RATE));
      return new Sound(stem(file), pcm, SpeechEdges.of(file, pcm));
    } catch (IOException e) {
      throw new UserError(String.valueOf(e.getMessage()));
    }
  }

  /// The file of the same name with a word before the ending, if it is there: `01.wav` and `again`
  /// give `01.again.wav`.
  static Optional<Sound> beside(Path file, String word) {
    Path other = file.resolveSibling(stem(file) + "." + word + ".wav");
    return Files.exists(other) ? Optional.of(read(other)) : Optional.empty();
  }

  /// Whether a file is said by itself, and not on another one's account as those of [#beside].
  public static boolean isLine(Path file) {
    return !stem(file).matches(".*\\.(again|interrupt)");
  }

  /// The name without its ending.
  static String stem(Path file) {
    return file.getFileName().toString().replaceFirst("\\.[A-Za-z0-9]+$", "");
  }

  double seconds() {
    return (double) pcm.length / RATE;
  }
}
