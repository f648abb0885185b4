package dev.voxlog.text;

import dev.voxlog.agent.Agent;
import dev.voxlog.agent.Masking;
import dev.voxlog.agent.Slot;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallEvent.Answer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Takes what an agent does not keep out of what its callers say. Stateless; safe from any thread.
///
/// What a text may hold depends on what was said before it ([Heard]) and on what the dialogue waits
/// for ([Awaited]).
public final class Masker {
  private final Masking masking;
  private final Set<Integer> idLengths;
  private final Map<Answer, Integer> longest = new EnumMap<>(Answer.class);

  public Masker(Agent agent) {
    this.masking = agent.masking();
    this.idLengths =
        agent
            .slots()
            .filter(slot -> slot.type().isDigits())
            .map(Slot::exactLength)
            .filter(length -> length >= OwnNumbers.SHORTEST)
            .collect(Collectors.toUnmodifiableSet());
    agent.slots().forEach(slot -> longest.merge(slot.expects(), longest(slot), Math::max));
  }

  private static int longest(Slot slot) {
    Slot.Length length = slot.length();
    return length != null
        ? length.max()
        : switch (slot.type()) {
          case PHONE -> Awaited.LONGEST_PHONE;
          case POSTAL_CODE -> Awaited.LONGEST_POSTAL_CODE;
          default -> Awaited.ANY_LENGTH;
        };
  }

  /// The digits that may answer what the dialogue waits for. To the question whether a number is
  /// right, the right one is an answer too.
  public Awaited awaited(CallEvent.@Nullable Expects expects) {
    if (expects == null) {
      return Awaited.ANYTHING;
    }
    return switch (expects.answer()) {
      case DIGITS, CODE ->
          expects.length() > 0
              ? new Awaited(expects.length(), expects.length())
              : new Awaited(0, longest.getOrDefault(expects.answer(), 0));
      case YES_NO -> new Awaited(0, longest.getOrDefault(Answer.DIGITS, 0));
      case ANYTHING, UNKNOWN -> Awaited.ANYTHING;
    };
  }

  /// The digits that may be typed for a slot.
  public Awaited awaited(Slot slot) {
    return slot.exactLength() > 0
        ? new Awaited(slot.exactLength(), slot.exactLength())
        : new Awaited(0, longest(slot));
  }

  /// `isWhole` if no more words of the utterance are to come: five digits may then be an order's
  /// number, before that they may be a card's beginning.
  public Masked mask(String text, Heard before, Awaited awaited, boolean isWhole) {
    Parts parts = new Parts(text);
    Said said = new Said(Pieces.of(text, false), before, awaited);
    Said mayBeSaid = new Said(Pieces.of(text, true), before, awaited);
    findDigits(said, true, isWhole, parts);
    if (!mayBeSaid.chain().equals(said.chain())) {
      findDigits(mayBeSaid, false, isWhole, parts);
    }
    if (masking.ibans()) {
      Ibans.in(text, said, false).forEach(parts::add);
      Ibans.in(text, mayBeSaid, true).forEach(parts::add);
    }
    return parts.masked();
  }

  /// `isCounting` if the pieces are sure to be digits.
  private void findDigits(Said said, boolean isCounting, boolean isWhole, Parts parts) {
    if (masking.cards()) {
      parts.add(said.text(), new CardFinder(said, idLengths, isWhole).found(isCounting));
    }
    if (masking.socialSecurityNumbers()) {
      parts.add(said.text(), SocialSecurityNumbers.in(said));
    }
  }

  // Keys.

  boolean masksCards() {
    return masking.cards();
  }

  /// The most keys that can answer anything.
  int mostKeys() {
    return longest.getOrDefault(Answer.DIGITS, 0);
  }

  /// Whether a number that is asked for is whole with so many digits.
  boolean isWholeId(int digits) {
    return idLengths.contains(digits);
  }

  /// Whether the last of the digits are a card's number.
  boolean endsWithCard(String digits) {
    int longestHere = Math.min(CardNumber.LONGEST, digits.length());
    for (int length = CardNumber.SHORTEST; length <= longestHere; length++) {
      boolean mayBeAsked = length <= mostKeys();
      if (CardNumber.is(digits.substring(digits.length() - length), mayBeAsked)) {
        return true;
      }
    }
    return false;
  }

  /// Whether keys typed one after another are a card's number.
  public boolean isCard(String digits, Awaited awaited) {
    return masking.cards() && CardNumber.is(digits, awaited.allows(digits.length()));
  }
}
