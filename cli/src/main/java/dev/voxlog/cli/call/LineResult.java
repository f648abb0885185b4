package dev.voxlog.cli.call;

import dev.voxlog.analytics.Turn;
import dev.voxlog.schemas.Understanding.Understood;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// What came of one file: the words recognised, the turns they led to, how long the caller waited,
/// and whether it was as expected (null where nothing was).
record LineResult(
    SpokenLine line,
    List<String> words,
    List<Understood> understood,
    List<Turn> turns,
    List<Wait> waits,
    @Nullable BargeIn bargeIn,
    Judge.@Nullable Judgement judgement) {

  /// From the end of the caller's speech, in milliseconds on the caller's clock: until the first
  /// audio of the answer's own sentence came in (`arrived`), and until it was audible (`audible`).
  /// `turn` is 0 where the log cannot be read.
  record Wait(int turn, OptionalDouble arrived, OptionalDouble audible) {}

  /// An interruption: from its first voiced frame sent to `clear`, and whether the agent's sentence
  /// went on, which only the log tells.
  record BargeIn(
      String sound, OptionalDouble clearMs, @Nullable Boolean wentOn, @Nullable Boolean shouldEnd) {
    /// As it should be, or null when nobody says.
    @Nullable Boolean isRight() {
      if (shouldEnd == null) {
        return null;
      }
      return shouldEnd
          ? clearMs.isPresent() && !Boolean.TRUE.equals(wentOn)
          : Boolean.TRUE.equals(wentOn) || (clearMs.isEmpty() && wentOn == null);
    }
  }

  LineResult {
    words = List.copyOf(words);
    understood = List.copyOf(understood);
    turns = List.copyOf(turns);
    waits = List.copyOf(waits);
  }

  String name() {
    return line.part().sound().name();
  }
}
