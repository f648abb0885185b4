package dev.voxlog.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.schemas.CallId;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class OpenCallsTest {
  private static final CallId ONE = new CallId("twilio-CA1");
  private static final CallId TWO = new CallId("twilio-CA2");
  private final OpenCalls calls = new OpenCalls();
  private final Instant now = Instant.EPOCH;

  @Test
  void aCallCountsOnceWhetherItsStreamIsExpectedOrThere() {
    calls.expect(ONE, "+1", now);
    calls.expect(ONE, "+1", now);
    assertThat(calls.of("+1", now)).isOne();
    calls.opened(ONE, "+1");
    calls.opened(ONE, "+1");
    calls.expect(ONE, "+1", now);
    calls.opened(TWO, "+1");
    assertThat(calls.of("+1", now)).isEqualTo(2);
    assertThat(calls.of("+2", now)).isZero();
    calls.closed(ONE);
    calls.closed(ONE);
    assertThat(calls.of("+1", now)).isOne();
    calls.closed(TWO);
    assertThat(calls.of("+1", now)).isZero();
  }

  @Test
  void aStreamThatDoesNotComeIsNotExpectedForEver() {
    calls.expect(ONE, "+1", now);
    assertThat(calls.of("+1", now.plusSeconds(59))).isOne();
    assertThat(calls.of("+1", now.plusSeconds(60))).isZero();
    calls.closed(ONE);
    assertThat(calls.of("+1", now)).isZero();
  }

  @Test
  void aNumberThatIsNoneIsCountedByItsBeginning() {
    calls.opened(ONE, "9".repeat(1_000));
    assertThat(calls.of("9".repeat(999), now)).isOne();
  }
}
