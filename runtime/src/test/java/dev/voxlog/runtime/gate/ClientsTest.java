package dev.voxlog.runtime.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.net.SocketAddress;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientsTest {
  private final Clients clients =
      new Clients(
          new ConnectionLimits("web", 1, 1, List.of("10.0.0.0/9", "192.0.2.5", "fd00::/8")));

  @ParameterizedTest(name = "{0} says {1} / {2}: {3}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          203.0.113.1 | -                        | -                               | 203.0.113.1
          203.0.113.1 | 1.1.1.1                  | -                               | 203.0.113.1
          203.0.113.1 | -                        | for=1.1.1.1                     | 203.0.113.1
          10.0.0.1    | -                        | -                               | 10.0.0.1
          10.0.0.1    | 1.1.1.1                  | -                               | 1.1.1.1
          10.127.0.1  | 2.2.2.2, 1.1.1.1         | -                               | 1.1.1.1
          10.128.0.1  | 1.1.1.1                  | -                               | 10.128.0.1
          192.0.2.5   | 2.2.2.2, 1.1.1.1, 10.0.0.7 | -                             | 1.1.1.1
          192.0.2.5   | 2.2.2.2 ; 1.1.1.1        | -                               | 1.1.1.1
          192.0.2.4   | 1.1.1.1                  | -                               | 192.0.2.4
          10.0.0.1    | 1.1.1.1:4711             | -                               | 1.1.1.1
          10.0.0.1    | 2.2.2.2, unknown         | -                               | 10.0.0.1
          10.0.0.1    | 2.2.2.2, evil.example    | -                               | 10.0.0.1
          10.0.0.1    | 10.0.0.2                 | -                               | 10.0.0.2
          10.0.0.1    | -                        | for=1.1.1.1;proto=https         | 1.1.1.1
          10.0.0.1    | -                        | for=2.2.2.2, proto=https;For="1.1.1.1:80" | 1.1.1.1
          10.0.0.1    | -                        | for="[2001:db8:1:2:3::4]:4711"  | 2001:db8:1:2:0:0:0:0/64
          10.0.0.1    | -                        | for=2.2.2.2, for=_hidden        | 10.0.0.1
          10.0.0.1    | 1.1.1.1                  | for=1.1.1.1                     | 1.1.1.1
          10.0.0.1    | 1.1.1.1                  | for=2.2.2.2                     | 10.0.0.1
          fd00::1     | 2001:db8:1:2:3::4        | -                               | 2001:db8:1:2:0:0:0:0/64
          2001:db8:1:2:ffff::9 | 1.1.1.1         | -                               | 2001:db8:1:2:0:0:0:0/64
          """)
  void aClientIsTheLastBeforeTheTrustedProxies(
      String connected, String forwardedFor, String forwarded, String counted) {
    assertThat(
            clients.of(
                SocketAddress.inetSocketAddress(80, connected),
                lines(forwardedFor),
                lines(forwarded)))
        .isEqualTo(counted);
  }

  /// A semicolon between blanks parts a header's lines.
  private static List<String> lines(String header) {
    return header == null ? List.of() : Arrays.asList(header.split(" ; "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"proxy.example", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/x", "", "::/129"})
  void whatIsNoBlockOfAddressesIsRefused(String block) {
    assertThatThrownBy(() -> new ConnectionLimits("web", 1, 1, List.of(block)))
        .hasMessageContaining("web.trustedProxies has '" + block + "'");
  }

  @Test
  void aLimitLetsSomethingIn() {
    assertThatThrownBy(() -> new ConnectionLimits("ingress", 0, 1, List.of()))
        .hasMessageContaining("ingress.limits.connections is 0");
    assertThatThrownBy(() -> new ConnectionLimits("ingress", 1, 0, List.of()))
        .hasMessageContaining("ingress.limits.connectionsPerAddress is 0");
  }
}
