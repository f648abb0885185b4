package dev.voxlog.cli.call;

import dev.voxlog.audio.Levels;
import dev.voxlog.audio.Pcm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/// Where speech begins and ends in an audio file, in samples at 8 kHz: `voiced` is the start of the
/// first 20 ms whose RMS is above −40 dBFS, `last` the last sample above it; −1 where nothing is.
public record SpeechEdges(int voiced, int last) {
  /// The list of edges beside files that noise was added to.
  static final String LIST = "clean.tsv";

  private static final double LEVEL_DBFS = -40;
  private static final int FRAME = 160;

  /// Whether there is any.
  public boolean isAny() {
    return last >= 0;
  }

  /// The first sample after it; 0 where there is none.
  public int end() {
    return last + 1;
  }

  /// Measures clean audio at 8 kHz.
  static SpeechEdges of(float[] clean) {
    int voiced = -1;
    for (int at = 0; at + FRAME <= clean.length && voiced < 0; at += FRAME) {
      if (Levels.rmsDbfs(Arrays.copyOfRange(clean, at, at + FRAME)) > LEVEL_DBFS) {
        voiced = at;
      }
    }
    return new SpeechEdges(voiced, Levels.lastAbove(clean, LEVEL_DBFS));
  }

  /// As the list beside the file says, else as measured in the file itself.
  static SpeechEdges of(Path file, short[] pcm) throws IOException {
    Optional<SpeechEdges> listed = listed(file);
    return listed.isPresent() ? listed.get() : of(Pcm.toFloats(pcm));
  }

  private static Optional<SpeechEdges> listed(Path file) throws IOException {
    Path list = file.resolveSibling(LIST);
    if (!Files.exists(list)) {
      return Optional.empty();
    }
    try (var lines = Files.lines(list)) {
      return lines
          .map(line -> line.split("\t"))
          .filter(cells -> cells.length == 3 && cells[0].equals(file.getFileName().toString()))
          .map(cells -> new SpeechEdges(Integer.parseInt(cells[1]), Integer.parseInt(cells[2])))
          .findFirst();
    } catch (NumberFormatException e) {
      throw new IOException(list + ": cells two and three must be sample numbers", e);
    }
  }

  /// A line of the list.
  String listing(String fileName) {
    return fileName + "\t" + voiced + "\t" + last;
  }
}
