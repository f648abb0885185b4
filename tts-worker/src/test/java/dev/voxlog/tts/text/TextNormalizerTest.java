package dev.voxlog.tts.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TextNormalizerTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          $42.50                            | forty two dollars and fifty cents
          $1,250.00                         | one thousand two hundred fifty dollars
          order AB-1234                     | order A B, one two three four
          January 5, 2026                   | january fifth, twenty twenty six
          01/05/2026                        | january fifth, twenty twenty six
          555-0134                          | five five five, zero one three four
          code 4829                         | code four eight two nine
          2:30 PM                           | two thirty P M
          $1                                | one dollar
          $0.99                             | ninety nine cents
          $1.01                             | one dollar and one cent
          $0                                | zero dollars
          -$5                               | minus five dollars
          $1.5 million                      | one point five million dollars
          $20k                              | twenty thousand dollars
          €12.30                            | twelve euros and thirty cents
          £1.50                             | one pound and fifty pence
          USD 42                            | forty two dollars
          99¢                               | ninety nine cents
          $10-$20                           | ten dollars to twenty dollars
          $10-20                            | ten dollars to twenty dollars
          I'm sorry I can't                 | i'm sorry i can't
          I think so                        | i think so
          order 48213                       | order four eight two one three
          order #48213.                     | order number four eight two one three.
          Your order number is 48213.       | your order number is four eight two one three.
          card ending in 4242               | card ending in four two four two
          you have 2 orders                 | you have two orders
          we shipped 48 items               | we shipped forty eight items
          order 3 more                      | order three more
          press 0 for help                  | press zero for help
          zip code 02139                    | zip code zero two one three nine
          confirmation XK7P2                | confirmation X K seven P two
          ORD-48213                         | O R D, four eight two one three
          #7                                | number seven
          2026-01-05                        | january fifth, twenty twenty six
          2026-03-01T14:30:00Z              | march first, twenty twenty six at two thirty P M
          12/31/1999                        | december thirty first, nineteen ninety nine
          Jan. 3rd                          | january third
          Tuesday, March 3                  | tuesday, march third
          3 March 2025                      | the third of march, twenty twenty five
          the 4th of July                   | the fourth of july
          March 2027                        | march twenty twenty seven
          by 5/12                           | by may twelfth
          in 2005                           | in two thousand five
          since 1905                        | since nineteen oh five
          the 1990s                         | the nineteen nineties
          10:00                             | ten o'clock
          9:05 a.m.                         | nine oh five A M.
          14:45                             | two forty five P M
          from 9am to 5pm                   | from nine A M to five P M
          9-5                               | nine to five
          9 AM-5 PM                         | nine A M to five P M
          (617) 555-0134                    | six one seven, five five five, zero one three four
          +1 617-555-0134                   | plus one, six one seven, five five five, zero one three four
          1-800-555-0199                    | one, eight hundred, five five five, zero one nine nine
          1st                               | first
          22nd                              | twenty second
          the 100th                         | the one hundredth
          12.5%                             | twelve point five percent
          50 %                              | fifty percent
          3.14                              | three point one four
          version 1.2.3                     | version one point two point three
          1,234,567                         | one million two hundred thirty four thousand five hundred sixty seven
          100000 users                      | one hundred thousand users
          -5                                | minus five
          1/2                               | one half
          2 1/2 hours                       | two and a half hours
          3-5 business days                 | three to five business days
          30-day returns                    | thirty day returns
          72°F                              | seventy two degrees fahrenheit
          5 km                              | five kilometers
          1 lb                              | one pound
          24/7                              | twenty four seven
          FAQ                               | F A Q
          your IDs                          | your I D's
          NASA                              | nasa
          PIN                               | pin
          the USA                           | the U S A
          OK                                | okay
          PLEASE NOTE                       | please note
          HTML                              | H T M L
          AT&T                              | A T and T
          the U.S. market                   | the U S market
          Dr. Smith                         | doctor smith
          Mr. Jones lives on Main St.       | mister jones lives on main street.
          e.g. shoes                        | for example shoes
          support@acme.com                  | support at acme dot com
          https://www.acme.com/help/        | acme dot com slash help
          Visit acme.com.                   | visit acme dot com.
          and/or                            | and or
          black/white                       | black or white
          twenty-one                        | twenty one
          café                              | cafe
          it’s                              | it's
          A refund                          | a refund
          plan B                            | plan B
          Covid-19                          | covid nineteen
          **Great!** `Yes`                  | great! yes
          "Hello," she said                 | hello, she said
          wait — really?                    | wait, really?
          1,000 & more                      | one thousand and more
          4111 1111 1111 1111               | four one one one, one one one one, one one one one, one one one one
          tracking number 123456789012      | tracking number one two three four, five six seven eight, nine zero one two
          account 123-456                   | account one two three, four five six
          code is 12                        | code is one two
          Order 48213 ships Jan 5.          | order four eight two one three ships january fifth.
          """)
  void writtenTextIsSaidAs(String written, String spoken) {
    assertThat(said(written)).isEqualTo(spoken);
  }

  @Test
  void aSentenceKeepsItsWrittenWordsForTheTranscript() {
    List<SpokenWord> words = TextNormalizer.normalize("Order 48213, due Jan 5, costs $42.50.");

    assertThat(words)
        .extracting(SpokenWord::written)
        .containsExactly("Order", "48213,", "due", "Jan 5,", "costs", "$42.50.");
    assertThat(words.getLast().after()).isEqualTo(Break.STOP);
  }

  @Test
  void textWithNothingToSayGivesNoWords() {
    assertThat(TextNormalizer.normalize(" … *** 🙂 ")).isEmpty();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void anyTextEndsAndYieldsOnlyPlainWords(long seed) {
    Random random = new Random(seed);
    String alphabet = "abcXYZ 0123456789 .,:;/-$€£%#@&+'’\"()°½\n—éß🙂";
    String text =
        IntStream.range(0, 60)
            .mapToObj(_ -> String.valueOf(alphabet.charAt(random.nextInt(alphabet.length()))))
            .collect(Collectors.joining());

    assertThat(TextNormalizer.normalize(text))
        .flatExtracting(SpokenWord::spoken)
        .allSatisfy(word -> assertThat(word).matches("[\\p{L}']+|,"));
  }

  static Stream<Long> seeds() {
    return IntStream.range(0, 200).mapToObj(Long::valueOf);
  }

  private static String said(String written) {
    return TextNormalizer.normalize(written).stream()
        .map(word -> String.join(" ", word.spoken()) + word.after().mark())
        .collect(Collectors.joining(" "))
        .replace(" ,", ",");
  }
}
