package dev.voxlog.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallerTest {
  @ParameterizedTest
  @CsvSource({
    "+15550142, +1 (555) 0142, true",
    "+15550142, 0015550142, true",
    "0015550142, +1-555-0142, true",
    "+15550142, +15550143, false",
    "+15550142, 5550142, false",
    "+15550142, 15550142, false",
    "client:ann.b, client:ann.b, true",
    "client:ann.b, client:annb, false",
    "client:ann, client:ANN, false"
  })
  void aNumberIsTheSameHoweverItIsWrittenAndAnotherNameIsNot(
      String from, String other, boolean isSame) {
    assertThat(Caller.of(from).is(other)).isEqualTo(isSame);
  }

  /// The digits are how Twilio spells anonymous, restricted, blocked, unknown and unavailable.
  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        " ",
        "anonymous",
        "Anonymous",
        "sip:anonymous@anonymous.invalid",
        "Restricted",
        "unknown",
        "unavailable",
        "+266696687",
        "+7378742833",
        "+2562533",
        "+8656696",
        "+86282452253",
        "${ACME_TOKEN}",
        "{caller}",
        "two words",
        "+1555\r\nX-Admin: yes"
      })
  void whoeverHidesTheirNumberIsNobodyAndOwnsNothing(String from) {
    Caller caller = Caller.of(from);

    assertThat(caller.isAnonymous()).isTrue();
    assertThat(caller.told()).isEqualTo("anonymous");
    assertThat(caller.is(from == null ? "" : from)).isFalse();
    assertThat(caller.is("anonymous")).isFalse();
  }

  @Test
  void aNumberIsToldWithoutWhatIsForTheEye() {
    assertThat(Caller.of(" +1 (555) 01-42 ").told()).isEqualTo("+15550142");
  }
}
