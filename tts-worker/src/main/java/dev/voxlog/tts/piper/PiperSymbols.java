package dev.voxlog.tts.piper;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.LongStream;

/// The model's symbols and their ids, one a line in `tokens.txt`.
final class PiperSymbols {
  private static final long PAD = 0;
  private static final long START = 1;
  private static final long END = 2;

  private final Map<Integer, Long> ids;

  private PiperSymbols(Map<Integer, Long> ids) {
    this.ids = ids;
  }

  static PiperSymbols load(Path file) throws IOException {
    Map<Integer, Long> ids = new HashMap<>();
    for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
      int space = line.lastIndexOf(' ');
      if (space > 0) {
        ids.put(line.codePointAt(0), Long.parseLong(line.substring(space + 1).strip()));
      }
    }
    return new PiperSymbols(ids);
  }

  /// Start, then each symbol between pads, then end; symbols the model does not know are left out.
  long[] encode(String ipa) {
    LongStream symbols =
        Normalizer.normalize(ipa, Normalizer.Form.NFD)
            .codePoints()
            .filter(ids::containsKey)
            .mapToLong(ids::get)
            .flatMap(id -> LongStream.of(id, PAD));
    return LongStream.concat(
            LongStream.concat(LongStream.of(START, PAD), symbols), LongStream.of(END))
        .toArray();
  }
}
