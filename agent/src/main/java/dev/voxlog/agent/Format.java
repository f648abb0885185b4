package dev.voxlog.agent;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Collectors;

/// How a value is worded in a template. A value of another shape than the format expects is left as
/// it is.
public enum Format {
  PLAIN,
  /// Character by character: `12345` → `1 2 3 4 5`, `A4B7` → `A 4 B 7`.
  DIGITS,
  /// A decimal amount: `42.5` → `$42.50`.
  AMOUNT,
  /// An ISO date, or the date of an ISO date and time: `2026-11-28` → `Saturday, November 28`.
  DATE,
  /// An ISO time, or the time of an ISO date and time: `15:30` → `3:30 PM`.
  TIME,
  /// A phone number in groups as they are spoken: `+15550134567` → `5 5 5, 0 1 3, 4 5 6 7`.
  PHONE,
  /// An e-mail address as it is read out: `j.smith@example.com` → `j dot smith at example dot com`.
  EMAIL;

  private static final DateTimeFormatter SPOKEN_DATE =
      DateTimeFormatter.ofPattern("EEEE, MMMM d", Locale.US);
  private static final DateTimeFormatter SPOKEN_TIME =
      DateTimeFormatter.ofPattern("h:mm a", Locale.US);

  /// @throws IllegalArgumentException naming the formats there are
  static Format of(String name) {
    for (Format format : values()) {
      if (format != PLAIN && format.name().toLowerCase(Locale.ROOT).equals(name)) {
        return format;
      }
    }
    throw new IllegalArgumentException(
        "|" + name + " is no format: there are digits, amount, date, time, phone, email");
  }

  /// The wording of `value`.
  public String apply(String value) {
    try {
      return switch (this) {
        case PLAIN -> value;
        case DIGITS -> spaced(value);
        case AMOUNT ->
            "$" + new BigDecimal(value.strip()).setScale(2, RoundingMode.HALF_UP).toPlainString();
        case DATE -> SPOKEN_DATE.format(date(value));
        case TIME -> SPOKEN_TIME.format(time(value));
        case PHONE -> phone(value);
        case EMAIL -> email(value);
      };
    } catch (DateTimeException | NumberFormatException _) {
      return value;
    }
  }

  private static String spaced(String value) {
    return value
        .codePoints()
        .filter(each -> !Character.isWhitespace(each))
        .mapToObj(Character::toString)
        .collect(Collectors.joining(" "));
  }

  private static LocalDate date(String value) {
    return value.contains("T") ? dateTime(value).toLocalDate() : LocalDate.parse(value);
  }

  private static LocalTime time(String value) {
    return value.contains("T") ? dateTime(value).toLocalTime() : LocalTime.parse(value);
  }

  private static LocalDateTime dateTime(String value) {
    boolean hasOffset =
        value.endsWith("Z") || value.lastIndexOf('+') > 0 || value.lastIndexOf('-') > 7;
    return hasOffset ? OffsetDateTime.parse(value).toLocalDateTime() : LocalDateTime.parse(value);
  }

  private static String email(String value) {
    return value
        .replace("@", " at ")
        .replace(".", " dot ")
        .replace("_", " underscore ")
        .replace("-", " dash ")
        .replace("+", " plus ")
        .strip();
  }

  private static String phone(String value) {
    String digits = value.replaceAll("\\D", "");
    String national =
        digits.length() == 11 && digits.startsWith("1") ? digits.substring(1) : digits;
    return switch (national.length()) {
      case 10 ->
          spaced(national.substring(0, 3))
              + ", "
              + spaced(national.substring(3, 6))
              + ", "
              + spaced(national.substring(6));
      case 7 -> spaced(national.substring(0, 3)) + ", " + spaced(national.substring(3));
      default -> spaced(national);
    };
  }
}
