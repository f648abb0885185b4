package dev.voxlog.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is written of what one utterance says.
class MaskerTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "My card number is 4111 1111 1111 1111. | My card number is [card number].",
        "4111-1111-1111-1111 | [card number]",
        "4111111111111111 | [card number]",
        "4, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1. | [card number].",
        "4.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1 | [card number]",
        "41:11 11:11 11:11 11:11 | [card number]",
        "four one one one one one one one one one one one one one one one | [card number]",
        "it's four triple one, quadruple one, double one double one and four ones | it's [card number]",
        "Four, one, one, one, uh, one, one, one, one, um, one one one one, one one one one please | [card number] please",
        "forty one eleven eleven eleven eleven eleven eleven eleven | [card number]",
        "forty-one hundred eleven, eleven hundred and eleven, eleven hundred eleven, eleven eleven | [card number]",
        "fifty five oh five fifty five fifty five fifty five fifty five fifty five fifty four | [card number]",
        "five five five five five five five five five five five five four four four four | [card number]",
        "three seven eight two eight two two four six three one oh oh oh five | [card number]",
        "3782 822463 10005 | [card number]",
        "3056 9309 0259 04 | [card number]",
        "six oh one one, one one one one, one one one one, one one one seven | [card number]",
        "4111 1111 let me get my glasses here they are 1111 1111 | [card number] let me get my glasses here they are [card number]",
        "4111 1111 one second 1111 1111 thanks | [card number] thanks",
        "Can I pay with 4111 1111 1111 1111, it expires in May. | Can I pay with [card number], it expires in May.",
        "4111 1111 1111 1111 and the security code is 123 | [card number] and the security code is [security code]",
        "4111 1111 1111 1111, on the back it says nine oh two | [card number], on the back it says [security code]",
        "the CVV is 1234 | the CVV is [security code]",
        "cvc one two three | cvc [security code]",
        "order 48213 card 4111 1111 1111 1111 | order 48213 card [card number]",
        "4111 1111 1111 1112 sorry 1111 1111 1111 1111 | [card number]",
        "4111 1111 1112 no sorry 1111 1111 | [card number]",
        "six two two one two six one two three four five six seven eight nine oh one two three | [card number]",
        "İİİİİİİİİİİİ 4111 1111 1111 1111 is mine | İİİİİİİİİİİİ [card number] is mine",
        "４１１１ １１１１ １１１１ １１１１ | [card number]",
        "٤١١١ ١١١١ ١١١١ ١١١١ | [card number]",
      })
  void aCardNumberIsMaskedHoweverItIsSaid(String said, String written) {
    assertThat(ShopCaller.calling().says(said).written()).containsExactly(written);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4111 1111 1111 1112",
        "four one one one one one one one one one one one one one one two",
        "my card is four one one one one one one one one",
        "5500 0000 0000 000",
        "visa 4222 2222 22"
      })
  void whatIsLongerThanAnythingThatMayBeSaidIsMaskedWhateverItsCheckDigit(String said) {
    String written = ShopCaller.calling().says(said).written().getFirst();
    assertThat(written).contains("[card number]").doesNotContainPattern("\\d");
    assertThat(Pieces.of(written, true).all()).allMatch(Piece::isMasked);
  }

  @Test
  void aLongNumberThatNoCardBeginsWithIsNotCalledACards() {
    assertThat(ShopCaller.calling().says("9405 5036 9930 0000 0011 22").written())
        .containsExactly("[long number]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Where is my order?",
        "My order number is 48213.",
        "four eight two one three",
        "It's order four eight two one three, and I paid with my card.",
        "I have three orders, 48213, 55120 and 66334.",
        "48213 and 55120 and 66334",
        "order 48213 and please call me at 415 555 0132",
        "Call me back at four one five five five five oh one three two.",
        "415 555 0132",
        "1 415 555 0132",
        "plus one four one five five five five zero one three two",
        "you can reach me on 44 20 7946 0958",
        "my phone number is 49 151 12345678",
        "oh oh four four two oh seven nine four six oh nine five eight",
        "011 44 20 7946 0958",
        "020 7946 0958",
        "0151 12345678",
        "8 800 555 35 35",
        "my cell is 86 138 0013 8000",
        "the zip code is 94105 1234",
        "SW1A 1AA",
        "between 11/27/2025 and 12/05/2025",
        "from 2025-11-27 to 2026-01-05",
        "on the twenty seventh of November two thousand twenty five at ten thirty",
        "it was $1,250.00 and then 1,300 dollars and another 999 dollars and 150 dollars",
        "the last four digits of my card are 1234",
        "I bought 3 rakes and 4 shovels for 129 dollars in 2024",
        "can I pay by card",
        "my security is important to me, it's order 12345",
        "at 10:30 or at 11:45",
        "it's for two people and one dog"
      })
  void whatCallersNeedToSayStaysAsItIs(String said) {
    assertThat(ShopCaller.calling().says(said).written()).containsExactly(said);
  }

  @Test
  void aPhoneNumberThatIsAskedForMayBeAsLongAsPhoneNumbersAre() {
    String said = "four nine one five one one two three four five six seven eight";
    assertThat(ShopCaller.calling().isAskedForAPhoneNumber().says(said).written())
        .containsExactly(said);
    assertThat(ShopCaller.calling().isAskedYesOrNo().says("no, 44 20 7946 0958").written())
        .containsExactly("no, 44 20 7946 0958");
  }

  @ParameterizedTest
  @ValueSource(strings = {"4111 1111 1111 1111", "3782 822463 10005", "4111 1111 1111 1112"})
  void aCardNumberIsMaskedWhateverIsAskedFor(String said) {
    for (ShopCaller caller :
        new ShopCaller[] {
          ShopCaller.calling().isAskedForAPhoneNumber(),
          ShopCaller.calling().isAskedForAnOrder(),
          ShopCaller.calling().isAskedYesOrNo()
        }) {
      assertThat(caller.says(said).written()).containsExactly("[card number]");
    }
  }

  @Test
  void nothingIsMaskedWhereTheAgentFileSaysSo() {
    String said = "4111 1111 1111 1111 and the security code is 123";
    assertThat(ShopCaller.callingWhereNothingIsMasked().says(said).written()).containsExactly(said);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "my social security number is 123 45 6789 | my social security number is [social security number]",
        "my social is one two three four five six seven eight nine | my social is [social security number]",
        "SSN 123-45-6789, order 48213 | SSN [social security number], order 48213",
        "my order is 48213 and my social is 123 45 6789 | my order is 48213 and my social is [social security number]",
        "48213, and SSN 123-45-6789 | 48213, and SSN [social security number]",
        "order 48213 please, and 123 45 6789 is my social | order 48213 please, and [social security number] is my social",
        "123 45 6789 that's my social security number, order 48213 | [social security number] that's my social security number, order 48213",
        "my social is 123 45 6789 and my order 48213 | my social is [social security number] and my order 48213",
        "my social is 123 45 | my social is [social security number]",
        "order 48213 social uh 123 uh 45 | order 48213 social uh [social security number]",
        "the IBAN is DE89 3704 0044 0532 0130 00 | the IBAN is [bank account number]",
        "DE89 3704, uh, 0044 0532 0130 00 | [bank account number]",
        "my IBAN is DE89 3704 | my IBAN is [bank account number]",
        "order 48213, my bank account is DE89 3704 0044 0532 0130 01 | order 48213, my bank account is [bank account number]",
        "NL91 ABNA 0417 1643 00 | [bank account number]",
        "G B 8 2 W E S T 1 2 3 4 5 6 9 8 7 6 5 4 3 2 | [bank account number]",
      })
  void moreIsMaskedWhereTheAgentFileSaysSo(String said, String written) {
    assertThat(ShopCaller.callingWhereAllIsMasked().says(said).written()).containsExactly(written);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "the code is DE4521",
        "I live at 12 B 45 Main Street",
        "my order is A B 12 34",
        "It was a 20 dollar rake",
        "my social life is fine, it's order 48213 and 55120",
        "can I pay by bank account",
        "I want to change the IBAN of my account"
      })
  void whatIsNoNumberOfAnAccountStaysAsItIs(String said) {
    assertThat(ShopCaller.callingWhereAllIsMasked().says(said).written()).containsExactly(said);
  }

  @Test
  void aSocialSecurityNumberIsKeptWhereNothingIsSaidOfIt() {
    String said = "my social security number is 123 45 6789";
    assertThat(ShopCaller.calling().says(said).written()).containsExactly(said);
  }

  @Test
  void whatIsMaskedIsNotToldByItsDescription() {
    Masker masker = new Masker(ShopCaller.agent(true, false, false));
    assertThat(masker.mask("4111 1111 1111 1111", Heard.NOTHING, Awaited.ANYTHING, true))
        .hasToString("[card number]");
  }

  @Test
  void keysThatAreACardsNumberAreKnown() {
    Masker masker = new Masker(ShopCaller.agent(true, false, false));
    Awaited phone = new Awaited(0, 15);
    assertThat(masker.isCard("378282246310005", phone)).isTrue();
    assertThat(masker.isCard("4111111111111111", phone)).isTrue();
    assertThat(masker.isCard("4915112345678", phone)).isFalse();
    assertThat(masker.isCard("48213", phone)).isFalse();
    assertThat(new Masker(ShopCaller.agent(false, false, false)).isCard("4111111111111111", phone))
        .isFalse();
  }
}
