package dev.voxlog.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesTest {
  @Test
  void aRecordRefusesWithKeyValueAndEveryBrokenRule() {
    assertThatThrownBy(() -> new Endpointing(Duration.ofMillis(10), Duration.ofSeconds(9)))
        .isInstanceOf(RulesBroken.class)
        .hasMessage(
            "min: 10ms is shorter than 100ms, the gap inside a word. Fix: write min: 300ms; "
                + "max: 9s is longer than 5s, which callers take for a dead line. Fix: write max: 900ms");
  }

  @ParameterizedTest
  @CsvSource({"300ms, 300", "1.5s, 1500", "15m, 900000", "2h, 7200000", "0ms, 0"})
  void aDurationIsReadAndWrittenWithItsUnit(String text, long millis) {
    Duration duration = Duration.ofMillis(millis);

    assertThat(Durations.parse(text)).contains(duration);
    assertThat(Durations.parse(Durations.format(duration))).contains(duration);
  }

  @ParameterizedTest
  @CsvSource({"300", "ms", "-1s", "1 day", "1e3s", "99999999999s"})
  void whatIsNoDurationIsNotRead(String text) {
    assertThat(Durations.parse(text)).isEmpty();
  }

  @Test
  void anEnvironmentReferenceTakesTheVariableThenItsDefault() {
    assertThat(Environment.expand("${A:-b}/${C}", Map.of("C", "$1")::get)).isEqualTo("b/$1");
    assertThat(Environment.expand("${A:-b}", Map.of("A", "x")::get)).isEqualTo("x");
    assertThat(Environment.required("${A:-b}/${C}")).containsExactly("C");
    assertThat(Environment.isWellFormed("${A-b}")).isFalse();
  }

  @Test
  void variablesThatNobodySetAreKnownBeforeTheFirstCall() {
    AgentFile file =
        AgentFile.parse(
            """
            name: shop
            greeting: {disclosure: I'm a machine.}
            intents:
              - {name: person, action: transfer, examples: [a person, an agent]}
            transfer: {number: "${DESK}"}
            """,
            "shop.yaml");

    assertThat(file.agent().missingVariables(_ -> null)).isEqualTo(List.of("DESK"));
    assertThat(Optional.ofNullable(file.agent().transfer()).orElseThrow().number(_ -> "+15550100"))
        .isEqualTo("+15550100");
  }
}
