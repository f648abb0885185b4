package dev.voxlog.cli.call;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A file that was played, with what else the caller said on its account: replies, repeats, an
/// interruption. `trouble` says why it could not be played to its end, or that no answer came.
record SpokenLine(Part part, List<Item> items, @Nullable String trouble) {
  /// What was to be said: the file's sound, what goes with it, and its line of the script where
  /// there is one.
  record Part(
      Sound sound,
      @Nullable Sound again,
      @Nullable Interjection interjection,
      Script.@Nullable Line line) {
    @Nullable Expectation expectation() {
      return line == null ? null : line.expectation();
    }
  }

  /// A sound to be played when the agent has been heard for so long; `ends` is what it should do,
  /// null when nobody says.
  record Interjection(Sound sound, java.time.Duration after, @Nullable Boolean ends) {}

  SpokenLine {
    items = List.copyOf(items);
  }
}
