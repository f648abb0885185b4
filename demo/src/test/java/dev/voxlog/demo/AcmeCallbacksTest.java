package dev.voxlog.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Callbacks over real HTTP: to whom, how often, and who learns of them.
class AcmeCallbacksTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CALLER = "+15550100055";
  private static final String OTHER = "+15550100002";

  private final HttpClient client = HttpClient.newHttpClient();
  private AcmeBackend acme;

  /// What came of a request.
  private record Got(int status, JsonNode body) {}

  @BeforeEach
  void start() {
    acme = AcmeBackend.start(AcmeSettings.inMemory());
  }

  @AfterEach
  void stop() {
    acme.close();
    client.close();
  }

  private HttpRequest request(String caller, String body, @Nullable String key) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(acme.address().resolve("/callbacks"))
            .header("Content-Type", "application/json")
            .header("X-Caller", caller)
            .POST(BodyPublishers.ofString(body));
    return key == null ? request.build() : request.header("Idempotency-Key", key).build();
  }

  private Got sent(HttpRequest request) throws Exception {
    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
    return new Got(response.statusCode(), JSON.readTree(response.body()));
  }

  private Got books(String caller, String phone, @Nullable String key) throws Exception {
    return sent(request(caller, "{\"phone\": \"" + phone + "\"}", key));
  }

  private JsonNode listed(String caller) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(acme.address().resolve("/callbacks"));
    Got got = sent(caller.isEmpty() ? request.build() : request.header("X-Caller", caller).build());
    assertThat(got.status()).isEqualTo(200);
    return got.body().path("callbacks");
  }

  @Test
  void theSameKeyGivesTheFirstCallbackAgain() throws Exception {
    String body = "{\"phone\":\"+15550100002\",\"day\":\"2026-11-25\",\"time\":\"15:00\"}";

    Got first = sent(request(CALLER, body, "call/2/1"));
    Got again = sent(request(CALLER, body, "call/2/1"));
    Got other = sent(request(CALLER, body, "call/3/1"));

    assertThat(first.status()).isEqualTo(201);
    assertThat(again).isEqualTo(first);
    assertThat(other.body().path("id")).isNotEqualTo(first.body().path("id"));
    assertThat(acme.callbacks()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({CALLER + ", +15550100003", "+15550100077, " + OTHER})
  void aKeyUsedForAnotherCallbackOrByAnotherCallerIsRefused(String caller, String phone)
      throws Exception {
    books(CALLER, OTHER, "call/2/1");

    assertThat(books(caller, phone, "call/2/1").status()).isEqualTo(409);
    assertThat(acme.callbacks()).hasSize(1);
  }

  @Test
  void simultaneousRequestsWithOneKeyBookOneCallback() {
    HttpRequest request = request(CALLER, "{\"phone\":\"" + OTHER + "\"}", "call/9/1");

    List<CompletableFuture<HttpResponse<String>>> sent =
        IntStream.range(0, 24)
            .mapToObj(_ -> client.sendAsync(request, BodyHandlers.ofString()))
            .toList();
    Set<String> answers = sent.stream().map(each -> each.join().body()).collect(Collectors.toSet());

    assertThat(answers).hasSize(1);
    assertThat(acme.callbacks()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"phone\":\"soon\"}", "{\"phone\":null}", "nonsense"})
  void aCallbackWithoutANumberIsRefused(String body) throws Exception {
    assertThat(sent(request(CALLER, body, "call/2/1")).status()).isEqualTo(400);
    assertThat(acme.callbacks()).isEmpty();
  }

  @Test
  void aCallbackWithoutAKeyIsRefused() throws Exception {
    Got refused = books(CALLER, CALLER, null);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body().path("error").asText()).startsWith("Idempotency-Key: is missing");
    assertThat(acme.callbacks()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "+15550100055, +19005550123",
    "+15550100055, 19005550123",
    "+15550100055, 9005550123",
    "+15550100055, 2129765976",
    "+15550100055, 9765976",
    "+15550100055, +18765550123",
    "+15550100055, +442079460958",
    "+15550100055, 00442079460958",
    "+15550100055, 011442079460958",
    "+15550100055, 442079460958",
    "anonymous, +19005550123",
    "+19005550123, +19005550123",
    "+5550134221, 05550134221"
  })
  void aNumberThatAcmeDoesNotCallIsRefused(String caller, String phone) throws Exception {
    Got refused = books(caller, phone, "call/2/1");

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body().path("reason").asText()).isEqualTo("not-called");
    assertThat(acme.callbacks()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "+15550100055, +15550100055",
    "+15550100055, 5550134221",
    "+15550100055, 15550134221",
    "+15550100055, 5550135",
    "+15550142, +15550142",
    "anonymous, 4155550137",
    "+442079460958, +442079460958",
    "+442079460958, 00442079460958"
  })
  void theCallersOwnNumberAndOneOfTheCountryAreCalled(String caller, String phone)
      throws Exception {
    assertThat(books(caller, phone, "call/2/1").status()).isEqualTo(201);
    assertThat(acme.callbacks()).hasSize(1);
  }

  @Test
  void anotherNumberIsPromisedFiveCallsADayByAllCallersTogetherHoweverItIsWritten()
      throws Exception {
    int n = 0;
    for (String written :
        List.of("4155550137", "+14155550137", "14155550137", "0014155550137", "4155550137")) {
      assertThat(books(CALLER, written, "n" + n++).status()).isEqualTo(201);
    }
    Got sixth = books("anonymous", "4155550137", "call/9/1");

    assertThat(sixth.status()).isEqualTo(422);
    assertThat(sixth.body().path("reason").asText()).isEqualTo("called-enough");
    assertThat(books(CALLER, "4155550137", "n0").status()).isEqualTo(201);
    assertThat(books("+14155550137", "+14155550137", "call/10/1").status()).isEqualTo(201);
  }

  @Test
  void callersLearnOfTheCallbacksThatTheyBookedAlone() throws Exception {
    books(CALLER, CALLER, "call/2/1");
    books("+15550100077", OTHER, "call/3/1");
    books("anonymous", "4155550137", "call/4/1");

    assertThat(listed(CALLER)).hasSize(1);
    assertThat(listed(CALLER).path(0).path("phone").asText()).isEqualTo(CALLER);
    for (String stranger : List.of(OTHER, "anonymous", "")) {
      assertThat(listed(stranger)).isEmpty();
    }
    assertThat(acme.callbacks()).hasSize(3);
  }
}
