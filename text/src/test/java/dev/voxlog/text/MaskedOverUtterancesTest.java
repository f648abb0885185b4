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

  // Social security numbers and bank accounts.

  @Test
  void aSocialSecurityNumberIsMaskedInTheUtteranceAfterAlsoBesideAnotherNumber() {
    assertThat(
            ShopCaller.callingWhereAllIsMasked()
                .says("my social security number is")
                .says("123 45")
                .says("6789")
                .written())
        .containsExactly(
            "my social security number is", "[social security number]", "[social security number]");
    assertThat(
            ShopCaller.callingWhereAllIsMasked()
                .says("my order is 48213 and my social is")
                .says("123 45 6789")
                .written())
        .last()
        .isEqualTo("[social security number]");
  }

  @Test
  void anInterimShowsNothingOfASocialSecurityNumber() {
    ShopCaller caller = ShopCaller.callingWhereAllIsMasked();
    assertThat(caller.saysSoFar("order 48213 and my social is 1 2 3"))
        .isEqualTo("order 48213 and my social is [social security number]");
  }

  @Test
  void aBankAccountReadInGroupsIsKeptOfItsBankAtMost() {
    assertThat(
            ShopCaller.callingWhereAllIsMasked()
                .says("DE89 3704 0044")
                .says("0532 0130 00")
                .written())
        .containsExactly("DE89 3704 0044", "[bank account number]");
    assertThat(
            ShopCaller.callingWhereAllIsMasked()
                .says("D E eight nine")
                .says("three seven oh four")
                .says("oh oh four four")
                .says("uh, oh five three two")
                .says("oh one three oh")
                .says("oh oh")
                .written())
        .containsExactly(
            "D E eight nine",
            "three seven oh four",
            "oh oh four four",
            "uh, [bank account number]",
            "[bank account number]",
            "[bank account number]");
  }

  @Test
  void whoSaysThatItIsABankAccountIsKeptOfItsCountryAtMost() {
    assertThat(
            ShopCaller.callingWhereAllIsMasked()
                .says("my IBAN is")
                .says("GB82 WEST")
                .says("1234 5698")
                .says("7654 32")
                .written())
        .containsExactly(
            "my IBAN is",
            "[bank account number]",
            "[bank account number]",
            "[bank account number]");
  }

  @Test
  void anInterimShowsABankAccountNoFurtherThanItsBank() {
    ShopCaller caller = ShopCaller.callingWhereAllIsMasked();
    assertThat(caller.saysSoFar("DE89 3704 0044")).isEqualTo("DE89 3704 0044");
    assertThat(caller.saysSoFar("DE89 3704 0044 05")).isEqualTo("[bank account number]");
    assertThat(caller.saysSoFar("my IBAN is DE89 3")).isEqualTo("my IBAN is [bank account number]");
    caller.says("DE89 3704 0044");
    assertThat(caller.saysSoFar("05")).isEqualTo("[bank account number]");
  }

  @Test
  void anOrderIsUnderstoodAfterABankAccountWasMasked() {
    assertThat(
            ShopCaller.callingWhereAllIsMasked()
                .says("my IBAN is DE89 3704 0044 0532 0130 00")
                .isAskedForAnOrder()
                .says("48213")
                .says("I want my order 48213")
                .written())
        .containsExactly("my IBAN is [bank account number]", "48213", "I want my order 48213");
  }

  @Test
  void whatIsTypedInTwoTextsIsMaskedInTheSecond() {
    TypedWords cards = new TypedWords(new Masker(ShopCaller.agent(true, false, false)));
    assertThat(cards.type("4111 1111", 0)).isEqualTo("4111 1111");
    assertThat(cards.type("1111 1111", 0)).isEqualTo("[card number]");
    assertThat(cards.type("my order is 48213", 4_000)).isEqualTo("my order is 48213");

    TypedWords all = new TypedWords(new Masker(ShopCaller.agent(true, true, true)));
    assertThat(all.type("my social security number is", 0))
        .isEqualTo("my social security number is");
    assertThat(all.type("123 45 6789", 0)).isEqualTo("[social security number]");
    assertThat(all.type("DE89 3704 0044", 60_000)).isEqualTo("DE89 3704 0044");
    assertThat(all.type("0532 0130 00", 60_000)).isEqualTo("[bank account number]");
  }

  @Test
  void whatAnOlderVersionRememberedIsReadWithoutWhatWasSpelled() {
    Heard heard = Heard.NOTHING.and("4111 1111", 0, 1_000);
    byte[] bytes = heard.bytes();
    byte[] older = java.util.Arrays.copyOf(bytes, bytes.length - 1 - heard.spelled().length());
    Heard read = Heard.read(java.nio.ByteBuffer.wrap(older));
    assertThat(read.pieces()).extracting(Piece::digits).containsExactly("41111111");
    assertThat(read.spelled()).isEmpty();
  }
}
