package dev.voxlog.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Finds card numbers, and what may become or have been one, among the pieces of a text.
///
/// Two rules, of which either is enough. Pieces that together pass as a card's number are one,
/// whatever is said between them. And where more digits follow each other than anything has that
/// may be said here, they are masked too: a digit may have been misheard, or the rest is still to
/// come.
final class CardFinder {
  /// A number with its country code.
  private static final int LONGEST_PHONE = 15;

  private static final int NATIONAL_PHONE = 10;

  /// A number that begins with a code no card begins with.
  private static final int PHONE_OF_FAR_AWAY = 13;

  /// The digits of a card that name its issuer.
  private static final int ISSUER = 8;

  private static final int GROUP = 4;
  private static final int SHORTEST_GROUP = 3;
  private static final int MOST_BREAKS = 3;
  private static final int SHORTEST_PHONE = 7;
  private static final int SHORTEST_CODE = 3;
  private static final int LONGEST_CODE = 4;

  private final Said said;
  private final List<Piece> chain;
  private final OwnNumbers own;
  private final boolean isWhole;
  private final Map<Integer, MaskKind> found = new HashMap<>();

  CardFinder(Said said, Set<Integer> idLengths, boolean isWhole) {
    this.said = said;
    this.chain = said.chain();
    this.own = new OwnNumbers(idLengths);
    this.isWhole = isWhole;
  }

  /// What is masked of the text's pieces, by their position in it; `isCounting` if the pieces are
  /// sure to be digits: only then are they counted.
  Map<Integer, MaskKind> found(boolean isCounting) {
    List<Integer> all = IntStream.range(0, chain.size()).boxed().toList();
    findCards(all);
    List<Integer> meant = all.stream().filter(at -> !isTakenBack(at)).toList();
    if (meant.size() < all.size()) {
      findCards(meant);
    }
    if (isCounting) {
      findLongNumbers();
      findCodes();
    }
    return found.entrySet().stream()
        .filter(each -> each.getKey() >= said.first())
        .collect(Collectors.toMap(each -> each.getKey() - said.first(), Map.Entry::getValue));
  }

  private boolean isTakenBack(int at) {
    return at + 1 < chain.size() && chain.get(at + 1).isCorrection();
  }

  // Whole numbers.

  private void findCards(List<Integer> positions) {
    for (int from = 0; from < positions.size(); from++) {
      Joined joined = new Joined();
      for (int to = from; to < positions.size() && joined.takes(positions.get(to)); to++) {
        if (joined.isCard()) {
          int first = positions.get(from);
          int last = positions.get(to);
          IntStream.rangeClosed(first, last).forEach(at -> found.put(at, MaskKind.CARD));
        }
      }
    }
  }

  /// Pieces one after another, up to a few times with other words between: many numbers of a long
  /// story would together pass as a card's sooner or later.
  private final class Joined {
    private final StringBuilder digits = new StringBuilder();
    private int pieces;
    private int breaks;
    private int sinceBreak;
    private boolean hasId;

    /// Adds the piece if it may go on with what there is.
    private boolean takes(int at) {
      Piece piece = chain.get(at);
      boolean isBreak = pieces > 0 && !piece.follows();
      breaks += isBreak ? 1 : 0;
      boolean isApart =
          isBreak && sinceBreak < SHORTEST_GROUP
              || breaks > MOST_BREAKS
              || breaks > 0 && (hasId || OwnNumbers.isPhone(piece));
      if (piece.isMasked() || isApart || digits.length() > CardNumber.LONGEST) {
        return false;
      }
      sinceBreak = isBreak ? piece.length() : sinceBreak + piece.length();
      digits.append(piece.digits());
      pieces++;
      // A card's last group alone may be as long as an id.
      hasId |= own.isId(piece);
      return true;
    }

    private boolean isCard() {
      boolean isOnePiece = pieces == 1;
      boolean isBroken = breaks > 0 && sinceBreak < SHORTEST_GROUP;
      return !isBroken
          && CardNumber.mayHave(digits.length())
          && CardNumber.is(digits.toString(), !isOnePiece || isNumberExpected(digits.length()));
    }
  }

  private boolean isNumberExpected(int digits) {
    return said.awaited().allows(digits)
        || digits <= LONGEST_PHONE && said.speaksOf(Topics.PHONE) && !said.speaksOf(Topics.CARD);
  }

  // Too many digits.

  private void findLongNumbers() {
    Stretch stretch = new Stretch();
    for (int at = 0; at < chain.size(); at++) {
      if (!chain.get(at).follows()) {
        stretch = new Stretch();
      }
      if (stretch.isTooLongWith(at)) {
        stretch.tell();
      }
    }
  }

  /// Pieces that follow each other with no more than hesitation between.
  private final class Stretch {
    private final List<Integer> untold = new ArrayList<>();
    private final List<String> counted = new ArrayList<>();
    private String phone = "";
    private boolean isMasking;
    private boolean isCard;
    private boolean hasOwnOnly = true;

    /// Takes a piece; whether that is too many digits.
    private boolean isTooLongWith(int at) {
      Piece piece = chain.get(at);
      if (piece.isMasked() || found.containsKey(at)) {
        isMasking = true;
        isCard = true;
        hasOwnOnly = false;
        return false;
      }
      if (isAwaited(piece, at)) {
        return false;
      }
      if (!isMasking && hasOwnOnly && isOwn(piece, at)) {
        phone = OwnNumbers.isPhone(piece) ? piece.digits() : "";
        return false;
      }
      hasOwnOnly = false;
      count(piece);
      untold.add(at);
      isMasking = isMasking || length() > allowedHere();
      return isMasking;
    }

    /// Cards are read in groups of four, phone numbers hardly.
    private int allowedHere() {
      String digits = String.join("", counted);
      boolean isInFours =
          counted.size() > 2
              && counted.stream().limit(2).allMatch(each -> each.length() == GROUP)
              && CardNumber.mayBegin(digits);
      boolean isOnlyBegun = !isWhole && CardNumber.mayBegin(digits);
      int most = isInFours ? ISSUER : isOnlyBegun ? NATIONAL_PHONE : Integer.MAX_VALUE;
      return Math.min(most, allowed(digits));
    }

    private void count(Piece piece) {
      if (piece.isCorrection() && !counted.isEmpty()) {
        counted.removeLast();
      }
      boolean goesOn =
          counted.isEmpty()
              && !phone.isEmpty()
              && piece.length() < SHORTEST_PHONE
              && !phone.startsWith(piece.digits());
      if (goesOn) {
        // Ten digits that others follow, not being said again, are no phone's.
        counted.add(phone);
        phone = "";
      }
      counted.add(piece.digits());
    }

    private int length() {
      return counted.stream().mapToInt(String::length).sum();
    }

    private void tell() {
      MaskKind kind = kind();
      untold.forEach(each -> found.putIfAbsent(each, kind));
      untold.clear();
    }

    private MaskKind kind() {
      isCard |=
          said.speaksOf(Topics.CARD)
              || said.goesOnWith(Topics.CARD)
              || CardNumber.mayBegin(counted.getFirst());
      return isCard ? MaskKind.CARD : MaskKind.LONG_NUMBER;
    }
  }

  private boolean isAwaited(Piece piece, int at) {
    return at >= said.first() && piece.isAlone() && piece.length() == said.awaited().exactly();
  }

  /// While more may come, what is as long as an order's number may be a card's beginning.
  private boolean isOwn(Piece piece, int at) {
    boolean isPhone = piece.isAlone() && OwnNumbers.isPhone(piece) && !said.speaksOf(Topics.CARD);
    return (isWhole || at < said.first()) && (own.isId(piece) || isPhone);
  }

  /// How many digits that begin so may follow each other.
  private int allowed(String digits) {
    boolean isOfACard = said.speaksOf(Topics.CARD);
    boolean isOfAPhone = said.speaksOf(Topics.PHONE);
    int awaited = said.awaited().atMost();
    if (isOfACard && !isOfAPhone) {
      return Math.max(ISSUER, said.awaited().exactly());
    }
    if (isOfAPhone && !isOfACard) {
      return Math.max(awaited, LONGEST_PHONE + prefix(digits));
    }
    if (said.goesOnWith(Topics.CARD) && awaited == 0) {
      return ISSUER;
    }
    boolean isStillOfAPhone = said.goesOnWith(Topics.PHONE);
    int usual = isStillOfAPhone ? LONGEST_PHONE + prefix(digits) : unasked(digits);
    return Math.max(awaited, usual);
  }

  private static int unasked(String digits) {
    return switch (digits.charAt(0)) {
      case '0' -> LONGEST_PHONE + prefix(digits);
      case '1' -> NATIONAL_PHONE + 1;
      case '2', '3', '4', '5', '6' -> NATIONAL_PHONE;
      default -> PHONE_OF_FAR_AWAY;
    };
  }

  /// What is dialled before a country code.
  private static int prefix(String digits) {
    return digits.startsWith("00") ? 2 : digits.startsWith("011") ? 3 : 0;
  }

  // What follows a card's number.

  /// Three or four digits that are called so, or that come after a card's number.
  private void findCodes() {
    boolean isCalledSo =
        said.speaksOf(Topics.SECURITY_CODE)
            || said.goesOnWith(Topics.SECURITY_CODE) && said.text().areAllThereIs();
    boolean isAfterACard = false;
    for (int at = said.first(); at < chain.size(); at++) {
      Piece piece = chain.get(at);
      boolean isCode = piece.length() >= SHORTEST_CODE && piece.length() <= LONGEST_CODE;
      if (isCode && (isCalledSo || isAfterACard) && !isAwaited(piece, at)) {
        found.putIfAbsent(at, MaskKind.SECURITY_CODE);
      }
      isAfterACard |= piece.isMasked() || found.containsKey(at);
    }
  }
}
