package dev.voxlog.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is told of keys where orders have five digits and phone numbers up to fifteen.
class PressedKeysTest {
  private static final String CARD = "4111111111111111";

  private final PressedKeys keys = keys(true);
  private final List<String> told = new ArrayList<>();
  private long nowMs = 60_000;

  private static PressedKeys keys(boolean cards) {
    return new PressedKeys(new Masker(ShopCaller.agent(cards, false, false)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "*", "48213", "48213#", "4155550132", "4155550132#"})
  void whatMenusAndOrdersNeedIsToldKeyByKey(String pressed) {
    presses(pressed).rests();
    assertThat(told).containsExactly(pressed.split(""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {CARD, "378282246310005", "30569309025904", "5555555555554444", "6011111111111117"})
  void ofACardItsFirstTenDigitsAreTold(String card) {
    presses(card + "#").rests();
    assertThat(told).startsWith(card.substring(0, 10).split("")).endsWith("x", "#");
    assertThat(String.join("", told))
        .isEqualTo(card.substring(0, 10) + "x".repeat(card.length() - 10) + "#");
  }

  @Test
  void whatIsPressedAfterACardWithoutAPauseIsNotToldEither() {
    presses(CARD + "1227" + "123").rests();
    assertThat(String.join("", told)).isEqualTo(CARD.substring(0, 10) + "x".repeat(13));
  }

  @Test
  void aCardWithAWrongDigitIsLongerThanAnythingThatIsAskedFor() {
    presses("4111111111111112#").rests();
    assertThat(String.join("", told)).isEqualTo("4111111111xxxxxx#");
  }

  @ParameterizedTest
  @CsvSource({"442079460958,xx,58", "4915112345678,xxx,678", "0044207946095,xxx,095"})
  void aLongPhoneNumberIsToldOnceItRests(String phone, String withheld, String rest) {
    presses(phone);
    assertThat(String.join("", told)).isEqualTo(phone.substring(0, 10) + withheld);
    rests();
    assertThat(told).last().isEqualTo("x" + rest);
  }

  @Test
  void aLongPhoneNumberIsToldBeforeTheKeyThatEndsIt() {
    presses("442079460958#");
    assertThat(told).endsWith("x", "x", "x58", "#");
  }

  @Test
  void aLongPhoneNumberIsToldWhenTheCallerLeaves() {
    presses("44207946095");
    told.addAll(keys.end());
    assertThat(told).endsWith("x", "x5");
    assertThat(keys.end()).isEmpty();
  }

  @Test
  void anOrderAfterOthersIsNotHeldUp() {
    presses("48213").pauses(1_200).presses("55120").pauses(1_200).presses("66334");
    assertThat(String.join("", told)).isEqualTo("4821355120" + "xxxxx" + "x66334");
    pauses(6_000).presses("77410");
    assertThat(told).endsWith("7", "7", "4", "1", "0");
  }

  @Test
  void groupsWithPausesAreOneNumber() {
    presses("4111").pauses(3_000).presses("1111").pauses(3_000).presses("1111");
    pauses(1_000).presses("1111").rests();
    assertThat(String.join("", told)).isEqualTo("4111111111" + "xxxxxx");
  }

  @Test
  void whatRestsInTheMidstOfACardIsToldUpToThere() {
    presses(CARD.substring(0, 12)).rests();
    presses(CARD.substring(12)).rests();
    assertThat(String.join("", told)).isEqualTo("4111111111" + "xx" + "x11" + "xxxx");
  }

  @Test
  void aFirstDigitOrTwoThatLookLikeAMenusChoiceHideNoCard() {
    presses("41").pauses(2_000).presses(CARD.substring(2)).rests();
    assertThat(String.join("", told)).isEqualTo("4111111111" + "xxxxxx");
  }

  @Test
  void aMenusChoiceBeforeACardHidesItNot() {
    presses("2").pauses(1_500).presses(CARD).rests();
    assertThat(String.join("", told)).isEqualTo("2411111111" + "x".repeat(7));
  }

  @Test
  void everythingIsToldWhereCardsAreKept() {
    PressedKeys all = keys(false);
    for (String each : CARD.split("")) {
      assertThat(all.press(each, 0)).containsExactly(each);
    }
    assertThat(all.rest(10_000)).isEmpty();
  }

  /// However fast or slow: with pauses shorter than what ends an order's number, no more than its
  /// first ten digits.
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void noMoreThanTheBeginningOfACardIsTold(long seed) {
    SpokenCard card = SpokenCard.of(seed);
    Random random = new Random(seed);
    for (String each : card.number().split("")) {
      pauses(random.nextInt(900)).presses(each);
      told.addAll(keys.rest(nowMs));
    }
    rests();
    assertThat(String.join("", told).replace("x", "")).isEqualTo(card.number().substring(0, 10));
  }

  private PressedKeysTest presses(String pressed) {
    for (String each : pressed.split("")) {
      told.addAll(keys.press(each, nowMs));
      nowMs += 80;
    }
    return this;
  }

  /// While the caller's silence is heard.
  private PressedKeysTest pauses(long ms) {
    for (long end = nowMs + ms; nowMs < end; nowMs += 20) {
      if (ms < 1_500) {
        told.addAll(keys.rest(nowMs));
      }
    }
    return this;
  }

  private void rests() {
    told.addAll(keys.rest(nowMs += 2_000));
  }
}
