package dev.voxlog.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HealthServerTest {
  private final Vertx vertx = Vertx.vertx();
  private boolean isLive = true;
  private boolean isReady;

  private final HealthServer.Part part =
      new HealthServer.Part() {
        @Override
        public String name() {
          return "stt";
        }

        @Override
        public boolean isLive() {
          return isLive;
        }

        @Override
        public boolean isReady() {
          return isReady;
        }

        @Override
        public void describe(ObjectNode into) {
          into.put("calls", 3);
        }
      };

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private static HttpResponse<String> get(HealthServer server, String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
      return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void aPartThatIsNotReadyIsLiveAllTheSame() throws Exception {
    try (HealthServer server = new HealthServer(vertx, "127.0.0.1", 0, List.of(part))) {
      assertThat(get(server, "/health/live").statusCode()).isEqualTo(200);
      HttpResponse<String> answer = get(server, "/health/ready");
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(new ObjectMapper().readTree(answer.body()).findValue("calls").asInt())
          .isEqualTo(3);
      isReady = true;
      assertThat(get(server, "/health/ready").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aBrokenPartMakesTheProcessDown() throws Exception {
    try (HealthServer server = new HealthServer(vertx, "127.0.0.1", 0, List.of(part))) {
      isLive = false;
      assertThat(get(server, "/health/live").statusCode()).isEqualTo(503);
      assertThat(get(server, "/elsewhere").statusCode()).isEqualTo(404);
    }
  }
}
