package dev.voxlog.nlu.entities;

import dev.voxlog.text.NumberRun;
import dev.voxlog.text.Token;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Times of day as `HH:mm`: "3:30 pm", "half past two", "noon", "ten in the morning". Without a
/// hint, one to seven is taken for the afternoon, as office hours go.
final class Times {
  private static final Map<String, String> NAMED =
      Map.of(
          "noon",
          "12:00",
          "midday",
          "12:00",
          "midnight",
          "00:00",
          "morning",
          "09:00",
          "afternoon",
          "14:00",
          "evening",
          "18:00");

  private static final Set<String> PARTS = Set.of("morning", "afternoon", "evening");
  private static final int MOST_BETWEEN = 2;
  private static final int NOON = 12;

  private Times() {}

  static List<Found> in(List<Token> tokens, List<NumberRun> runs) {
    List<Found> found = new ArrayList<>();
    for (int at = 0; at < tokens.size(); at++) {
      Found time = clock(tokens, at);
      if (time == null) {
        time = relative(tokens, runs, at);
      }
      if (time == null) {
        time = spoken(tokens, runs, at);
      }
      String named = NAMED.get(tokens.get(at).text());
      if (time == null && named != null && !isGreeting(tokens, at)) {
        time = new Found("time", named, at, at + 1);
      }
      if (time != null) {
        found.add(time);
        at = time.to() - 1;
      }
    }
    return qualified(found, tokens);
  }

  /// "good morning".
  private static boolean isGreeting(List<Token> tokens, int at) {
    return at > 0 && tokens.get(at - 1).is("good");
  }

  /// "at ten tomorrow morning", "tomorrow evening at eight": a part of the day near an hour is no
  /// time of its own.
  private static List<Found> qualified(List<Found> found, List<Token> tokens) {
    List<Found> parts =
        found.stream().filter(each -> PARTS.contains(tokens.get(each.from()).text())).toList();
    if (found.size() != 2 || parts.size() != 1) {
      return found;
    }
    Found part = parts.getFirst();
    Found hour = found.getFirst() == part ? found.getLast() : found.getFirst();
    Found first = found.getFirst();
    Found second = found.getLast();
    boolean isNear = second.from() - first.to() <= MOST_BETWEEN;
    if (!isNear || TakingBack.isBetween(tokens, first.to(), second.from())) {
      return found;
    }
    LocalTime time = LocalTime.parse(hour.value());
    boolean isMorning = tokens.get(part.from()).is("morning");
    boolean isOther = isMorning ? time.getHour() > NOON : time.getHour() < NOON;
    LocalTime meant = isOther ? time.plusHours(NOON) : time;
    return List.of(new Found(hour.kind(), meant.toString(), hour.from(), hour.to()));
  }

  private static @Nullable Found clock(List<Token> tokens, int at) {
    String text = tokens.get(at).text();
    if (!text.matches("\\d{1,2}:\\d{2}")) {
      return null;
    }
    String[] parts = text.split(":");
    return time(tokens, at, at + 1, Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
  }

  /// "half past two", "quarter to five", "ten past six".
  private static @Nullable Found relative(List<Token> tokens, List<NumberRun> runs, int at) {
    Token first = tokens.get(at);
    int minutes = first.is("half") ? 30 : first.is("quarter") ? 15 : -1;
    int next = at + 1;
    NumberRun run = NumberRun.at(runs, at);
    if (minutes < 0 && run != null && run.value() > 0 && run.value() < 30) {
      minutes = (int) run.value();
      next = run.to();
    }
    if (minutes < 0
        || next >= tokens.size()
        || !tokens.get(next).is("past", "after", "to", "before", "till")) {
      return null;
    }
    NumberRun hour = NumberRun.at(runs, next + 1);
    if (hour == null || hour.value() < 1 || hour.value() > 12) {
      return null;
    }
    boolean isPast = tokens.get(next).is("past", "after");
    int h = isPast ? (int) hour.value() : (int) hour.value() - 1;
    return time(tokens, at, hour.to(), h == 0 ? 12 : h, isPast ? minutes : 60 - minutes);
  }

  /// "three thirty pm", "at four", "five o'clock": a bare number is a time only with a word that
  /// says so.
  private static @Nullable Found spoken(List<Token> tokens, List<NumberRun> runs, int at) {
    NumberRun run = NumberRun.at(runs, at);
    if (run == null) {
      return null;
    }
    boolean isIntroduced = at > 0 && tokens.get(at - 1).is("at", "around", "after", "before", "by");
    boolean isFollowed =
        run.to() < tokens.size()
            && (tokens
                    .get(run.to())
                    .is("am", "pm", "a.m", "p.m", "a.m.", "p.m.", "o'clock", "oclock")
                || partOfDay(tokens, run.to()) != null);
    if (!isIntroduced && !isFollowed || run.digits().length() > 4) {
      return null;
    }
    int keyed = Integer.parseInt(run.digits());
    int hour = run.digits().length() <= 2 ? keyed : keyed / 100;
    int minute = run.digits().length() <= 2 ? 0 : keyed % 100;
    return hour >= 1 && hour <= 23 && minute < 60 ? time(tokens, at, run.to(), hour, minute) : null;
  }

  private static Found time(List<Token> tokens, int from, int to, int hour, int minute) {
    int end = to;
    @Nullable String half = null;
    if (end < tokens.size() && tokens.get(end).is("o'clock", "oclock")) {
      end++;
    }
    if (end < tokens.size() && tokens.get(end).text().matches("[ap]\\.?m\\.?")) {
      half = tokens.get(end).text().substring(0, 1);
      end++;
    } else if (partOfDay(tokens, end) instanceof String part) {
      half = part.equals("morning") ? "a" : "p";
      end += tokens.get(end).is("in") ? 3 : 1;
    }
    boolean isAfternoon = half == null ? hour >= 1 && hour <= 7 : half.equals("p");
    int full = isAfternoon && hour < 12 ? hour + 12 : "a".equals(half) && hour == 12 ? 0 : hour;
    return new Found(
        "time", "%02d:%02d".formatted(full, minute), from, Math.min(end, tokens.size()));
  }

  /// "in the morning", or "tonight" right after the hour.
  private static @Nullable String partOfDay(List<Token> tokens, int at) {
    if (at + 2 < tokens.size()
        && tokens.get(at).is("in")
        && tokens.get(at + 1).is("the")
        && tokens.get(at + 2).is("morning", "afternoon", "evening")) {
      return tokens.get(at + 2).text();
    }
    return at < tokens.size() && tokens.get(at).is("tonight") ? "evening" : null;
  }
}
