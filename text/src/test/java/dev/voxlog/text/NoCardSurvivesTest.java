package dev.voxlog.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// However a card's number is read, neither finals nor interims tell it, with the finals before
/// them.
class NoCardSurvivesTest {
  /// A phone's digits, and an "oh" of which nobody knows yet whether it is one.
  private static final int NATIONAL_PHONE = 10 + 1;

  static LongStream seeds() {
    return LongStream.range(0, 600);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void noMoreOfACardIsWrittenThanAPhoneNumberHas(long seed) {
    SpokenCard card = SpokenCard.of(seed);
    assertThat(mostShown(card, ShopCaller::calling))
        .as("%s", card)
        .isLessThanOrEqualTo(NATIONAL_PHONE);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theSameHoldsWhereAnOrderIsAskedFor(long seed) {
    SpokenCard card = SpokenCard.of(seed);
    assertThat(mostShown(card, () -> ShopCaller.calling().isAskedForAnOrder()))
        .isLessThan(card.number().length());
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whereAPhoneNumberIsAskedForACardIsNotWrittenWhole(long seed) {
    SpokenCard card = SpokenCard.of(seed);
    int most = mostShown(card, () -> ShopCaller.calling().isAskedForAPhoneNumber());
    assertThat(most).as("%s", card).isLessThan(card.number().length());
  }

  /// The most digits that the finals so far and one interim, or all finals, tell of the card.
  private static int mostShown(SpokenCard card, Supplier<ShopCaller> calls) {
    ShopCaller caller = calls.get();
    int most = 0;
    List<String> before = new ArrayList<>();
    for (String utterance : card.utterances()) {
      for (int end = utterance.indexOf(' '); end > 0; end = utterance.indexOf(' ', end + 1)) {
        String interim = caller.saysSoFar(utterance.substring(0, end));
        most = Math.max(most, shown(card, before, interim));
      }
      caller.says(utterance);
      before.add(caller.written().getLast());
      most = Math.max(most, shown(card, before, ""));
    }
    return most;
  }

  private static int shown(SpokenCard card, List<String> before, String last) {
    List<String> all = new ArrayList<>(before);
    all.add(last);
    String digits =
        all.stream()
            .flatMap(each -> Pieces.of(each, true).all().stream())
            .map(Piece::digits)
            .collect(Collectors.joining());
    assertThat(digits).as("%s", card).doesNotContain(card.number());
    return digits.length();
  }
}
