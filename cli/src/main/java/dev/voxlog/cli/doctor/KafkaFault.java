package dev.voxlog.cli.doctor;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/// What a failure of Kafka's client means for whoever has configured it.
final class KafkaFault {
  private static final Map<Class<? extends Throwable>, String> FIXES = new LinkedHashMap<>();

  static {
    FIXES.put(
        SaslAuthenticationException.class,
        "the brokers refuse the login: check kafka.sasl.mechanism and kafka.sasl.jaas.config");
    FIXES.put(
        SslAuthenticationException.class,
        "the TLS handshake fails: check kafka.ssl.truststore.location (whose certificates are trusted),"
            + " kafka.ssl.keystore.location, and that the brokers' certificates are for these host names");
    FIXES.put(
        AuthorizationException.class,
        "the login may not do that: give it Describe, DescribeConfigs, Read and Write on the topics, and Read on the groups");
    FIXES.put(
        UnsupportedVersionException.class,
        "the brokers are too old for it: Voxlog needs 2.4 or newer, and groups.protocol=classic before 4.0");
    FIXES.put(
        ConfigException.class,
        "check kafka.bootstrap.servers and the other kafka.* settings: host names that resolve, values that Kafka's clients take");
    FIXES.put(
        TimeoutException.class,
        "check kafka.bootstrap.servers, the network, and kafka.security.protocol: a broker that expects TLS or a login stays silent without");
  }

  private KafkaFault() {}

  /// What to do about it, by its innermost cause that is known.
  static String fix(Throwable failure) {
    for (Throwable cause = innermost(failure); ; cause = above(failure, cause)) {
      for (Map.Entry<Class<? extends Throwable>, String> known : FIXES.entrySet()) {
        if (known.getKey().isInstance(cause)) {
          return known.getValue();
        }
      }
      if (cause == failure) {
        return "check kafka.bootstrap.servers, kafka.security.protocol and the network";
      }
    }
  }

  static String reason(Throwable failure) {
    Throwable inner = innermost(failure);
    String said = String.valueOf(failure.getMessage());
    String cause = String.valueOf(inner.getMessage());
    return said.contains(cause) ? said : said + ": " + cause;
  }

  private static Throwable innermost(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static Throwable above(Throwable failure, Throwable inner) {
    Throwable cause = failure;
    while (cause.getCause() != null && cause.getCause() != inner) {
      cause = cause.getCause();
    }
    return cause;
  }
}
