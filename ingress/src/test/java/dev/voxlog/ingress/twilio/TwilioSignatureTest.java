package dev.voxlog.ingress.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TwilioSignatureTest {
  private static final Map<String, List<String>> FORM =
      Map.of(
          "CallSid", List.of("CA1234567890ABCDE"),
          "Caller", List.of("+14158675309"),
          "Digits", List.of("1234"),
          "From", List.of("+14158675309"),
          "To", List.of("+18005551212"));

  private final TwilioSignature signature = new TwilioSignature("12345");

  @Test
  void theVectorsOfBothOfficialSdksFit() {
    assertThat(signature.of("https://mycompany.com/myapp.php?foo=1&bar=2", FORM))
        .isEqualTo("RSOYDt4T1cUTdK1PDd93/VVr8B8=");
    assertThat(signature.of("wss://example.com/media", Map.of()))
        .isEqualTo("7PR3qMkpDyEJtMrVOY/LDyNq8J8=");
    assertThat(signature.of("https://x/y", Map.of("a", List.of("2", "1", "1"))))
        .isEqualTo("tGQsCW4pZW7vKe/334F2mg450K4=");
  }

  @Test
  void aUrlCountsWithAndWithoutItsPort() {
    String signed = signature.of("https://mycompany.com:443/myapp.php?foo=1", FORM);
    assertThat(signature.isValid(signed, "https://mycompany.com/myapp.php?foo=1", FORM)).isTrue();

    String bare = signature.of("http://mycompany.com/x", FORM);
    assertThat(signature.isValid(bare, "http://mycompany.com:8080/x", FORM)).isTrue();
    assertThat(signature.isValid(signature.of("wss://h:443/m", Map.of()), "wss://h/m", Map.of()))
        .isTrue();
  }

  @Test
  void anythingElseIsRefused() {
    String right = signature.of("https://h/x", FORM);
    assertThat(signature.isValid(right, "https://h/y", FORM)).isFalse();
    assertThat(signature.isValid(right, "https://h/x", Map.of())).isFalse();
    assertThat(signature.isValid(null, "https://h/x", FORM)).isFalse();
    assertThat(signature.isValid("", "https://h/x", FORM)).isFalse();
    assertThat(new TwilioSignature("other").isValid(right, "https://h/x", FORM)).isFalse();
  }

  @Test
  void aBodyThatIsNoFormIsHeldAgainstItsHash() {
    String url =
        "https://h/x?bodySHA256=015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862";
    assertThat(TwilioSignature.isBodyAsSigned(url, "{\"a\":1}".getBytes(StandardCharsets.UTF_8)))
        .isTrue();
    assertThat(TwilioSignature.isBodyAsSigned(url, "{\"a\":2}".getBytes(StandardCharsets.UTF_8)))
        .isFalse();
    assertThat(TwilioSignature.isBodyAsSigned("https://h/x", new byte[0])).isTrue();
  }
}
