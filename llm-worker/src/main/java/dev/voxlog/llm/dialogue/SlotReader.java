package dev.voxlog.llm.dialogue;

import dev.voxlog.agent.Action;
import dev.voxlog.agent.Slot;
import dev.voxlog.schemas.Entity;
import dev.voxlog.text.Correction;
import dev.voxlog.text.MaskKind;
import dev.voxlog.text.SpokenAmount;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Finds a slot's value in what the caller said.
final class SlotReader {
  private static final Pattern NAME_LEAD =
      Pattern.compile(
          "(?i)^(?:(?:um|uh|yes|yeah|sure|okay),? )*+(?:my name is|my name's|the name is|this is|it's|it is|i'm|i am)\\s+");
  private static final int FEWEST_OF_AN_ID = 3;
  private static final Pattern DIGIT_RUN = Pattern.compile("\\d[\\d\\s-]*");
  private static final Pattern FIGURES_ONLY = Pattern.compile("[\\d\\s.,-]+");
  private static final Pattern PLAIN_AMOUNT = Pattern.compile("\\d{1,9}(\\.\\d{1,2})?");
  private static final Pattern ADDRESS = Pattern.compile("[^\\s@]{1,64}@[^\\s@]{1,190}");
  private static final int LONGEST_TEXT = 200;

  /// How sure a value is of which only a part was said again: it is read back.
  private static final double RECKONED = 0;

  /// What was found of a value.
  sealed interface Reading {}

  /// The value, with how sure it was heard, 0 to 1.
  record Value(String value, double confidence) implements Reading {}

  /// Digits, or characters of a code, that are too few yet, all there are so far.
  record Partial(String characters) implements Reading {}

  record Nothing() implements Reading {}

  private SlotReader() {}

  /// What `said` mentions of the slot without having been asked for it.
  static Reading mentioned(Slot slot, Said said) {
    List<Entity> own = ofKind(said, slot.type().entities().stream().findFirst().orElse(""));
    Optional<Value> value = lastFitting(slot, own, said);
    if (value.isEmpty() && slot.type().isDigits() && slot.length() != null) {
      value = lastFitting(slot, ofKinds(said, slot.type().entities()), said);
    }
    return value.isPresent() ? value.get() : new Nothing();
  }

  /// Whether figures are left of an id that was misheard, and nothing else that explains them: not
  /// the id that was spoken of before.
  static boolean isMisheard(Slot slot, Said said) {
    List<String> kinds = slot.type().entities();
    return slot.type() == Slot.Type.ORDER_ID
        && said.entities().stream().allMatch(each -> kinds.contains(each.kind()))
        && mentioned(slot, said) instanceof Nothing
        && (figures(said).length() >= FEWEST_OF_AN_ID
            || said.entities().stream().anyMatch(each -> each.value().length() >= FEWEST_OF_AN_ID));
  }

  private static String figures(Said said) {
    return DIGIT_RUN
        .matcher(said.text())
        .results()
        .map(each -> each.group().replaceAll("\\D", ""))
        .collect(Collectors.joining());
  }

  /// What `said` answers to the question for the slot; `partial` are digits, or characters of a
  /// code, said before.
  static Reading answered(Slot slot, Said said, String partial, Optional<Action> action) {
    return switch (slot.type()) {
      case TEXT ->
          said.text().isBlank()
              ? new Nothing()
              : new Value(said.text().strip(), said.recognition());
      case YES_NO ->
          YesNo.of(said, action)
              .<Reading>map(each -> new Value(each == YesNo.YES ? "yes" : "no", said.recognition()))
              .orElseGet(Nothing::new);
      case NAME -> name(slot, said);
      case DATE, TIME, EMAIL -> entity(slot, said);
      case AMOUNT -> amount(slot, said);
      case ORDER_ID, DIGITS, CODE, PHONE, POSTAL_CODE -> characters(slot, said, partial);
    };
  }

  /// The slot's `value` as the caller corrects a part of it.
  static Optional<Value> mended(Slot slot, Said said, String value) {
    if (slot.type() == Slot.Type.NAME) {
      return mentioned(slot, said) instanceof Value again && !again.value().equalsIgnoreCase(value)
          ? Optional.of(new Value(NameCorrection.of(value, again.value()), RECKONED))
          : Optional.empty();
    }
    String characters = lengthMatters(value);
    String plus = value.substring(0, value.length() - characters.length());
    return Correction.in(said.entities()).stream()
        .flatMap(each -> each.of(characters).stream())
        .filter(slot::fits)
        .findFirst()
        .map(each -> new Value(plus + each, RECKONED));
  }

  /// What answers to a read-back of the slot instead of yes or no: a whole value, not what is told
  /// of a part.
  static Reading instead(Slot slot, Said said) {
    List<Correction> corrections = Correction.in(said.entities());
    List<Entity> whole =
        said.entities().stream()
            .filter(each -> corrections.stream().noneMatch(part -> part.tells(each)))
            .toList();
    return corrections.isEmpty() && slot.type() != Slot.Type.NAME
        ? answered(slot, said, "", Optional.empty())
        : mentioned(slot, said.with(whole));
  }

  /// Whether `value` is one of the slot's as it is written in arguments: ISO dates and times, plain
  /// numbers.
  static boolean isWritten(Slot slot, String value) {
    boolean isPhone = slot.type() == Slot.Type.PHONE;
    return slot.fits(isPhone ? lengthMatters(value) : value)
        && switch (slot.type()) {
          case DATE -> parses(value, LocalDate::parse);
          case TIME -> parses(value, LocalTime::parse);
          case AMOUNT -> PLAIN_AMOUNT.matcher(value).matches();
          case YES_NO -> value.equals("yes") || value.equals("no");
          case EMAIL -> ADDRESS.matcher(value).matches();
          case ORDER_ID, DIGITS -> value.chars().allMatch(SlotReader::isDigit);
          case PHONE -> lengthMatters(value).chars().allMatch(SlotReader::isDigit);
          case CODE, POSTAL_CODE -> value.chars().allMatch(SlotReader::isCodeCharacter);
          case TEXT, NAME -> value.length() <= LONGEST_TEXT;
        };
  }

  private static boolean parses(String value, Function<String, ?> parser) {
    try {
      return parser.apply(value) != null;
    } catch (DateTimeException _) {
      return false;
    }
  }

  private static boolean isDigit(int character) {
    return character >= '0' && character <= '9';
  }

  private static boolean isCodeCharacter(int character) {
    return isDigit(character) || character >= 'A' && character <= 'Z';
  }

  private static Reading entity(Slot slot, Said said) {
    Optional<Value> value = lastFitting(slot, ofKinds(said, slot.type().entities()), said);
    return value.isPresent() ? value.get() : new Nothing();
  }

  /// Without a currency, "forty-nine fifty" is an amount only because one is asked for.
  private static Reading amount(Slot slot, Said said) {
    Optional<Value> named = lastFitting(slot, ofKind(said, "amount"), said);
    if (named.isPresent()) {
      return named.get();
    }
    return SpokenAmount.in(said.text())
        .map(each -> each.toPlainString())
        .filter(slot::fits)
        .<Reading>map(each -> new Value(each, said.recognition()))
        .orElseGet(() -> entity(slot, said));
  }

  private static Reading name(Slot slot, Said said) {
    Reading found = entity(slot, said);
    String words =
        NAME_LEAD
            .matcher(said.text().strip())
            .replaceFirst("")
            .replaceAll("(?<![.!?])[.!?]++$", "")
            .strip();
    boolean isName =
        found instanceof Nothing
            && said.isUnsure()
            && !MaskKind.isIn(words)
            && !words.isEmpty()
            && words.split("\\s+").length <= 4;
    return isName ? new Value(words, said.recognition()) : found;
  }

  /// A correction comes last, so the last value that fits is taken; else the pieces are put
  /// together.
  private static Reading characters(Slot slot, Said said, String partial) {
    List<Entity> found = ofKinds(said, slot.type().entities());
    Optional<Value> whole = lastFitting(slot, found, said);
    if (whole.isPresent()) {
      return whole.get();
    }
    if (!Correction.in(said.entities()).isEmpty()) {
      return mendedPart(slot, said, partial, found);
    }
    String pieces = found.stream().map(Entity::value).collect(Collectors.joining());
    double confidence = confidence(said, found);
    if (pieces.isEmpty() && mayBeInFigures(slot, said)) {
      pieces = figures(said);
    }
    if (pieces.isEmpty()) {
      return new Nothing();
    }
    for (String candidate : List.of(pieces, partial + pieces)) {
      if (slot.fits(candidate)) {
        return new Value(candidate, confidence);
      }
    }
    String sofar = partial + pieces;
    return isTooShort(slot, sofar)
        ? new Partial(sofar)
        : isTooShort(slot, pieces) ? new Partial(pieces) : new Nothing();
  }

  /// The digits said before with those said now, some of which correct what was said.
  private static Reading mendedPart(Slot slot, Said said, String partial, List<Entity> found) {
    String sofar = "";
    List<Correction> corrections = Correction.in(said.entities());
    for (Entity each : said.entities()) {
      Optional<Correction> correction = Correction.of(each);
      if (correction.isPresent()) {
        String before = sofar.isEmpty() ? partial : sofar;
        sofar = correction.get().afterPart(before, slot.exactLength());
      } else if (found.contains(each) && corrections.stream().noneMatch(part -> part.tells(each))) {
        sofar += each.value();
      }
    }
    return slot.fits(sofar)
        ? new Value(sofar, RECKONED)
        : !sofar.isEmpty() && isTooShort(slot, sofar) ? new Partial(sofar) : new Nothing();
  }

  /// Where a code is asked for, figures among other words are what is left of it when its letters
  /// were misheard.
  private static boolean mayBeInFigures(Slot slot, Said said) {
    return slot.type() != Slot.Type.CODE || FIGURES_ONLY.matcher(said.text()).matches();
  }

  private static boolean isTooShort(Slot slot, String value) {
    Slot.Length length = slot.length();
    return length != null && value.length() < length.min();
  }

  private static Optional<Value> lastFitting(Slot slot, List<Entity> entities, Said said) {
    return entities.reversed().stream()
        .filter(each -> slot.fits(lengthMatters(each.value())))
        .findFirst()
        .map(each -> new Value(each.value(), Math.min(each.confidence(), said.recognition())));
  }

  /// A phone number's plus is no digit.
  private static String lengthMatters(String value) {
    return value.startsWith("+") ? value.substring(1) : value;
  }

  /// The entities of the kinds in the order said; where two kinds cover the same words, the better
  /// kind's alone.
  private static List<Entity> ofKinds(Said said, List<String> kinds) {
    return said.entities().stream()
        .filter(each -> kinds.contains(each.kind()))
        .filter(each ->
            said.entities().stream()
                .noneMatch(other -> kinds.contains(other.kind()) && hides(other, each, kinds)))
        .toList();
  }

  private static boolean hides(Entity better, Entity worse, List<String> kinds) {
    boolean isBetter = kinds.indexOf(better.kind()) < kinds.indexOf(worse.kind());
    return isBetter
        && (better.text().contains(worse.text()) || worse.text().contains(better.text()));
  }

  private static List<Entity> ofKind(Said said, String kind) {
    return said.entities().stream().filter(each -> each.kind().equals(kind)).toList();
  }

  private static double confidence(Said said, List<Entity> entities) {
    return entities.stream().mapToDouble(Entity::confidence).reduce(said.recognition(), Math::min);
  }
}
