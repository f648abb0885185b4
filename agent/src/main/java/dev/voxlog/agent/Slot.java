package dev.voxlog.agent;

import dev.voxlog.schemas.CallEvent.Answer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One value a flow needs, and how it is asked for.
///
/// `length` is in characters of the value; null where any will do. An optional slot is taken when
/// the caller mentions it and never asked for. `preset` fills the slot before asking, as in
/// `{caller}`; when `presetQuestion` is there, the caller confirms it with yes or no. Of the
/// wordings of `presetQuestion` and `readBack` the first is said whose places can be filled.
/// `retries` is how often it is asked again before `keypad` (else the flow's `onGiveUp`) is used.
/// An amount above `limit` is not used; `whole` is what "all of it" stands for.
public record Slot(
    String name,
    Type type,
    @Nullable Length length,
    Answer expects,
    boolean isOptional,
    List<Template> ask,
    List<Template> reask,
    Confirm confirm,
    List<Template> readBack,
    @Nullable Template preset,
    List<Template> presetQuestion,
    int retries,
    @Nullable Template keypad,
    @Nullable Limit limit,
    @Nullable Whole whole) {

  /// ZIP and ZIP+4, Canadian, British.
  private static final Pattern POSTAL_CODE =
      Pattern.compile("\\d{5}(\\d{4})?|[A-Z]\\d[A-Z]\\d[A-Z]\\d|[A-Z]{1,2}\\d[A-Z\\d]?\\d[A-Z]{2}");

  /// What a slot holds, the entity kinds that fill it (best first), and the answer the recogniser
  /// should expect.
  public enum Type {
    ORDER_ID(Answer.DIGITS, Format.DIGITS, "orderId", "digits"),
    DIGITS(Answer.DIGITS, Format.DIGITS, "digits", "orderId"),
    /// Letters and digits. Digits within other words are none of it: the letters were misheard.
    CODE(Answer.CODE, Format.DIGITS, "code"),
    PHONE(Answer.DIGITS, Format.PHONE, "phone", "digits"),
    /// Of the United States, Canada or the United Kingdom, or five digits as in much of Europe;
    /// without spaces.
    POSTAL_CODE(Answer.CODE, Format.DIGITS, "code", "digits", "orderId"),
    EMAIL(Answer.ANYTHING, Format.EMAIL, "email"),
    DATE(Answer.ANYTHING, Format.DATE, "date"),
    TIME(Answer.ANYTHING, Format.TIME, "time"),
    AMOUNT(Answer.ANYTHING, Format.AMOUNT, "amount", "digits"),
    YES_NO(Answer.YES_NO, Format.PLAIN),
    /// All the caller's words.
    TEXT(Answer.ANYTHING, Format.PLAIN),
    NAME(Answer.ANYTHING, Format.PLAIN, "name");

    private final Answer answer;
    private final Format format;

    @SuppressWarnings("ImmutableEnumChecker") // List.of never changes
    private final List<String> entities;

    Type(Answer answer, Format format, String... entities) {
      this.answer = answer;
      this.format = format;
      this.entities = List.of(entities);
    }

    /// How a value is spoken, as in a read-back.
    public Format format() {
      return format;
    }

    public Answer answer() {
      return answer;
    }

    public List<String> entities() {
      return entities;
    }

    /// Whether a phone's keypad can give it.
    public boolean isDigits() {
      return answer == Answer.DIGITS;
    }
  }

  /// When a value heard by voice is read back before it is used.
  public enum Confirm {
    NEVER,
    /// When recogniser or understanding are not confident.
    WHEN_UNSURE,
    ALWAYS
  }

  /// The highest amount that is used, and what follows when it is more.
  public record Limit(BigDecimal atMost, Flow.Fallback over) {
    public Limit {
      new Rules()
          .that(atMost.signum() > 0, "atMost", atMost, "must be more than 0", "write atMost: 500")
          .enforce();
    }

    public boolean isExceededBy(String amount) {
      try {
        return new BigDecimal(amount.strip()).compareTo(atMost) > 0;
      } catch (NumberFormatException _) {
        return false;
      }
    }
  }

  /// An amount, where the flow's slots have the values of `when`.
  public record Whole(Template amount, Map<String, Template> when) {
    public Whole {
      when = Map.copyOf(when);
    }

    /// The amount with two decimals; empty where it is not known.
    public Optional<String> in(Values values) {
      boolean holds =
          when.entrySet().stream()
              .allMatch(each ->
                  each.getValue()
                      .fill(values)
                      .filter(value -> value.equals(values.value(each.getKey())))
                      .isPresent());
      return holds ? amount.fill(values).flatMap(Whole::plain) : Optional.empty();
    }

    private static Optional<String> plain(String amount) {
      try {
        return Optional.of(
            new BigDecimal(amount.strip()).setScale(2, RoundingMode.HALF_UP).toPlainString());
      } catch (NumberFormatException _) {
        return Optional.empty();
      }
    }
  }

  /// How many characters a value may have.
  public record Length(int min, int max) {
    public Length {
      new Rules()
          .that(
              min >= 1 && max >= min && max <= 64,
              "length",
              min + "-" + max,
              "must be from 1 to 64, the smaller first",
              "write length: 5 or length: 4-6")
          .enforce();
    }

    public boolean fits(String value) {
      return value.length() >= min && value.length() <= max;
    }

    /// The one length there is, else 0.
    public int exact() {
      return min == max ? min : 0;
    }
  }

  public Slot {
    ask = List.copyOf(ask);
    reask = List.copyOf(reask);
    readBack = List.copyOf(readBack);
    presetQuestion = List.copyOf(presetQuestion);
    new Rules()
        .that(
            Agent.isName(name),
            "name",
            name,
            "is no name",
            "use letters, digits, _ and -, a letter first")
        .that(
            !name.equals(Values.RESULT) && !name.equals(Values.CALLER),
            "name",
            name,
            "is taken by templates for something else",
            "choose another name")
        .that(
            isOptional || !ask.isEmpty(),
            "ask",
            "no wording",
            "leaves the slot without a question",
            "add ask: What's your order number?, or optional: true")
        .that(
            retries >= 0 && retries <= 10,
            "retries",
            retries,
            "must be from 0 to 10",
            "write retries: 2")
        .that(
            type != Type.CODE || expects == Answer.CODE,
            "expects",
            expects,
            "hears no letters, of which a code may have some",
            "remove expects, or write type: digits")
        .that(
            keypad == null || type.isDigits(),
            "keypad",
            keypad,
            "asks for keys, which cannot type this kind of slot",
            "remove keypad, or use a type of digits only")
        .that(
            presetQuestion.isEmpty() || preset != null,
            "presetQuestion",
            presetQuestion,
            "confirms a preset that is not there",
            "add preset: \"{caller}\"")
        .that(
            limit == null || type == Type.AMOUNT,
            "atMost",
            limit == null ? "" : limit.atMost(),
            "limits what is no amount",
            "remove atMost, or write type: amount")
        .that(
            whole == null || type == Type.AMOUNT,
            "all",
            whole == null ? "" : whole.amount().text(),
            "stands for all of what is no amount",
            "remove all, or write type: amount")
        .enforce();
  }

  /// Whether `value` has a length and form this slot takes.
  public boolean fits(String value) {
    return !value.isBlank()
        && (length == null || length.fits(value))
        && (type != Type.POSTAL_CODE || POSTAL_CODE.matcher(value).matches());
  }

  /// The one length a value has, else 0.
  public int exactLength() {
    return length == null ? 0 : length.exact();
  }

  Stream<Template> wordings() {
    return Stream.of(
            ask.stream(),
            reask.stream(),
            readBack.stream(),
            presetQuestion.stream(),
            Stream.ofNullable(keypad),
            limit == null ? Stream.<Template>empty() : limit.over().wordings())
        .flatMap(each -> each);
  }
}
