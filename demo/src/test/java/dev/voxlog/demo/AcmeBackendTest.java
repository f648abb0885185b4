package dev.voxlog.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The service over real HTTP.
class AcmeBackendTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CUSTOMER = "+15550100055";
  private static final Order LAMP =
      new Order(
          "90210",
          "shipped",
          "desk lamp",
          LocalDate.of(2026, 11, 28),
          "City Parcel",
          new BigDecimal("42.5"),
          CUSTOMER);

  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private AcmeBackend acme;

  @BeforeEach
  void start() {
    acme = AcmeBackend.start(AcmeSettings.in(folder, 0));
    acme.put(LAMP);
  }

  @AfterEach
  void stop() {
    acme.close();
    client.close();
  }

  /// A parser that remembers names would hold what clients invent for as long as the service runs.
  @Test
  void namesThatAClientInventsAreNotRemembered() {
    Buffer invented = Buffer.buffer("{\"invented\":1}");
    assertThat(JsonBody.of(invented).json().fieldNames().next())
        .isNotSameAs(JsonBody.of(invented).json().fieldNames().next());
  }

  @Test
  void anOrderIsAnsweredByItsNumber() throws Exception {
    JsonNode order = json(get("/orders/90210", 200));

    assertThat(order)
        .isEqualTo(
            JSON.readTree(
                """
                {"id": "90210", "status": "shipped", "item": "desk lamp", "eta": "2026-11-28", "carrier": "City Parcel",
                 "total": 42.50, "phone": "+15550100055"}
                """));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/orders/00000", "/orders/abc", "/orders/%27%20OR%201%3D1", "/nothing"})
  void whatIsNotThereIsA404InJson(String path) throws Exception {
    assertThat(json(get(path, 404)).path("error").asText()).isNotBlank();
  }

  @Test
  void aCustomersOrdersAreFoundByPhone() throws Exception {
    assertThat(json(get("/orders?phone=%2B15550100055", 200)).path("orders")).hasSize(1);
    assertThat(json(get("/orders?phone=+15550100055", 200)).path("orders")).hasSize(1);
    assertThat(json(get("/orders?phone=%2B15550199999", 200)).path("orders")).isEmpty();
    get("/orders", 400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"+15550100077", "anonymous", ""})
  void anotherCustomersOrderIsAnsweredAsOneThatIsNotThere(String caller) throws Exception {
    String unknown = getAs(caller, "/orders/00000", 404);

    assertThat(getAs(caller, "/orders/90210", 404)).isEqualTo(unknown);
    assertThat(json(getAs(caller, "/orders?phone=%2B15550100055", 200)).path("orders")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"+15550100077", "anonymous", ""})
  void anOrderWithoutAnAccountIsForWhoeverHasItsNumber(String caller) throws Exception {
    Order guest = DemoOrders.of(DemoOrders.SEED, 1, LocalDate.EPOCH).getFirst();

    getAs(caller, "/orders/" + guest.id(), 200);
  }

  @Test
  void aNewDatabaseBeginsWithTheDemoOrders() throws Exception {
    for (Order order :
        DemoOrders.of(DemoOrders.SEED, DemoOrders.COUNT, LocalDate.now(ZoneId.systemDefault()))) {
      assertThat(json(get("/orders/" + order.id(), 200)).path("status").asText())
          .isEqualTo(order.status());
    }
  }

  @Test
  void theOrdersOfASeedAreAddedAndToldAndStayTheSame() throws Exception {
    List<Order> orders = acme.seed(7, 40);

    assertThat(orders).hasSize(40).isEqualTo(acme.seed(7, 40));
    assertThat(orders)
        .extracting(Order::id)
        .allMatch(id -> id.matches("[0-9]{5}"))
        .doesNotHaveDuplicates();
    for (Order order : orders) {
      assertThat(json(get("/orders/" + order.id(), 200)).path("item").asText())
          .isEqualTo(order.item());
    }
    assertThat(orders.getFirst().summary())
        .contains(orders.getFirst().id(), orders.getFirst().status());
  }

  @Test
  void anOrderCanBeAddedAndReplaced() throws Exception {
    String order = "{\"id\":\"11111\",\"status\":\"%s\",\"item\":\"toaster\",\"total\":20}";

    post("/admin/orders", order.formatted("processing"), null, 201);
    post("/admin/orders", order.formatted("cancelled"), null, 201);

    assertThat(json(get("/orders/11111", 200)).path("status").asText()).isEqualTo("cancelled");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/callbacks", "/payments", "/returns", "/admin/orders"})
  void aFormOnAnotherPageDoesNothing(String path) throws Exception {
    String all =
        "{\"id\":\"11111\",\"status\":\"cancelled\",\"item\":\"toaster\",\"total\":20,"
            + "\"phone\":\"+15550100055\",\"order\":\"90210\",\"amount\":1,\"reason\":\"big\"}";
    for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "")) {
      HttpRequest.Builder form =
          HttpRequest.newBuilder(acme.address().resolve(path))
              .header("X-Caller", CUSTOMER)
              .header("Idempotency-Key", "call/2/1")
              .POST(BodyPublishers.ofString(all));
      String refused =
          sent(type.isEmpty() ? form.build() : form.header("Content-Type", type).build(), 415);
      assertThat(json(refused).path("error").asText()).contains("application/json");
    }
    get("/orders/11111", 404);
    assertThat(acme.callbacks()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{\"id\":\"11111\"}",
        "{\"id\":\"1\",\"status\":\"shipped\",\"item\":\"toaster\",\"total\":20}",
        "{\"id\":\"11111\",\"status\":\"lost\",\"item\":\"toaster\",\"total\":20}",
        "{\"id\":\"11111\",\"status\":\"shipped\",\"item\":\"toaster\",\"total\":\"much\"}",
        "{\"id\":\"11111\",\"status\":\"shipped\",\"item\":\"toaster\",\"total\":1,\"eta\":\"soon\"}"
      })
  void aWrongOrderIsRefusedWithTheReason(String order) throws Exception {
    assertThat(json(post("/admin/orders", order, null, 400)).path("error").asText()).isNotBlank();
  }

  @Test
  void aBodyWithoutEndIsRefusedWhateverLengthItClaims() throws Exception {
    HttpRequest chunked =
        HttpRequest.newBuilder(acme.address().resolve("/callbacks"))
            .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[200_000])))
            .build();

    assertThat(client.send(chunked, BodyHandlers.ofString()).statusCode()).isEqualTo(413);
  }

  @Test
  void ordersCallbacksAndKeysOutliveARestart() throws Exception {
    String body = "{\"phone\":\"+15550100002\"}";
    JsonNode first = json(post("/callbacks", body, "call/2/1", 201));

    acme.close();
    acme = AcmeBackend.start(AcmeSettings.in(folder, 0));

    assertThat(json(get("/orders/90210", 200)).path("item").asText()).isEqualTo("desk lamp");
    assertThat(json(post("/callbacks", body, "call/2/1", 201))).isEqualTo(first);
    assertThat(acme.callbacks()).hasSize(1);
  }

  @Test
  void aTakenPortOrDatabaseIsTold() {
    assertThatIllegalStateException()
        .isThrownBy(() -> AcmeBackend.start(new AcmeSettings("127.0.0.1", acme.port(), null, null)))
        .withMessageContaining("is the port in use? Set ACME_PORT");
  }

  @Test
  void beyondThisMachineItListensOnlyWithATokenWhichItAsksFor() throws Exception {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AcmeSettings("0.0.0.0", 0, null, null))
        .withMessageContaining("ACME_TOKEN");

    try (AcmeBackend guarded =
        AcmeBackend.start(new AcmeSettings("127.0.0.1", 0, null, "secret"))) {
      HttpRequest.Builder health = HttpRequest.newBuilder(guarded.address().resolve("/health"));
      assertThat(client.send(health.build(), BodyHandlers.ofString()).statusCode()).isEqualTo(401);
      assertThat(
              client
                  .send(
                      health.header("Authorization", "Bearer secret").build(),
                      BodyHandlers.ofString())
                  .statusCode())
          .isEqualTo(200);
    }
  }

  private String get(String path, int status) throws IOException, InterruptedException {
    return getAs(CUSTOMER, path, status);
  }

  private String getAs(String caller, String path, int status)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(acme.address().resolve(path));
    return sent(
        caller.isEmpty() ? request.build() : request.header("X-Caller", caller).build(), status);
  }

  private String post(String path, String body, @Nullable String key, int status)
      throws IOException, InterruptedException {
    return sent(request(path, body, key), status);
  }

  private HttpRequest request(String path, String body, @Nullable String key) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(acme.address().resolve(path))
            .header("Content-Type", "application/json")
            .header("X-Caller", CUSTOMER)
            .POST(BodyPublishers.ofString(body));
    return key == null ? request.build() : request.header("Idempotency-Key", key).build();
  }

  private String sent(HttpRequest request, int status) throws IOException, InterruptedException {
    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    return response.body();
  }

  private static JsonNode json(String text) throws IOException {
    return JSON.readTree(text);
  }
}
