package dev.voxlog.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KafkaFaultTest {

  private static RuntimeException fault(String kind) {
    return switch (kind) {
      case "login" -> new SaslAuthenticationException("Authentication failed");
      case "tls" -> new SslAuthenticationException("SSL handshake failed");
      case "rights" -> new TopicAuthorizationException("calls");
      case "old" -> new UnsupportedVersionException("no such api");
      case "host" -> new KafkaException("no", new ConfigException("no resolvable urls"));
      default -> new TimeoutException("timed out");
    };
  }

  @ParameterizedTest
  @CsvSource({
    "login, kafka.sasl.jaas.config",
    "tls, kafka.ssl.truststore.location",
    "rights, DescribeConfigs",
    "old, groups.protocol=classic",
    "host, kafka.bootstrap.servers",
    "silence, kafka.security.protocol"
  })
  void eachFailureHasItsOwnFixHoweverItIsWrapped(String kind, String fix) {
    RuntimeException fault = fault(kind);
    assertThat(KafkaFault.fix(fault)).contains(fix);
    assertThat(KafkaFault.fix(new IllegalStateException("no", new ExecutionException(fault))))
        .contains(fix);
  }

  @Test
  void theReasonNamesTheInnermostCauseOnce() {
    Exception inner = new SaslAuthenticationException("Authentication failed");
    assertThat(KafkaFault.reason(new KafkaException("cannot list topics", inner)))
        .isEqualTo("cannot list topics: Authentication failed");
    assertThat(KafkaFault.reason(inner)).isEqualTo("Authentication failed");
  }

  @Test
  void aCheckThatCannotBeMadeIsAFindingWithItsFix() {
    assertThat(Guard.look("topics", () -> List.of(Finding.ok("topics", "fine"))))
        .containsExactly(Finding.ok("topics", "fine"));
    assertThat(
            Guard.look(
                "topics",
                () -> {
                  throw new TopicAuthorizationException("calls");
                }))
        .singleElement()
        .satisfies(finding -> assertThat(finding.fix()).contains("the login may not do that"));
    assertThat(
            Guard.look(
                "access",
                () -> {
                  throw new IllegalArgumentException("x is 1, which is wrong; write 2");
                }))
        .containsExactly(Finding.bad("access", "x is 1, which is wrong", "write 2"));
  }
}
