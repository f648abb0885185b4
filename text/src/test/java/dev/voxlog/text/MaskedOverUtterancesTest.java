package dev.voxlog.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is written of numbers that are said over several utterances, and before they are whole.
class MaskedOverUtterancesTest {

  @Test
  void aCardReadInFourGroupsIsKeptOfItsFirstTwoAtMost() {
    assertThat(
            ShopCaller.calling()
                .says("4111")
                .says("1111")
                .says("uh, 1111")
                .says("and then 1111.")
                .written())
        .containsExactly("4111", "1111", "uh, [card number]", "and then [card number].");
  }

  @Test
  void whoSaysThatItIsACardIsKeptOfItsIssuerAtMost() {
    assertThat(
            ShopCaller.calling()
                .says("My card number is")
                .says("3782")
                .says("822463")
                .says("10005")
                .written())
        .containsExactly("My card number is", "3782", "[card number]", "[card number]");
  }

  @Test
  void groupsOfFourAreACardsAlsoWhereAPhoneNumberIsAskedFor() {
    assertThat(
            ShopCaller.calling()
                .isAskedForAPhoneNumber()
                .says("4111")
                .says("1111")
                .says("1112")
                .says("1111")
                .written())
        .containsExactly("4111", "1111", "[card number]", "[card number]");
  }

  @Test
  void theLastGroupOfACardIsMaskedAlsoWhereAnOrderHasSoManyDigits() {
    assertThat(
            ShopCaller.calling()
                .isAskedForAnOrder()
                .says("3782")
                .says("822463")
                .says("10005")
                .written())
        .containsExactly("3782", "822463", "[card number]");
  }

  @Test
  void aCardOfTwoHalvesIsMaskedInTheSecond() {
    assertThat(ShopCaller.calling().says("4111 1111").says("1111 1111").written())
        .containsExactly("4111 1111", "[card number]");
    assertThat(ShopCaller.calling().says("4111 1111 11").says("11 1112").written())
        .containsExactly("4111 1111 11", "[card number]");
  }

  @Test
  void whatIsSaidBetweenTheGroupsHidesNoCard() {
    assertThat(
            ShopCaller.calling()
                .says("4111 1111")
                .says("hold on, I have to get my glasses")
                .says("so it was 1111 1111")
                .written())
        .last()
        .isEqualTo("so it was [card number]");
  }

  @Test
  void theSecurityCodeAfterACardIsMasked() {
    assertThat(ShopCaller.calling().says("4111 1111 1111 1111").says("123").written())
        .containsExactly("[card number]", "[card number]");
    assertThat(
            ShopCaller.calling()
                .says("4111 1111 1111 1111")
                .says("and the security code is")
                .says("nine oh two")
                .written())
        .last()
        .isEqualTo("[security code]");
  }

  @Test
  void anOrderIsUnderstoodAfterACardWasMasked() {
    assertThat(
            ShopCaller.calling()
                .says("4111 1111 1111 1111")
                .says("oh okay my order is 48213")
                .written())
        .last()
        .isEqualTo("oh okay my order is 48213");
    assertThat(
            ShopCaller.calling()
                .says("4111 1111 1111 1111")
                .isAskedForAnOrder()
                .says("48213")
                .written())
        .last()
        .isEqualTo("48213");
    assertThat(
            ShopCaller.calling()
                .says("4111 1111 1111 1111")
                .isSilentForSeconds(30)
                .says("48213")
                .written())
        .last()
        .isEqualTo("48213");
  }

  @Test
  void ordersOneAfterAnotherStayAsTheyAre() {
    assertThat(
            ShopCaller.calling().says("48213").says("55120").says("66334").says("77410").written())
        .containsExactly("48213", "55120", "66334", "77410");
  }

  @Test
  void aNumberThatIsSaidAgainStaysAsItIs() {
    assertThat(
            ShopCaller.calling()
                .isAskedForAnOrder()
                .says("four eight two")
                .says("48213")
                .isAskedYesOrNo()
                .says("no, 48218")
                .isAskedForAnOrder()
                .says("48128")
                .written())
        .containsExactly("four eight two", "48213", "no, 48218", "48128");
    assertThat(
            ShopCaller.calling()
                .isAskedForAPhoneNumber()
                .says("415 555 0132")
                .isAskedYesOrNo()
                .says("no, 415 555 0133")
                .says("415 555 0134")
                .says("no no, four four")
                .written())
        .containsExactly("415 555 0132", "no, 415 555 0133", "415 555 0134", "no no, four four");
    assertThat(
            ShopCaller.calling()
                .isAskedForAPhoneNumber()
                .says("415 555")
                .says("0132")
                .says("sorry, 0133")
                .says("no, 0134")
                .written())
        .containsExactly("415 555", "0132", "sorry, 0133", "no, 0134");
  }

  @Test
  void aCodeThatIsAskedForStaysAsItIs() {
    assertThat(
            ShopCaller.calling()
                .isAsked(dev.voxlog.schemas.CallEvent.Answer.DIGITS, 4)
                .says("my security code is 1234")
                .written())
        .containsExactly("my security code is 1234");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "four one one one one | four one one one one",
        "four one one one one one one one one one | four one one one one one one one one one",
        "four one one one one one one one one one one | [card number]",
        "my card is four one one one one one one one | my card is four one one one one one one one",
        "my card is four one one one one one one one one | my card is [card number]",
        "one four one five five five five oh one three two | one four one five five five five oh one three two",
      })
  void anInterimShowsNoMoreThanWhatMayStillBeAnOrderOrAPhoneNumber(String said, String written) {
    assertThat(ShopCaller.calling().saysSoFar(said)).isEqualTo(written);
  }

  @Test
  void anInterimGoesOnFromTheUtteranceBefore() {
    ShopCaller caller = ShopCaller.calling().says("4111 1111");
    assertThat(caller.saysSoFar("1 1")).isEqualTo("1 1");
    assertThat(caller.saysSoFar("1 1 1 1 1")).isEqualTo("[card number]");
  }
}
