package dev.voxlog.ingress.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.voxlog.ingress.CarrierMessage;
import dev.voxlog.ingress.MalformedMessageException;
import dev.voxlog.schemas.AudioBytes;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TwilioWireTest {
  private final TwilioWire wire = new TwilioWire();

  @Test
  void theMessagesOfTwiliosDocumentationAreRead() throws MalformedMessageException {
    assertThat(read("{'event':'connected','protocol':'Call','version':'1.0.0'}"))
        .isEqualTo(new CarrierMessage.Connected());
    assertThat(
            read(
                "{'event':'start','sequenceNumber':'1','streamSid':'MZ1','start':{'accountSid':'AC1','streamSid':'MZ1','callSid':'CA1','tracks':['inbound'],'mediaFormat':{'encoding':'audio/x-mulaw','sampleRate':8000,'channels':1},'customParameters':{'sessionId':'abc'}}}"))
        .isEqualTo(new CarrierMessage.Start("MZ1", "CA1", Map.of("sessionId", "abc")));
    assertThat(
            read(
                "{'event':'media','sequenceNumber':'3','streamSid':'MZ1','media':{'track':'inbound','chunk':'1','timestamp':'5','payload':'AQID'}}"))
        .isEqualTo(new CarrierMessage.Media(5, AudioBytes.wrap(new byte[] {1, 2, 3})));
    assertThat(
            read(
                "{'event':'dtmf','streamSid':'MZ1','sequenceNumber':'5','dtmf':{'track':'inbound_track','digit':'#'}}"))
        .isEqualTo(new CarrierMessage.Dtmf("#"));
    assertThat(
            read(
                "{'event':'mark','sequenceNumber':'4','streamSid':'MZ1','mark':{'name':'my label'}}"))
        .isEqualTo(new CarrierMessage.Mark("my label"));
    assertThat(
            read(
                "{'event':'stop','sequenceNumber':'5','streamSid':'MZ1','stop':{'accountSid':'AC1','callSid':'CA1'}}"))
        .isEqualTo(new CarrierMessage.Stop());
  }

  /// A parser that remembers names would hold what senders invent for as long as the node runs.
  @Test
  void namesThatASenderInventsAreNotRemembered() throws MalformedMessageException {
    assertThat(parameter()).isEqualTo("invented").isNotSameAs(parameter());
  }

  private String parameter() throws MalformedMessageException {
    CarrierMessage.Start start =
        (CarrierMessage.Start)
            read(
                "{'event':'start','streamSid':'MZ1','start':{'callSid':'CA1','customParameters':{'invented':'abc'}}}");
    return start.parameters().keySet().iterator().next();
  }

  @Test
  void whatANewerCarrierSaysIsIgnored() throws MalformedMessageException {
    assertThat(read("{'event':'weather','weather':{'sun':[1,2,{'a':null}]}}"))
        .isInstanceOf(CarrierMessage.Ignored.class);
    assertThat(read("{'event':'stop','extra':{'deep':{'er':[{}]}}}"))
        .isEqualTo(new CarrierMessage.Stop());
    assertThat(
            read("{'event':'media','media':{'track':'outbound','timestamp':'5','payload':'AQID'}}"))
        .isInstanceOf(CarrierMessage.Ignored.class);
  }

  @Test
  void badBase64IsAFrameThatCannotBeRead() throws MalformedMessageException {
    assertThat(read("{'event':'media','media':{'timestamp':'5','payload':'%%%'}}"))
        .isEqualTo(new CarrierMessage.BrokenMedia("bad base64"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "nonsense",
        "[]",
        "3",
        "{'event':7",
        "{}",
        "{'event':null}",
        "{'event':'stop'} {'event':'stop'}",
        "{'event':'start','streamSid':'MZ1','start':{}}",
        "{'event':'start','start':{'callSid':'CA1'}}",
        "{'event':'start','streamSid':'M Z','start':{'callSid':'CA1'}}",
        "{'event':'start','streamSid':'MZ1','start':{'callSid':'CA1','mediaFormat':{'encoding':'audio/opus'}}}",
        "{'event':'media','media':{'payload':'AQID'}}",
        "{'event':'media','media':{'timestamp':'5'}}",
        "{'event':'media','media':{'timestamp':'-5','payload':'AQID'}}",
        "{'event':'media','media':{'timestamp':'x','payload':'AQID'}}",
        "{'event':'media','media':{'timestamp':'99999999999999','payload':'AQID'}}",
        "{'event':'dtmf','dtmf':{'digit':'12'}}",
        "{'event':'dtmf'}",
        "{'event':'mark'}"
      })
  void whatIsNoneOfTheCarriersMessagesIsMalformed(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(MalformedMessageException.class);
  }

  @ParameterizedTest
  @CsvSource({"plain", "'with \"quotes\" and \\ slash'", "'über\u2028'"})
  void marksComeBackAsTheyWereSent(String name) throws MalformedMessageException {
    assertThat(wire.read(wire.mark("MZ1", name))).isEqualTo(new CarrierMessage.Mark(name));
  }

  @Test
  void audioAndClearAreWrittenAsTwilioReadsThem() {
    assertThat(wire.media("MZ1", AudioBytes.wrap(new byte[] {1, 2, 3})))
        .isEqualTo("{\"event\":\"media\",\"streamSid\":\"MZ1\",\"media\":{\"payload\":\"AQID\"}}");
    assertThat(wire.clear("MZ1")).isEqualTo("{\"event\":\"clear\",\"streamSid\":\"MZ1\"}");
  }

  private CarrierMessage read(String singleQuoted) throws MalformedMessageException {
    return wire.read(singleQuoted.replace('\'', '"'));
  }
}
