package dev.voxlog.cli.chaos;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One thing a caller says and all the agent answers to it: `tone` is how it sounds, `words` what
/// it is understood as, `answer` the sentences to be heard, `order` the number the tool is asked
/// for, if it is. Told apart from any other line by its number.
record CallerLine(int tone, int millis, String words, List<String> answer, @Nullable String order) {
  CallerLine {
    answer = List.copyOf(answer);
  }
}
