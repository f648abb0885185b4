package dev.voxlog.llm.tools;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.voxlog.agent.Environment;
import dev.voxlog.agent.HttpCall;
import dev.voxlog.agent.Tool;
import dev.voxlog.schemas.CallEvent.Outcome;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Calls tools by HTTP as the agent file describes them; the idempotency key travels as `Idempotency-Key`
/// (draft-ietf-httpapi-idempotency-key-header).
///
/// A call that broke after it was sent may have happened: it is repeated once where the tool declares that safe, else its
/// outcome is uncertain, unless it was a GET, which changes nothing.
public final class HttpTools implements Tools, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HttpTools.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_FAILURES = 5;
  private static final Duration PAUSE = Duration.ofSeconds(10);
  private static final long MOST_BYTES = 256 * 1024;

  private final HttpClient client;
  private final Map<String, CircuitBreaker> breakers = new ConcurrentHashMap<>();

  public HttpTools(Duration connectTimeout) {
    client =
        HttpClient.newBuilder()
            .connectTimeout(connectTimeout)
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  @Override
  public CompletionStage<ToolAnswer> call(Tool tool, ObjectNode arguments, String idempotencyKey) {
    HttpRequest request;
    try {
      request = request(tool, arguments, idempotencyKey);
    } catch (IllegalStateException | IllegalArgumentException misconfigured) {
      log.error("tool {}: cannot be called: {}", tool.name(), misconfigured.getMessage());
      return CompletableFuture.completedFuture(ToolAnswer.of(Outcome.FAILED));
    }
    CircuitBreaker breaker =
        breakers.computeIfAbsent(
            tool.name() + " " + request.uri().getAuthority(),
            _ -> new CircuitBreaker(MOST_FAILURES, PAUSE, System::nanoTime));
    if (!breaker.admits()) {
      return CompletableFuture.completedFuture(ToolAnswer.of(Outcome.FAILED));
    }
    return attempt(tool, request)
        .thenCompose(first -> isWorthRepeating(tool, first) ? attempt(tool, request) : CompletableFuture.completedFuture(first))
        .thenApply(answer -> counted(tool, answer, breaker));
  }

  private static HttpRequest request(Tool tool, ObjectNode arguments, String idempotencyKey) {
    HttpCall.Request wanted = tool.http().request(arguments, Environment::ofThisProcess);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(wanted.uri())
            .timeout(tool.http().timeout())
            .header("Accept", "application/json")
            .header("Idempotency-Key", idempotencyKey);
    wanted.headers().forEach(request::setHeader);
    return request.method(wanted.method(), body(wanted.body())).build();
  }

  private static HttpRequest.BodyPublisher body(@Nullable String json) {
    return json == null
        ? HttpRequest.BodyPublishers.noBody()
        : HttpRequest.BodyPublishers.ofString(json, StandardCharsets.UTF_8);
  }

  private CompletableFuture<ToolAnswer> attempt(Tool tool, HttpRequest request) {
    return client
        .sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), MOST_BYTES))
        .handle((response, failure) -> response == null ? broken(tool, failure) : answered(tool, response));
  }

  private static ToolAnswer broken(Tool tool, @Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    String reason = cause == null ? "no answer" : cause.getClass().getSimpleName();
    log.warn("tool {}: {}", tool.name(), reason);
    boolean wasSent = !(cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException);
    return ToolAnswer.of(wasSent ? Outcome.UNCERTAIN : Outcome.FAILED);
  }

  private static ToolAnswer answered(Tool tool, HttpResponse<String> response) {
    int status = response.statusCode();
    JsonNode json = json(response.body());
    if (status == 404) {
      return new ToolAnswer(Outcome.NOT_FOUND, json);
    }
    if (status >= 400 && status < 500) {
      return new ToolAnswer(Outcome.REFUSED, json);
    }
    if (status < 200 || status >= 300) {
      log.warn("tool {}: status {}", tool.name(), status);
      return ToolAnswer.of(Outcome.FAILED);
    }
    if (tool.result() != null && (json == null || !tool.checkResult(json).isEmpty())) {
      log.warn("tool {}: its answer is not what the agent file says: {}", tool.name(), json == null ? "no JSON" : tool.checkResult(json));
      return ToolAnswer.of(Outcome.FAILED);
    }
    return new ToolAnswer(Outcome.OK, json);
  }

  private static @Nullable JsonNode json(String body) {
    try {
      return body.isBlank() ? null : JSON.readTree(body);
    } catch (JsonProcessingException _) {
      return null;
    }
  }

  private static boolean isWorthRepeating(Tool tool, ToolAnswer first) {
    return tool.isRepeatSafe() && first.outcome() == Outcome.UNCERTAIN;
  }

  private static ToolAnswer counted(Tool tool, ToolAnswer answer, CircuitBreaker breaker) {
    if (answer.outcome() != Outcome.FAILED && answer.outcome() != Outcome.UNCERTAIN) {
      breaker.succeeded();
      return answer;
    }
    breaker.failed();
    boolean changesNothing = tool.http().method().equals("GET");
    return changesNothing ? ToolAnswer.of(Outcome.FAILED) : answer;
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
