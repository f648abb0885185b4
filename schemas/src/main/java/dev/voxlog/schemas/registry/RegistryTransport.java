package dev.voxlog.schemas.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/// JSON requests to the first registry of a list that answers, tried again with growing waits until
/// patience ends.
final class RegistryTransport implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();

  private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
  private static final long LONGEST_WAIT_MS = 2_000;

  private final RegistrySettings settings;
  private final HttpClient client;
  private volatile int preferred;

  RegistryTransport(RegistrySettings settings) {
    this.settings = settings;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(settings.connectTimeout());
    if (settings.tls() != null) {
      builder.sslContext(settings.tls());
    }
    client = builder.build();
  }

  JsonNode get(String path) {
    return request("GET", path, null);
  }

  JsonNode post(String path, JsonNode body) {
    return request("POST", path, body);
  }

  JsonNode put(String path, JsonNode body) {
    return request("PUT", path, body);
  }

  private JsonNode request(String method, String path, @Nullable JsonNode body) {
    long deadline = System.nanoTime() + settings.patience().toNanos();
    long wait = settings.retryWait().toMillis();
    List<URI> urls = settings.urls();
    for (int round = 0; ; round++) {
      RegistryException last = null;
      for (int i = 0; i < urls.size(); i++) {
        int index = (preferred + i) % urls.size();
        try {
          JsonNode answer = once(method, urls.get(index), path, body, deadline);
          preferred = index;
          return answer;
        } catch (RegistryException e) {
          if (!e.isRetriable()) {
            throw e;
          }
          last = e;
        }
      }
      boolean isOver = System.nanoTime() + wait * 1_000_000 >= deadline;
      if (last != null && (round >= settings.retries() || isOver)) {
        throw last;
      }
      pause(wait);
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    }
  }

  private JsonNode once(
      String method, URI url, String path, @Nullable JsonNode body, long deadline) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(timeout(deadline))
            .header("Accept", MEDIA_TYPE + ", application/json")
            .method(
                method,
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()));
    if (body != null) {
      request.header("Content-Type", MEDIA_TYPE);
    }
    if (settings.authorization() != null) {
      request.header("Authorization", settings.authorization());
    }
    try {
      HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
      return read(response, method + " " + path);
    } catch (IOException e) {
      throw new RegistryException(0, 0, "no answer from the schema registry " + url + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptException(e);
    }
  }

  private Duration timeout(long deadline) {
    Duration left = Duration.ofNanos(Math.max(deadline - System.nanoTime(), 1_000_000));
    return left.compareTo(settings.readTimeout()) < 0 ? left : settings.readTimeout();
  }

  private static JsonNode read(HttpResponse<String> response, String what) {
    JsonNode answer = parse(response.body());
    int status = response.statusCode();
    if (status / 100 != 2) {
      throw new RegistryException(
          status,
          answer.path("error_code").asInt(0),
          "the schema registry answered %s with %d: %s"
              .formatted(what, status, answer.path("message").asText(advice(status))));
    }
    if (answer.isMissingNode()) {
      throw new RegistryException(
          502, 0, "what answered " + what + " sent no JSON: check " + RegistrySettings.URL);
    }
    return answer;
  }

  private static String advice(int status) {
    return switch (status) {
      case 401, 403 -> "check " + RegistrySettings.USER_INFO;
      case 404 -> "no such path; check " + RegistrySettings.URL;
      default -> "no reason given";
    };
  }

  private static JsonNode parse(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptException(e);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
