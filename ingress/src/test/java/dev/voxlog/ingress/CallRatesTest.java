package dev.voxlog.ingress;

import static dev.voxlog.ingress.CallRates.Ruling.ADMITTED;
import static dev.voxlog.ingress.CallRates.Ruling.TOO_MANY;
import static dev.voxlog.ingress.CallRates.Ruling.TOO_MANY_OF_CALLER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.testkit.VirtualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CallRatesTest {
  private final VirtualClock clock = new VirtualClock();
  private final CallRates rates = new CallRates(new IngressConfig.Rates(3, 5), clock);

  @Test
  void aCallerOverTheLimitIsRefusedAndOthersAreNot() {
    call("+1", 3);
    assertThat(rates.admit("+1")).isEqualTo(TOO_MANY_OF_CALLER);
    assertThat(rates.admit("+2")).isEqualTo(ADMITTED);
  }

  @Test
  void theLimitFillsEvenlyWithTime() {
    call("+1", 3);
    clock.advance(Duration.ofSeconds(19));
    assertThat(rates.admit("+1")).isEqualTo(TOO_MANY_OF_CALLER);
    clock.advance(Duration.ofSeconds(1));
    assertThat(rates.admit("+1")).isEqualTo(ADMITTED);
    assertThat(rates.admit("+1")).isEqualTo(TOO_MANY_OF_CALLER);
    clock.advance(Duration.ofHours(1));
    call("+1", 3);
    assertThat(rates.admit("+1")).isEqualTo(TOO_MANY_OF_CALLER);
  }

  @Test
  void allCallersTogetherHaveALimitToo() {
    for (int i = 0; i < 5; i++) {
      call("+" + i, 1);
    }
    assertThat(rates.admit("+9")).isEqualTo(TOO_MANY);
    clock.advance(Duration.ofSeconds(12));
    assertThat(rates.admit("+9")).isEqualTo(ADMITTED);
  }

  @Test
  void aCallerWhoIsRefusedTakesNothingFromTheOthers() {
    call("+1", 3);
    for (int i = 0; i < 100; i++) {
      assertThat(rates.admit("+1")).isEqualTo(TOO_MANY_OF_CALLER);
    }
    call("+2", 2);
  }

  @Test
  void callersWithoutANumberAreOneCaller() {
    call("", 3);
    assertThat(rates.admit("")).isEqualTo(TOO_MANY_OF_CALLER);
  }

  @Test
  void onlySoManyCallersAreKept() {
    CallRates open = new CallRates(new IngressConfig.Rates(1, 100_000), clock);
    for (int i = 0; i < 30_000; i++) {
      assertThat(open.admit("+" + i)).isEqualTo(ADMITTED);
    }
    assertThat(open.callers()).isEqualTo(10_000);
    assertThat(open.admit("+29999")).isEqualTo(TOO_MANY_OF_CALLER);
  }

  @Test
  void aClockSetBackDoesNotEmptyTheBuckets() {
    call("+1", 2);
    clock.advance(Duration.ofSeconds(-30));
    call("+1", 1);
  }

  private void call(String from, int times) {
    for (int i = 0; i < times; i++) {
      assertThat(rates.admit(from)).isEqualTo(ADMITTED);
    }
  }
}
