package dev.voxlog.runtime.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReachTest {
  private static final Reach WIDE = new Reach("web", "0.0.0.0", 8070, null);
  private static final Reach PROXIED =
      new Reach("web", "127.0.0.1", 8070, "https://voice.example.com/");

  @Test
  void loopbackIsThisMachineAlone() {
    assertThat(new Reach("web", "127.0.0.1", 0, null).isOpenToOthers()).isFalse();
    assertThat(new Reach("web", "[::1]", 0, "http://localhost:8070").isOpenToOthers()).isFalse();
    assertThat(WIDE.isOpenToOthers()).isTrue();
    assertThat(PROXIED.isOpenToOthers()).isTrue();
  }

  @Test
  void whatOthersReachUnguardedIsRefusedWithTheReasonAndTheFix() {
    assertThatThrownBy(() -> WIDE.requireGuarded(false, "it is open", "set web.tokens"))
        .hasMessage(
            "web.host is 0.0.0.0, which other machines can reach, but it is open; set web.tokens, or web.host to 127.0.0.1");
    assertThatThrownBy(() -> PROXIED.requireGuarded(false, "it is open", "set web.tokens"))
        .hasMessage(
            "web.publicUrl is https://voice.example.com, which others can call, but it is open; set web.tokens, or take web.publicUrl away");
    WIDE.requireGuarded(true, "it is open", "set web.tokens");
  }

  @Test
  void whatCannotWorkIsRefusedByItsKey() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Reach("web", "127.0.0.1", 70_000, null))
        .withMessage("web.port is 70000; a port lies between 0 and 65535");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Reach("web", "127.0.0.1", 1, "https://voice.example.com/page"))
        .withMessageStartingWith("web.publicUrl is 'https://voice.example.com/page'; give scheme");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Visitors("web", List.of("short"), List.of()))
        .withMessageStartingWith("one of web.tokens is no token; write at least 16 letters")
        .withMessageNotContaining("short");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Visitors("web", List.of(), List.of("www.example.com")))
        .withMessageStartingWith("web.origins has 'www.example.com'; give scheme and host");
  }

  @Test
  void whatIsOpenToOthersIsSaidToBeUnencryptedUnlessTlsIsSpokenHereOrBefore() {
    Reach wide = new Reach("web", "0.0.0.0", 8070, null);
    assertThat(wide.unencrypted(false, "do this"))
        .hasValueSatisfying(
            said -> assertThat(said).contains("web.host is 0.0.0.0", "do this, or"));
    assertThat(wide.unencrypted(true, "do this")).isEmpty();
    assertThat(new Reach("web", "0.0.0.0", 8070, "https://desk.example.com").unencrypted(false, ""))
        .isEmpty();
    assertThat(new Reach("web", "127.0.0.1", 8070, null).unencrypted(false, "")).isEmpty();
  }
}
