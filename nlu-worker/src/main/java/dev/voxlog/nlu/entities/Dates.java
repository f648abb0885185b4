package dev.voxlog.nlu.entities;

import dev.voxlog.text.NumberRun;
import dev.voxlog.text.NumberWords;
import dev.voxlog.text.Token;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Days as ISO dates: "tomorrow", "next friday", "march the fifth", "5/3" (month first). Days
/// without a year lie ahead.
final class Dates {
  private Dates() {}

  static List<Found> in(List<Token> tokens, List<NumberRun> runs, LocalDate today) {
    List<Found> found = new ArrayList<>();
    for (int at = 0; at < tokens.size(); at++) {
      Found date = relative(tokens, at, today);
      if (date == null) {
        date = monthFirst(tokens, runs, at, today);
      }
      if (date == null) {
        date = dayFirst(tokens, at, today);
      }
      if (date == null) {
        date = slashed(tokens, at, today);
      }
      if (date == null) {
        date = ahead(tokens, runs, at, today);
      }
      if (date == null) {
        date = dayAlone(tokens, at, today);
      }
      if (date != null) {
        found.add(date);
        at = date.to() - 1;
      }
    }
    return found;
  }

  private static @Nullable Found relative(List<Token> tokens, int at, LocalDate today) {
    Token token = tokens.get(at);
    if (token.is("today", "tonight")) {
      return found(today, at, at + 1);
    }
    if (token.is("day")
        && at + 2 < tokens.size()
        && tokens.get(at + 1).is("after")
        && tokens.get(at + 2).is("tomorrow")) {
      return found(today.plusDays(2), at, at + 3);
    }
    if (token.is("tomorrow")) {
      return found(today.plusDays(1), at, at + 1);
    }
    for (DayOfWeek day : DayOfWeek.values()) {
      if (token.is(day.name().toLowerCase(Locale.ROOT))) {
        boolean isQualified = at > 0 && tokens.get(at - 1).is("next", "this");
        boolean isWeekLater =
            at + 2 < tokens.size()
                && tokens.get(at + 1).is("next")
                && tokens.get(at + 2).is("week");
        LocalDate coming = today.with(TemporalAdjusters.next(day));
        LocalDate monday = today.with(TemporalAdjusters.next(DayOfWeek.MONDAY));
        LocalDate date = isWeekLater ? monday.with(TemporalAdjusters.nextOrSame(day)) : coming;
        return found(date, isQualified ? at - 1 : at, isWeekLater ? at + 3 : at + 1);
      }
    }
    return token.is("this")
            && at + 1 < tokens.size()
            && tokens.get(at + 1).is("morning", "afternoon", "evening")
        ? found(today, at, at + 1)
        : null;
  }

  /// "in three days", "in a week", "two weeks from today".
  private static @Nullable Found ahead(
      List<Token> tokens, List<NumberRun> runs, int at, LocalDate today) {
    boolean isIn = tokens.get(at).is("in");
    int from = isIn ? at + 1 : at;
    NumberRun run = NumberRun.at(runs, from);
    boolean isOne = from < tokens.size() && tokens.get(from).is("a");
    int unit = run != null ? run.to() : isOne ? from + 1 : tokens.size();
    if (unit >= tokens.size() || run != null && (run.value() < 1 || run.value() > 60)) {
      return null;
    }
    int days =
        tokens.get(unit).is("day", "days") ? 1 : tokens.get(unit).is("week", "weeks") ? 7 : 0;
    boolean isFrom =
        unit + 2 < tokens.size()
            && tokens.get(unit + 1).is("from")
            && tokens.get(unit + 2).is("today", "now");
    if (days == 0 || !isIn && !isFrom) {
      return null;
    }
    long count = run == null ? 1 : (long) run.value();
    return found(today.plusDays(count * days), at, isFrom ? unit + 3 : unit + 1);
  }

  /// "on the fifth": of this month, or of the next once it is past.
  private static @Nullable Found dayAlone(List<Token> tokens, int at, LocalDate today) {
    boolean isIntroduced =
        tokens.get(at).is("the") && at > 0 && tokens.get(at - 1).is("on", "by", "until");
    int[] day = isIntroduced ? day(tokens, at + 1) : null;
    if (day == null || day[0] < 1 || day[0] > 31 || isTold(tokens, day[1])) {
      return null;
    }
    LocalDate month = day[0] >= today.getDayOfMonth() ? today : today.plusMonths(1);
    return day[0] > month.lengthOfMonth() ? null : found(month.withDayOfMonth(day[0]), at, day[1]);
  }

  /// Whether what follows says what the ordinal counts: "the first one", "the second order".
  private static boolean isTold(List<Token> tokens, int at) {
    return at < tokens.size() && tokens.get(at).is("one", "order", "item", "time", "call", "floor");
  }

  private static @Nullable Found monthFirst(
      List<Token> tokens, List<NumberRun> runs, int at, LocalDate today) {
    Month month = month(tokens.get(at));
    if (month == null) {
      return null;
    }
    int next = at + 1 < tokens.size() && tokens.get(at + 1).is("the") ? at + 2 : at + 1;
    int[] day = day(tokens, next);
    if (day == null) {
      NumberRun run = NumberRun.at(runs, next);
      day =
          run != null && run.value() >= 1 && run.value() <= 31
              ? new int[] {(int) run.value(), run.to()}
              : null;
    }
    return day == null ? null : dated(month, day[0], today, at, day[1]);
  }

  private static @Nullable Found dayFirst(List<Token> tokens, int at, LocalDate today) {
    int[] day = day(tokens, at);
    if (day == null) {
      return null;
    }
    int next = day[1] < tokens.size() && tokens.get(day[1]).is("of") ? day[1] + 1 : day[1];
    Month month = next < tokens.size() ? month(tokens.get(next)) : null;
    return month == null ? null : dated(month, day[0], today, at, next + 1);
  }

  private static @Nullable Found slashed(List<Token> tokens, int at, LocalDate today) {
    if (at + 2 >= tokens.size()
        || !tokens.get(at + 1).is("/")
        || !tokens.get(at).isNumeral()
        || !tokens.get(at + 2).isNumeral()) {
      return null;
    }
    int month = (int) Double.parseDouble(tokens.get(at).text().replace(",", ""));
    int day = (int) Double.parseDouble(tokens.get(at + 2).text().replace(",", ""));
    return month >= 1 && month <= 12 ? dated(Month.of(month), day, today, at, at + 3) : null;
  }

  /// An ordinal day and the position after it: "fifth", "21st", "twenty first".
  private static int @Nullable [] day(List<Token> tokens, int at) {
    if (at >= tokens.size()) {
      return null;
    }
    int ordinal = NumberWords.ordinal(tokens.get(at).text());
    if (ordinal > 0) {
      return new int[] {ordinal, at + 1};
    }
    int tens = NumberWords.tens(tokens.get(at).text());
    int ones = at + 1 < tokens.size() ? NumberWords.ordinal(tokens.get(at + 1).text()) : -1;
    return tens > 0 && tens <= 30 && ones > 0 && ones < 10 ? new int[] {tens + ones, at + 2} : null;
  }

  private static @Nullable Month month(Token token) {
    for (Month month : Month.values()) {
      if (token.is(month.name().toLowerCase(Locale.ROOT))) {
        return month;
      }
    }
    return null;
  }

  private static @Nullable Found dated(Month month, int day, LocalDate today, int from, int to) {
    if (day < 1 || day > month.maxLength()) {
      return null;
    }
    LocalDate date =
        LocalDate.of(today.getYear(), month, Math.min(day, month.length(today.isLeapYear())));
    return found(date.isBefore(today) ? date.plusYears(1) : date, from, to);
  }

  private static Found found(LocalDate date, int from, int to) {
    return new Found("date", date.toString(), from, to);
  }
}
