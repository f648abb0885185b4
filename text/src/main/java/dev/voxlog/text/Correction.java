package dev.voxlog.text;

import dev.voxlog.schemas.Entity;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the caller corrects in digits that were said before or read back, as the value of an entity
/// `correction`: `12>72` digits, `@5>3` from a place on, `@-2>72` from a place counted from the
/// end, `>72` the digits said last, `12>` only that they are wrong.
public record Correction(String wrong, String right) {
  public static final String KIND = "correction";
  private static final Pattern FORM = Pattern.compile("(@-?[1-9]\\d?|\\d*)>(\\d*)");
  private static final int FEWEST_TO_BE_KNOWN_BY = 2;

  /// All that are among these entities, in the order to be tried.
  public static List<Correction> in(List<Entity> entities) {
    return entities.stream().flatMap(each -> of(each).stream()).toList();
  }

  public static Optional<Correction> of(Entity entity) {
    Matcher form = FORM.matcher(entity.value());
    return entity.kind().equals(KIND) && form.matches()
        ? Optional.of(new Correction(form.group(1), form.group(2)))
        : Optional.empty();
  }

  /// Digits from the `place`th on, from 1; from the end where it is below 0.
  public static Correction at(int place, String right) {
    return new Correction("@" + place, right);
  }

  /// As an entity's value.
  public String value() {
    return wrong + ">" + right;
  }

  /// Whether the entity is the digits that are right, which are no whole value.
  public boolean tells(Entity entity) {
    return !right.isEmpty() && entity.value().equals(right);
  }

  /// Whether it says that the value is wrong, and not what is right.
  public boolean denies(String value) {
    return right.isEmpty() && !wrong.isEmpty() && value.contains(wrong);
  }

  /// The whole value with what is right in it; empty where it is not plain which digits are meant.
  public Optional<String> of(String value) {
    if (right.isEmpty()) {
      return Optional.empty();
    }
    int at =
        wrong.isEmpty()
            ? onlyNearMiss(value)
            : wrong.startsWith("@") ? place(value) : onlyPlace(value);
    return at < 0 || at + right.length() > value.length()
        ? Optional.empty()
        : Optional.of(value.substring(0, at) + right + value.substring(at + right.length()))
            .filter(each -> !each.equals(value));
  }

  private int place(String value) {
    int place = Integer.parseInt(wrong.substring(1));
    return place > 0 ? place - 1 : value.length() + place;
  }

  private int onlyPlace(String value) {
    int at = value.indexOf(wrong);
    boolean isOnly = at >= 0 && value.indexOf(wrong, at + 1) < 0;
    return isOnly && wrong.length() == right.length() ? at : -1;
  }

  /// Where all but one of the digits that are right stand already, if that is one place: seven two
  /// for the 12 of 45812.
  private int onlyNearMiss(String value) {
    int found = -1;
    for (int at = 0; at + right.length() <= value.length(); at++) {
      if (right.length() >= FEWEST_TO_BE_KNOWN_BY && misses(value, at) == 1) {
        if (found >= 0) {
          return -1;
        }
        found = at;
      }
    }
    return found;
  }

  private int misses(String value, int at) {
    int misses = 0;
    for (int n = 0; n < right.length(); n++) {
      misses += value.charAt(at + n) == right.charAt(n) ? 0 : 1;
    }
    return misses;
  }

  /// The digits said so far of a value of `length`, 0 if that is not known, with the last of them
  /// as they are right: "four five eight", "no, seven one two".
  public String afterPart(String part, int length) {
    if (right.isEmpty() || part.isEmpty()) {
      return part + right;
    }
    if (!wrong.isEmpty()) {
      return of(part).orElse(part);
    }
    int tooMany = part.length() + right.length() - length;
    boolean isFromTheStart = length > 0 && right.length() >= length;
    int kept =
        isFromTheStart
            ? 0
            : length > 0 && tooMany >= 0 ? part.length() - tooMany : part.length() - 1;
    return part.substring(0, Math.max(0, kept)) + right;
  }
}
