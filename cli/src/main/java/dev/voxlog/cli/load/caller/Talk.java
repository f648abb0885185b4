package dev.voxlog.cli.load.caller;

import dev.voxlog.cli.settings.UserError;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How every caller talks: a line of `line` once in every `every`, and, where `bargeInAfter` is
/// given, another one so long after the first was over, which is to break off its answer. Whole
/// frames of 20 ms.
///
/// Lines are tones, or recordings of speech where there are any; `line` is then the longest.
public record Talk(
    Duration line,
    Duration every,
    @Nullable Duration bargeInAfter,
    @Nullable Speech speech,
    boolean isToStub) {
  public static final Duration FRAME = Duration.ofMillis(20);

  private static final Duration SHORTEST_LINE = Duration.ofMillis(300);
  static final Duration PAUSE = Duration.ofMillis(500);

  public Talk {
    whole("--line", line);
    whole("--every", every);
    if (speech == null && line.compareTo(SHORTEST_LINE) < 0) {
      throw new UserError(
          "--line %dms is too short to be taken for speech; give at least %dms"
              .formatted(line.toMillis(), SHORTEST_LINE.toMillis()));
    }
    Duration talking = line;
    if (bargeInAfter != null) {
      whole("--barge-in", bargeInAfter);
      talking = line.plus(bargeInAfter).plus(line);
    }
    if (talking.plus(PAUSE).compareTo(every) > 0) {
      throw new UserError(
          "--every %dms leaves no time for an answer: the caller talks until %dms; give more"
              .formatted(every.toMillis(), talking.toMillis()));
    }
  }

  /// In tones, to stub engines.
  public Talk(Duration line, Duration every, @Nullable Duration bargeInAfter) {
    this(line, every, bargeInAfter, true);
  }

  /// In tones.
  public Talk(Duration line, Duration every, @Nullable Duration bargeInAfter, boolean isToStub) {
    this(line, every, bargeInAfter, null, isToStub);
  }

  /// In recordings.
  public Talk(Speech speech, Duration every) {
    this(speech.longest(), every, null, speech, false);
  }

  private static void whole(String option, Duration duration) {
    if (!duration.isPositive() || duration.toMillis() % FRAME.toMillis() != 0) {
      throw new UserError(
          "%s %dms: give whole frames of %d ms"
              .formatted(option, duration.toMillis(), FRAME.toMillis()));
    }
  }

  /// One line of a cycle: the frame of the cycle it begins with, the one at which it is known to be
  /// over, and how long after its first frame was due it was over.
  record Line(int begin, int end, Duration said, boolean isBargeIn) {
    /// Over when the frame `end` is due.
    Line(int begin, int end, boolean isBargeIn) {
      this(begin, end, FRAME.multipliedBy(end - begin), isBargeIn);
    }
  }

  /// What is measured of every line, as reports call it.
  public String figure() {
    return speech == null ? "turn overhead" : "end of speech to first audio";
  }

  /// Whether all answers are equally long: those to tones are, of stub engines.
  public boolean hasEqualAnswers() {
    return isToStub && bargeInAfter == null;
  }

  int frames() {
    return frames(every);
  }

  /// The tones of a cycle, in order.
  List<Line> lines() {
    int length = frames(line);
    Line first = new Line(0, length, false);
    if (bargeInAfter == null) {
      return List.of(first);
    }
    int again = length + frames(bargeInAfter);
    return List.of(first, new Line(again, again + length, true));
  }

  static int frames(Duration duration) {
    return (int) (duration.toMillis() / FRAME.toMillis());
  }
}
