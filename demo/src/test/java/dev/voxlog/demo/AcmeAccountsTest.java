package dev.voxlog.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Accounts, payments and returns over real HTTP.
class AcmeAccountsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String STRANGER = "+15550199999";

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

  private Got send(String caller, HttpRequest.Builder request) throws Exception {
    HttpResponse<String> response =
        client.send(request.header("X-Caller", caller).build(), BodyHandlers.ofString());
    return new Got(response.statusCode(), JSON.readTree(response.body()));
  }

  private Got account(String caller) throws Exception {
    return send(caller, HttpRequest.newBuilder(acme.address().resolve("/account")));
  }

  private Got post(String caller, String path, String body, @Nullable String key) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(acme.address().resolve(path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    return send(caller, key == null ? request : request.header("Idempotency-Key", key));
  }

  private Got pays(String caller, String order, String amount, String key) throws Exception {
    String body = "{\"order\": \"%s\", \"amount\": %s}".formatted(order, amount);
    return post(caller, "/payments", body, key);
  }

  private static CompletableFuture<Got> later(Callable<Got> request) {
    return CompletableFuture.supplyAsync(() -> {
      try {
        return request.call();
      } catch (Exception failed) {
        throw new IllegalStateException(failed);
      }
    });
  }

  private Got sendsBack(String caller, String order, String reason, @Nullable String key)
      throws Exception {
    String body = "{\"order\": \"%s\", \"reason\": \"%s\"}".formatted(order, reason);
    return post(caller, "/returns", body, key);
  }

  /// An order that anybody may send back who has a number.
  private void delivered(String id) {
    LocalDate yesterday = LocalDate.now(ZoneId.systemDefault()).minusDays(1);
    acme.put(new Order(id, "delivered", "lamp", yesterday, null, new BigDecimal("10.00"), null));
  }

  private BigDecimal open() throws Exception {
    return account(DemoCustomers.BROWN).body().path("open").path("open").decimalValue();
  }

  @Test
  void anAccountIsItsOwnersAlone() throws Exception {
    Got brown = account(DemoCustomers.BROWN);

    assertThat(brown.status()).isEqualTo(200);
    assertThat(brown.body().path("name").asText()).isEqualTo("Brown");
    assertThat(brown.body().path("orders")).hasSize(3);
    assertThat(brown.body().at("/recent/id").asText()).isEqualTo(DemoCustomers.HEATER);
    assertThat(brown.body().at("/open/id").asText()).isEqualTo(DemoCustomers.TRIMMER);
    assertThat(brown.body().at("/returnable/id").asText()).isEqualTo(DemoCustomers.TRIMMER);
    assertThat(account("anonymous").status()).isEqualTo(404);
    assertThat(account("+15550199999").status()).isEqualTo(404);
  }

  @Test
  void aPaymentIsChargedOnceHoweverOftenItIsSent() throws Exception {
    Got first = pays(DemoCustomers.BROWN, DemoCustomers.TRIMMER, "20.00", "k1");
    Got again = pays(DemoCustomers.BROWN, DemoCustomers.TRIMMER, "20.00", "k1");

    assertThat(first.status()).isEqualTo(201);
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.body().path("id")).isEqualTo(first.body().path("id"));
    assertThat(open()).isEqualByComparingTo("29.50");
    assertThat(pays(DemoCustomers.BROWN, DemoCustomers.TRIMMER, "21.00", "k1").status())
        .isEqualTo(409);
  }

  @Test
  void simultaneousRequestsOfAKeyChargeOnce() throws Exception {
    List<CompletableFuture<Got>> all =
        IntStream.range(0, 6)
            .mapToObj(
                _ -> later(() -> pays(DemoCustomers.BROWN, DemoCustomers.TRIMMER, "10.00", "k2")))
            .toList();
    assertThat(all).allSatisfy(each -> assertThat(each.join().status()).isEqualTo(201));

    assertThat(open()).isEqualByComparingTo("39.50");
  }

  @ParameterizedTest
  @CsvSource({
    "17320, 60.00, more-than-open",
    "17320, 500.01, over-limit",
    "60221, 5.00, nothing-open"
  })
  void whatIsNotChargedIsToldWithTheReason(String order, String amount, String reason)
      throws Exception {
    Got refused = pays(DemoCustomers.BROWN, order, amount, "k3");

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body().path("reason").asText()).isEqualTo(reason);
    assertThat(open()).isEqualByComparingTo("49.50");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-5", "0", "1.005"})
  void whatIsNoAmountIsRefused(String amount) throws Exception {
    assertThat(pays(DemoCustomers.BROWN, DemoCustomers.TRIMMER, amount, "k4").status())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {DemoCustomers.BROWN, "anonymous", ""})
  void anotherAccountsInvoiceIsNotThere(String caller) throws Exception {
    Got foreign = pays(caller, "27182", "10.00", "k5");
    Got nowhere = pays(caller, "27183", "10.00", "k6");

    assertThat(foreign).isEqualTo(nowhere);
    assertThat(foreign.status()).isEqualTo(404);
  }

  @Test
  void whoHasNoAccountPaysNothing() throws Exception {
    acme.put(new Order("11111", "shipped", "lamp", null, null, new BigDecimal("10.00"), null));

    assertThat(pays("+15550199999", "11111", "1.00", "k7").body().path("reason").asText())
        .isEqualTo("no-card");
  }

  @ParameterizedTest
  @CsvSource({"14142, too-late", "60221, not-delivered"})
  void whatCannotBeSentBackIsToldWithTheReason(String order, String reason) throws Exception {
    String body = "{\"order\": \"%s\", \"reason\": \"too big\"}".formatted(order);
    Got refused = post(DemoCustomers.BROWN, "/returns", body, "k8");

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body().path("reason").asText()).isEqualTo(reason);
  }

  @Test
  void aReturnIsStartedOnce() throws Exception {
    String body = "{\"order\": \"17320\", \"reason\": \"too loud\"}";
    Got started = post(DemoCustomers.BROWN, "/returns", body, "k9");

    assertThat(started.status()).isEqualTo(201);
    assertThat(post(DemoCustomers.BROWN, "/returns", body, "k9").body()).isEqualTo(started.body());
    assertThat(post(DemoCustomers.BROWN, "/returns", body, "k10").body().path("reason").asText())
        .isEqualTo("already-returned");
    assertThat(post("+15550199999", "/returns", body, "k11").status()).isEqualTo(404);
  }

  @Test
  void aReasonThatNamesAnotherOrderBlocksNothing() throws Exception {
    delivered("11111");

    assertThat(sendsBack(STRANGER, "11111", "broken, like 17320 was", "k12").status())
        .isEqualTo(201);
    assertThat(sendsBack(DemoCustomers.BROWN, "17320", "too loud", "k13").status()).isEqualTo(201);
  }

  @Test
  void ofSimultaneousReturnsOfAnOrderOneIsStarted() {
    delivered("11111");
    List<CompletableFuture<Got>> all =
        IntStream.range(0, 6)
            .mapToObj(n -> later(() -> sendsBack(STRANGER, "11111", "broken", "n" + n)))
            .toList();

    assertThat(all.stream().map(each -> each.join().status()).sorted())
        .containsExactly(201, 422, 422, 422, 422, 422);
  }

  @ParameterizedTest
  @ValueSource(strings = {"11111", "17320", "99999"})
  void whoHidesTheirNumberSendsNothingBackAndLearnsOfNoOrder(String order) throws Exception {
    delivered("11111");

    for (String nobody : List.of("anonymous", "")) {
      Got refused = sendsBack(nobody, order, "broken", "k14");
      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.body().path("reason").asText()).isEqualTo("no-number");
    }
    assertThat(sendsBack(STRANGER, "11111", "broken", "k15").status()).isEqualTo(201);
  }

  @ParameterizedTest
  @CsvSource({"/payments, 17320", "/returns, 17320"})
  void withoutAKeyNothingIsDone(String path, String order) throws Exception {
    String body = "{\"order\": \"%s\", \"amount\": 10, \"reason\": \"too loud\"}".formatted(order);
    Got refused = post(DemoCustomers.BROWN, path, body, null);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body().path("error").asText()).startsWith("Idempotency-Key: is missing");
    assertThat(open()).isEqualByComparingTo("49.50");
    assertThat(sendsBack(DemoCustomers.BROWN, order, "too loud", "k16").status()).isEqualTo(201);
  }
}
