package dev.voxlog.testkit.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TwimlTest {
  @Test
  void verbsAreReadInOrder() throws IOException {
    Twiml twiml =
        Twiml.parse(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <Response><Pause/><Connect><Stream url="wss://h/s"><Parameter name="a" value="1 &amp; 2"/></Stream></Connect>
            <Redirect method="POST">/after</Redirect><Dial>+1555</Dial><Hangup/></Response>\
            """);

    assertThat(twiml.verbs())
        .containsExactly(
            new Twiml.Other("Pause"),
            new Twiml.Connect("wss://h/s", Map.of("a", "1 & 2")),
            new Twiml.Redirect("/after"),
            new Twiml.Dial("+1555"),
            new Twiml.Hangup());
  }

  @Test
  void aStreamWithAQueryIsRefusedAsTwilioDoes() {
    assertThatThrownBy(() ->
            Twiml.parse("<Response><Connect><Stream url='wss://h/s?a=1'/></Connect></Response>"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("31920");
  }

  @Test
  void whatIsNotTwimlIsNamed() {
    assertThatThrownBy(() -> Twiml.parse("<html/>")).hasMessageContaining("<Response>");
    assertThatThrownBy(() -> Twiml.parse("oops")).hasMessageContaining("not well-formed");
    assertThatThrownBy(() -> Twiml.parse("<!DOCTYPE x []><Response/>"))
        .hasMessageContaining("DOCTYPE");
  }

  @Test
  void signaturesAreThoseOfTwiliosOwnVectors() {
    assertThat(
            CarrierSignature.of(
                "12345",
                "https://mycompany.com/myapp.php?foo=1&bar=2",
                Map.of(
                    "CallSid", "CA1234567890ABCDE",
                    "Caller", "+14158675309",
                    "Digits", "1234",
                    "From", "+14158675309",
                    "To", "+18005551212")))
        .isEqualTo("RSOYDt4T1cUTdK1PDd93/VVr8B8=");
    assertThat(CarrierSignature.of("12345", "wss://example.com/media", Map.of()))
        .isEqualTo("7PR3qMkpDyEJtMrVOY/LDyNq8J8=");
  }
}
