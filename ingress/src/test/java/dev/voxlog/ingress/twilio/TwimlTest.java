package dev.voxlog.ingress.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TwimlTest {
  @Test
  void aCallIsConnectedAndThenAsksWhatComesNext() {
    assertThat(
            Twiml.connect(
                "wss://h/twilio/stream",
                Map.of("from", "+1555", "agent", "acme"),
                "https://h/twilio/after"))
        .contains(
            "<Response><Connect><Stream url=\"wss://h/twilio/stream\"><Parameter name=\"agent\" value=\"acme\"/>"
                + "<Parameter name=\"from\" value=\"+1555\"/></Stream></Connect>"
                + "<Redirect method=\"POST\">https://h/twilio/after</Redirect></Response>");
  }

  @Test
  void whatCallersSendCannotBecomeTwiml() {
    assertThat(Twiml.connect("wss://h/s", Map.of("from", "\"/><Dial>+1900&'\u0000"), "https://h/a"))
        .contains("value=\"&quot;/&gt;&lt;Dial&gt;+1900&amp;&apos; \"");
  }

  @Test
  void transfersGoToNumbersAndSipAddresses() {
    assertThat(Twiml.dial("+15551234")).contains("<Dial>+15551234</Dial>");
    assertThat(Twiml.dial("sip:desk@h")).contains("<Dial><Sip>sip:desk@h</Sip></Dial>");
    assertThat(Twiml.hangUp()).contains("<Response><Hangup/></Response>");
  }
}
