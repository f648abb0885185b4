package dev.voxlog.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.voxlog.cli.doctor.Finding.State;
import dev.voxlog.schemas.Topic;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Against a registry that says what the test says.
class RegistryChecksTest {
  private final Map<String, Object> keys = new HashMap<>();
  private HttpServer server;
  private String url = "";
  private int status = 200;
  private boolean isRegistered = true;
  private boolean isCompatible = true;
  private String level = "FULL_TRANSITIVE";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    url = "http://127.0.0.1:" + server.getAddress().getPort();
    keys.put("schema.registry.url", url);
    keys.put("max.retries", "0");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    exchange.getRequestBody().readAllBytes();
    if (status != 200) {
      send(exchange, status, "{\"error_code\":%d,\"message\":\"no\"}".formatted(status));
    } else if (path.startsWith("/compatibility/")) {
      send(exchange, 200, "{\"is_compatible\":%s}".formatted(isCompatible));
    } else if (path.startsWith("/config")) {
      send(exchange, 200, "{\"compatibilityLevel\":\"%s\"}".formatted(level));
    } else if (exchange.getRequestMethod().equals("GET")) {
      send(exchange, 200, "[]");
    } else if (isRegistered) {
      send(exchange, 200, "{\"id\":7}");
    } else {
      send(exchange, 404, "{\"error_code\":40403,\"message\":\"no such schema\"}");
    }
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private List<Finding> found() {
    return new RegistryChecks(url, keys, Topic::id).all();
  }

  @Test
  void aRegistryThatHasAllOfOursIsFine() {
    assertThat(found())
        .extracting(Finding::state, Finding::area)
        .containsExactly(tuple(State.OK, "registry"), tuple(State.OK, "schemas"));
  }

  @Test
  void whatIsNotRegisteredIsBadOnlyWhereNoStartRegistersIt() {
    isRegistered = false;
    assertThat(found()).allMatch(finding -> finding.state() == State.OK);
    assertThat(found().getLast().what()).contains("calls-value").contains("first start");

    keys.put("auto.register.schemas", "false");
    assertThat(found().getLast().state()).isEqualTo(State.BAD);
    assertThat(found().getLast().fix()).contains("auto.register.schemas=true");

    keys.put("use.latest.version", "true");
    assertThat(found().getLast().state()).isEqualTo(State.NOTE);
  }

  @Test
  void anothersSubjectIsBadForEachTopicWithTheLevelThatRefusesOurs() {
    isRegistered = false;
    isCompatible = false;
    assertThat(found())
        .filteredOn(finding -> finding.state() == State.BAD)
        .hasSize(Topic.values().length)
        .allMatch(finding -> finding.what().contains("FULL_TRANSITIVE"));
  }

  @Test
  void aSubjectThatTakesAnythingIsNoted() {
    level = "NONE";
    assertThat(found())
        .filteredOn(finding -> finding.state() == State.NOTE)
        .hasSize(Topic.values().length)
        .allMatch(finding -> finding.fix().contains("FULL_TRANSITIVE"));
  }

  @Test
  void aRefusedLoginAndMissingRightsAreNamed() {
    status = 401;
    assertThat(found().getFirst().fix()).contains("basic.auth.user.info");
    status = 403;
    assertThat(found().getFirst().fix()).contains("let the login");
  }

  @Test
  void aRegistryThatIsNotThereIsBad() {
    server.stop(0);
    assertThat(found())
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.state()).isEqualTo(State.BAD);
          assertThat(finding.fix()).contains("schema.registry.url");
        });
  }
}
