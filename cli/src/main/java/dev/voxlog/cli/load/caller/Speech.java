package dev.voxlog.cli.load.caller;

import dev.voxlog.cli.call.Sound;
import dev.voxlog.cli.settings.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Recordings that are said as lines; there is speech in each.
public record Speech(List<Sound> recordings) {
  /// From the end of the longest speech to the next line, however short the others are: what is
  /// left when the agent has begun to answer is to be enough for most answers.
  static final Duration ROOM = Duration.ofSeconds(6);

  /// A caller talks one part of its time in so many.
  private static final int TALKS_ONE_IN = 3;

  private static final int RATE = 8_000;

  public Speech {
    recordings = List.copyOf(recordings);
    if (recordings.isEmpty()) {
      throw new UserError("--speech: there is no WAV or FLAC file in what was given");
    }
    for (Sound each : recordings) {
      if (!each.edges().isAny()) {
        throw new UserError("--speech: there is no speech in " + each.name());
      }
    }
  }

  /// Of a folder its WAV and FLAC files are read, but for those that `voxlog call` plays on another
  /// one's account.
  ///
  /// @throws UserError if there is none, or one cannot be read
  public static Speech read(List<Path> given) {
    List<Path> files = new ArrayList<>();
    given.forEach(each -> files.addAll(Files.isDirectory(each) ? filesIn(each) : List.of(each)));
    return new Speech(files.stream().filter(Sound::isLine).map(Sound::read).toList());
  }

  private static List<Path> filesIn(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(each -> each.toString().toLowerCase(Locale.ROOT).matches(".*\\.(wav|flac)"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UserError("--speech %s cannot be read (%s)".formatted(folder, e.getMessage()));
    }
  }

  /// So many samples at 8 kHz.
  static Duration lasting(long samples) {
    return Duration.ofSeconds(samples).dividedBy(RATE);
  }

  /// How long it is spoken in a recording, on average; what is quiet before and after does not
  /// count.
  public Duration mean() {
    long samples =
        recordings.stream()
            .mapToLong(each -> each.edges().end() - Math.max(0, each.edges().voiced()))
            .sum();
    return lasting(samples).dividedBy(recordings.size());
  }

  /// The share of its time that a caller talks who says a line once in so long.
  public double shareOf(Duration every) {
    return (double) mean().toNanos() / every.toNanos();
  }

  /// The longest recording, with what is quiet in it.
  Duration longest() {
    return wholeFrames(
        lasting(recordings.stream().mapToLong(each -> each.pcm().length).max().orElseThrow()));
  }

  /// From one line to the next if nobody says: a caller talks a third of the time, or less where
  /// recordings differ so much that the longest would leave too little room for an answer.
  public Duration every() {
    Duration third = wholeFrames(mean().multipliedBy(TALKS_ONE_IN));
    long last = recordings.stream().mapToLong(each -> each.edges().end()).max().orElseThrow();
    Duration least = wholeFrames(lasting(last).plus(ROOM));
    Duration whole = longest().plus(Talk.PAUSE);
    return Stream.of(third, least, whole).max(Comparator.naturalOrder()).orElseThrow();
  }

  /// The next whole number of frames.
  private static Duration wholeFrames(Duration duration) {
    return Talk.FRAME.multipliedBy(Math.ceilDiv(duration.toNanos(), Talk.FRAME.toNanos()));
  }
}
