package dev.voxlog.nlu.entities;

import static dev.voxlog.nlu.entities.Finding.FINDER;
import static dev.voxlog.nlu.entities.Finding.TUESDAY;
import static dev.voxlog.nlu.entities.Finding.values;
import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.schemas.CallEvent.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailsTest {
  private static List<String> emails(String text) {
    return values(text, "email", Answer.ANYTHING);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "my email is john dot smith at example dot com | john.smith@example.com",
        "John at example.com | john@example.com",
        "john.smith@example.com | john.smith@example.com",
        "It's j.smith at gmail.com, thanks. | j.smith@gmail.com",
        "It's Smith. At gmail dot com I think: smith at gmail dot com | smith@gmail.com",
        "it's j o h n at gmail dot com please | john@gmail.com",
        "john forty two at gmail dot com | john42@gmail.com",
        "john 4 2 at gmail dot com | john42@gmail.com",
        "mary underscore jones at acme dash shop dot co dot uk | mary_jones@acme-shop.co.uk",
        "mary-jones at acme-shop.co.uk | mary-jones@acme-shop.co.uk",
        "write to info at acme dot o r g | info@acme.org",
        "it is sales plus test at g mail dot com | sales+test@gmail.com",
        "you can reach me at anna dot b at web dot de | anna.b@web.de",
        "the address is support at 3 m dot com | support@3m.com"
      })
  void addressesAreFoundHoweverTheyAreSaid(String text, String email) {
    assertThat(emails(text)).containsExactly(email);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "I'm at home. Thanks.",
        "call me at five dot five",
        "it is at example dot com",
        "I will be at the shop at three",
        "at noon",
        "look at",
        "the price is at 4.50"
      })
  void otherPlacesAreNone(String text) {
    assertThat(emails(text)).isEmpty();
  }

  @Test
  void itsNumbersAreNotToldAsDigitsAgainAndItsPlaceIsInTheText() {
    String text = "Sure, it's john 12345 at example dot com.";
    assertThat(FINDER.find(text, TUESDAY, Answer.ANYTHING))
        .singleElement()
        .satisfies(email -> {
          assertThat(email.kind()).isEqualTo("email");
          assertThat(email.text()).isEqualTo("john 12345 at example dot com");
        });
  }
}
