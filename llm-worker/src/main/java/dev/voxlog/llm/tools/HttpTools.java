package dev.voxlog.llm.tools;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.voxlog.agent.Environment;
import dev.voxlog.agent.HttpCall;
import dev.voxlog.agent.Tool;
import dev.voxlog.runtime.ForeignJson;
import dev.voxlog.schemas.CallEvent.Outcome;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Calls tools by HTTP as the agent file describes them; the idempotency key travels as
/// `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header).
///
/// A call that broke after it was sent, or whose answer is none, may have happened: it is repeated
/// once where the tool declares that safe, else its outcome is uncertain, unless it was a GET,
/// which changes nothing. It stays uncertain when the repetition fails or meets the first one still
/// at work. Logs name the tool and the kind of failure, never what was sent or answered.
public final class HttpTools implements Tools, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HttpTools.class);
  private static final ObjectMapper JSON = ForeignJson.mapper();
  private static final int MOST_FAILURES = 5;
  private static final Duration PAUSE = Duration.ofSeconds(10);
  private static final Duration BEFORE_REPEAT = Duration.ofMillis(100);
  private static final long MOST_BYTES = 256 * 1024;
  // The server says that it has not done it, and that later it may.
  private static final Set<Integer> BUSY = Set.of(425, 429, 503);
  private static final int CONFLICT = 409;

  private final HttpClient client;
  private final Map<String, CircuitBreaker> breakers = new ConcurrentHashMap<>();
  private final Executor later =
      CompletableFuture.delayedExecutor(
          BEFORE_REPEAT.toMillis(), TimeUnit.MILLISECONDS, Runnable::run);

  public HttpTools(Duration connectTimeout) {
    client =
        HttpClient.newBuilder()
            .connectTimeout(connectTimeout)
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /// What one attempt came to, and whether the same again may come to something better.
  private record Attempt(ToolAnswer answer, boolean isWorthRepeating) {
    static Attempt last(ToolAnswer answer) {
      return new Attempt(answer, false);
    }

    static Attempt worthRepeating(ToolAnswer answer) {
      return new Attempt(answer, true);
    }
  }

  @Override
  public CompletionStage<ToolAnswer> call(ToolCall call) {
    Tool tool = call.tool();
    HttpRequest request;
    try {
      request = request(call);
    } catch (IllegalStateException unset) {
      log.error("tool {}: cannot be called: {}", tool.name(), unset.getMessage());
      return CompletableFuture.completedFuture(ToolAnswer.of(Outcome.FAILED));
    } catch (IllegalArgumentException _) {
      log.error(
          "tool {}: cannot be called: its url and these arguments make no address", tool.name());
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
        .thenCompose(first ->
            isRepeated(tool, first)
                ? repeat(tool, request).thenApply(second -> judged(first, second))
                : CompletableFuture.completedFuture(first))
        .thenApply(last -> counted(last.answer(), breaker));
  }

  /// Where the first attempt may have been carried out, a second that was not settles nothing.
  private static Attempt judged(Attempt first, Attempt second) {
    boolean isSettled = !second.answer.isConflict() && second.answer.outcome() != Outcome.FAILED;
    return first.answer.outcome() == Outcome.UNCERTAIN && !isSettled ? first : second;
  }

  private static HttpRequest request(ToolCall call) {
    HttpCall.Request wanted =
        call.tool().http().request(call.arguments(), call.caller(), Environment::ofThisProcess);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(wanted.uri())
            .header("Accept", "application/json")
            .header("Idempotency-Key", call.idempotencyKey());
    wanted.headers().forEach(request::setHeader);
    return request.method(wanted.method(), body(wanted.body())).build();
  }

  private static HttpRequest.BodyPublisher body(@Nullable String json) {
    return json == null
        ? HttpRequest.BodyPublishers.noBody()
        : HttpRequest.BodyPublishers.ofString(json, StandardCharsets.UTF_8);
  }

  private static boolean isRepeated(Tool tool, Attempt first) {
    return tool.isRepeatSafe() && first.isWorthRepeating();
  }

  private CompletableFuture<Attempt> repeat(Tool tool, HttpRequest request) {
    return CompletableFuture.supplyAsync(() -> attempt(tool, request), later)
        .thenCompose(again -> again);
  }

  /// The client's own time-out ends with the headers of the answer; the whole of it is bounded
  /// here, and an exchange that takes longer is cancelled.
  private CompletableFuture<Attempt> attempt(Tool tool, HttpRequest request) {
    CompletableFuture<HttpResponse<String>> exchange =
        client.sendAsync(
            request,
            BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), MOST_BYTES));
    return exchange
        .copy()
        .orTimeout(tool.http().timeout().toMillis(), TimeUnit.MILLISECONDS)
        .handle((response, failure) -> {
          exchange.cancel(true);
          return response == null ? broken(tool, failure) : answered(tool, response);
        });
  }

  private static Attempt broken(Tool tool, @Nullable Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    log.warn(
        "tool {}: {}", tool.name(), cause == null ? "no answer" : cause.getClass().getSimpleName());
    boolean wasNeverSent =
        cause instanceof ConnectException
            || cause instanceof HttpConnectTimeoutException
            || cause instanceof SSLHandshakeException;
    return wasNeverSent
        ? Attempt.last(ToolAnswer.of(Outcome.FAILED))
        : Attempt.worthRepeating(unknown(tool));
  }

  /// The outcome of a call of which no answer tells whether it happened.
  private static ToolAnswer unknown(Tool tool) {
    return ToolAnswer.of(tool.http().method().equals("GET") ? Outcome.FAILED : Outcome.UNCERTAIN);
  }

  private static Attempt answered(Tool tool, HttpResponse<String> response) {
    int status = response.statusCode();
    JsonNode json = json(response.body());
    if (status >= 200 && status < 300) {
      return accepted(tool, json);
    }
    if (status == 404 || status == 410) {
      return Attempt.last(new ToolAnswer(Outcome.NOT_FOUND, json));
    }
    log.warn("tool {}: status {}", tool.name(), status);
    if (BUSY.contains(status)) {
      return Attempt.worthRepeating(ToolAnswer.of(Outcome.FAILED));
    }
    if (status >= 500 || status == 408) {
      return Attempt.worthRepeating(unknown(tool));
    }
    if (status == CONFLICT) {
      return Attempt.last(new ToolAnswer(Outcome.REFUSED, json, true));
    }
    return Attempt.last(
        status >= 400 ? new ToolAnswer(Outcome.REFUSED, json) : ToolAnswer.of(Outcome.FAILED));
  }

  /// The tool says that it is done; if what it tells of it cannot be read, only a GET is known to
  /// have changed nothing.
  private static Attempt accepted(Tool tool, @Nullable JsonNode json) {
    List<String> problems =
        tool.result() == null
            ? List.of()
            : json == null ? List.of("no JSON") : tool.checkResult(json);
    if (problems.isEmpty()) {
      return Attempt.last(new ToolAnswer(Outcome.OK, json));
    }
    log.warn("tool {}: its answer is not what the agent file says: {}", tool.name(), problems);
    return Attempt.last(unknown(tool));
  }

  private static @Nullable JsonNode json(String body) {
    try {
      return body.isBlank() ? null : JSON.readTree(body);
    } catch (JsonProcessingException _) {
      return null;
    }
  }

  private static ToolAnswer counted(ToolAnswer answer, CircuitBreaker breaker) {
    if (answer.outcome() == Outcome.FAILED || answer.outcome() == Outcome.UNCERTAIN) {
      breaker.failed();
    } else {
      breaker.succeeded();
    }
    return answer;
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
