package dev.voxlog.nlu.entities;

import dev.voxlog.schemas.CallEvent.Answer;
import dev.voxlog.schemas.Entity;
import dev.voxlog.text.NumberRun;
import dev.voxlog.text.Token;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Finds the exact things in an utterance. Stateless; safe from any thread.
public final class EntityFinder {
  private static final int SHORTEST_PHONE = 7;
  private static final int LONGEST_PHONE = 15;

  /// How sure a number is that was corrected in its midst.
  private static final double RECKONED = 0.4;

  /// What is taken back of these is taken back digit by digit.
  private static final Set<String> DIGITS = Set.of("digits", "orderId", "phone");

  private final IdRuns ids;

  /// `idLengths` are the lengths of the agent's ids in digits; a run of such a length is an
  /// `orderId` too.
  public EntityFinder(List<Integer> idLengths) {
    this.ids = new IdRuns(idLengths);
  }

  /// The entities in order of the text; what is part of a code with letters, an e-mail address,
  /// amount, date or time is not told as digits again.
  ///
  /// @param now where the caller is, to which "tomorrow" and "in an hour" are relative
  /// @param awaited what the dialogue has asked for: with digits or a code "for" may be a four, and
  ///   only where a code was asked for one is looked for
  public List<Entity> find(String text, LocalDateTime now, Answer awaited) {
    return find(text, now, awaited, 0);
  }

  /// The same where an answer of `length` characters is awaited. What the caller takes back in the
  /// same breath is not told; a number that is put together from what is left is less sure.
  public List<Entity> find(String text, LocalDateTime now, Answer awaited, int length) {
    boolean isDigitsExpected = awaited == Answer.DIGITS || awaited == Answer.CODE;
    Repairs.Repaired repaired = Repairs.of(text, awaited, length > 0 ? length : ids.onlyLength());
    List<Token> tokens = repaired.tokens();
    List<NumberRun> runs = ids.in(tokens, NumberRun.of(tokens, isDigitsExpected));
    List<Found> codes = awaited == Answer.CODE ? Codes.in(text, tokens, runs) : List.of();
    List<Found> found = new ArrayList<>(codes.stream().filter(Codes::hasLetter).toList());
    BitSet taken = new BitSet();
    found.forEach(each -> taken.set(each.from(), each.to()));
    add(found, taken, Emails.in(text, tokens, runs));
    add(found, taken, Amounts.in(tokens, runs));
    if (!isDigitsExpected) {
      List<Found> ahead = TimesAhead.in(tokens, runs, now);
      found.addAll(ahead);
      ahead.forEach(each -> taken.set(each.from(), each.to()));
      add(found, taken, Times.in(tokens, runs));
      add(found, taken, Dates.in(tokens, runs, now.toLocalDate()));
    }
    for (NumberRun run : runs) {
      Found digits = new Found("digits", run.digits(), run.from(), run.to());
      if (digits.isFree(taken)) {
        found.add(digits);
        found.addAll(readings(digits));
      }
    }
    if (awaited != Answer.CODE) {
      found.addAll(Names.in(text, tokens, runs));
    }
    codes.stream().filter(code -> code.isFree(taken)).forEach(found::add);
    Stream<Entity> entities =
        notTakenBack(found, tokens).stream().map(each -> entity(each, repaired, text));
    return Stream.concat(repaired.corrections().stream(), entities)
        .sorted(Comparator.comparingInt(Entity::start).thenComparing(Entity::kind))
        .toList();
  }

  /// "tomorrow, no, on Friday" is Friday, and so is "Friday, not tomorrow".
  private static List<Found> notTakenBack(List<Found> found, List<Token> tokens) {
    Map<Integer, List<Found>> starting = found.stream().collect(Collectors.groupingBy(Found::from));
    return found.stream()
        .filter(each -> TakingBack.denial(tokens, each.from()) < 0)
        .filter(each -> DIGITS.contains(each.kind()) || !isTakenBack(each, starting, tokens))
        .toList();
  }

  private static boolean isTakenBack(
      Found each, Map<Integer, List<Found>> starting, List<Token> tokens) {
    return IntStream.rangeClosed(each.to() + 1, each.to() + TakingBack.MOST_BETWEEN)
        .filter(at ->
            starting.getOrDefault(at, List.of()).stream()
                .anyMatch(later -> later.kind().equals(each.kind())))
        .anyMatch(at -> TakingBack.isBetween(tokens, each.to(), at));
  }

  /// What else a run of digits may be, by its length.
  private List<Found> readings(Found digits) {
    List<Found> readings = new ArrayList<>();
    int length = digits.value().length();
    if (ids.isWhole(digits.value())) {
      readings.add(new Found("orderId", digits.value(), digits.from(), digits.to()));
    }
    if (length >= SHORTEST_PHONE && length <= LONGEST_PHONE) {
      readings.add(new Found("phone", digits.value(), digits.from(), digits.to()));
    }
    return readings;
  }

  /// Whether it is digits, one too few or too many for an id.
  public boolean isNearlyAnId(Entity entity) {
    return entity.kind().equals("digits") && ids.isNearly(entity.value());
  }

  private static void add(List<Found> found, BitSet taken, List<Found> more) {
    for (Found each : more) {
      if (each.isFree(taken)) {
        found.add(each);
        taken.set(each.from(), each.to());
      }
    }
  }

  private static Entity entity(Found found, Repairs.Repaired repaired, String text) {
    List<Token> tokens = repaired.tokens().subList(found.from(), found.to());
    int start = tokens.getFirst().start();
    int end = tokens.getLast().end();
    double confidence = tokens.stream().anyMatch(repaired.reckoned()::contains) ? RECKONED : 1;
    return new Entity(
        found.kind(), found.value(), text.substring(start, end), start, end, confidence);
  }
}
