package dev.voxlog.nlu.entities;

import dev.voxlog.text.NumberRun;
import dev.voxlog.text.Token;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/// Times that are told by how long it is until then: "in half an hour", "in an hour and a half",
/// "twenty minutes from now". Each is a time of day and its day.
final class TimesAhead {
  private static final int HOUR = 60;

  /// "In a minute" is no time to be kept.
  private static final int SHORTEST = 5;

  private static final int LONGEST = 48 * HOUR;

  private final List<Token> tokens;
  private final List<NumberRun> runs;
  private int at;

  private TimesAhead(List<Token> tokens, List<NumberRun> runs, int at) {
    this.tokens = tokens;
    this.runs = runs;
    this.at = at;
  }

  static List<Found> in(List<Token> tokens, List<NumberRun> runs, LocalDateTime now) {
    List<Found> found = new ArrayList<>();
    for (int from = 0; from < tokens.size(); from++) {
      TimesAhead reader = new TimesAhead(tokens, runs, from);
      long minutes = reader.ahead();
      if (minutes >= SHORTEST && minutes <= LONGEST) {
        LocalDateTime then = now.plusMinutes(minutes).truncatedTo(ChronoUnit.MINUTES);
        LocalTime time = then.toLocalTime();
        found.add(new Found("date", then.toLocalDate().toString(), from, reader.at));
        found.add(new Found("time", time.toString(), from, reader.at));
        from = reader.at - 1;
      }
    }
    return found;
  }

  /// How many minutes ahead; 0 where it is told of none.
  private long ahead() {
    boolean isIn = takes("in");
    if (isIn) {
      takes("about", "around", "like", "maybe", "another");
    }
    long minutes = length();
    boolean isFromNow = minutes > 0 && takes("from") && takes("now");
    return isIn || isFromNow ? minutes : 0;
  }

  private long length() {
    boolean isOne = takes("a", "an");
    if (takes("half")) {
      takes("a", "an");
      return takes("hour") ? HOUR / 2 : 0;
    }
    if (takes("quarter")) {
      return isOfAnHour() ? HOUR / 4 : 0;
    }
    double count = isOne ? coupleOrOne() : number();
    if (takes("quarters")) {
      return isOfAnHour() ? Math.round(count * HOUR / 4) : 0;
    }
    count += fraction();
    if (takes("minutes", "mins")) {
      return Math.round(count);
    }
    return takes("hour", "hours") ? Math.round((count + fraction()) * HOUR) + more() : 0;
  }

  private boolean isOfAnHour() {
    return takes("of") && takes("an") && takes("hour");
  }

  private int coupleOrOne() {
    if (!takes("couple")) {
      return 1;
    }
    takes("of");
    return 2;
  }

  private double number() {
    for (NumberRun run : runs) {
      if (run.from() == at && run.value() > 0) {
        at = run.to();
        return run.value();
      }
    }
    return 0;
  }

  /// "and a half".
  private double fraction() {
    int before = at;
    if (takes("and") && takes("a")) {
      if (takes("half")) {
        return 0.5;
      }
      if (takes("quarter")) {
        return 0.25;
      }
    }
    at = before;
    return 0;
  }

  /// "and twenty minutes", after the hours.
  private long more() {
    int before = at;
    takes("and");
    double minutes = number();
    if (minutes > 0 && takes("minutes", "mins")) {
      return Math.round(minutes);
    }
    at = before;
    return 0;
  }

  private boolean takes(String... words) {
    boolean isThere = at < tokens.size() && tokens.get(at).is(words);
    at += isThere ? 1 : 0;
    return isThere;
  }
}
