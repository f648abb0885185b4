package dev.voxlog.cli.call;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A written conversation: who speaks, over what noise (decibels of speech over it), and every line
/// with what is expected. `orders` is the seed of the orders the backend must have.
record Script(
    int speaker, long orders, double noise, Map<String, String> replies, List<Line> lines) {

  /// What is said in file `file`; `again` are the words when digits are asked for once more.
  record Line(
      String file,
      String say,
      @Nullable String again,
      @Nullable Expectation expectation,
      @Nullable Interruption interruption) {}

  /// `sound` is played when the agent's answer has been heard for `after`; `ends` says whether the
  /// agent must stop for it.
  record Interruption(String sound, Duration after, boolean ends) {}

  Script {
    replies = Map.copyOf(replies);
    lines = List.copyOf(lines);
  }

  /// The line of an audio file, by its name without ending.
  Optional<Line> line(String file) {
    return lines.stream().filter(each -> each.file().equals(file)).findFirst();
  }
}
