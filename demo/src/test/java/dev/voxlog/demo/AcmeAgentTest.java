package dev.voxlog.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.voxlog.agent.Agent;
import dev.voxlog.agent.AgentBundle;
import dev.voxlog.agent.Caller;
import dev.voxlog.agent.Flow;
import dev.voxlog.agent.HttpCall;
import dev.voxlog.agent.Template;
import dev.voxlog.agent.Tool;
import dev.voxlog.agent.Values;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The demo agent's file against the service it calls.
class AcmeAgentTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @Test
  void theUnpackedAgentIsTheOneInTheRepositoryAndEditsAreKept() throws Exception {
    Path unpacked = AcmeFiles.unpackTo(folder.resolve("demo"));
    assertThat(AgentBundle.load(unpacked).key())
        .isEqualTo(AgentBundle.load(Path.of("acme/agent.yaml")).key());
    assertThat(AgentBundle.load(unpacked).knowledge()).hasSizeGreaterThanOrEqualTo(12);

    Files.writeString(unpacked, "name: mine");
    AcmeFiles.unpackTo(folder.resolve("demo"));
    assertThat(unpacked).hasContent("name: mine");
  }

  @Test
  void everyOrderIsSpokenInFullByTheLineOfItsStatus() throws Exception {
    Agent agent = AgentBundle.load(Path.of("acme/agent.yaml")).agent();
    Flow flow = agent.flow("order_status").orElseThrow();
    Tool tool = agent.tool("getOrder").orElseThrow();
    try (AcmeBackend acme = AcmeBackend.start(AcmeSettings.inMemory())) {
      for (Order order :
          DemoOrders.of(DemoOrders.SEED, DemoOrders.COUNT, LocalDate.now(ZoneId.systemDefault()))) {
        JsonNode answer = call(acme, tool, Map.of("orderId", order.id()), flow, 200);
        assertThat(tool.checkResult(answer)).isEmpty();

        Values values = Values.of(Map.of("orderId", order.id()), answer);
        Flow.Line line = flow.line(values).orElseThrow();
        assertThat(line.when()).as(order.status()).isNotEmpty();
        assertThat(line.wordings())
            .allSatisfy(wording ->
                assertThat(wording.fill(values)).get().asString().contains(order.item()));
      }
    }
  }

  @Test
  void aCallbackIsBookedByTheAgentsTool() throws Exception {
    Agent agent = AgentBundle.load(Path.of("acme/agent.yaml")).agent();
    Flow flow = agent.flow("callback").orElseThrow();
    try (AcmeBackend acme = AcmeBackend.start(AcmeSettings.inMemory())) {
      call(
          acme,
          agent.tool("createCallback").orElseThrow(),
          Map.of("phone", "+15550100", "day", "2026-11-25"),
          flow,
          201);

      assertThat(acme.callbacks())
          .singleElement()
          .satisfies(callback -> assertThat(callback.day()).isEqualTo("2026-11-25"))
          .satisfies(callback -> assertThat(callback.time()).isNull());
    }
    Template sure =
        flow.line(Values.of(Map.of("phone", "+15550100", "day", "2026-11-25"), null))
            .orElseThrow()
            .wordings()
            .getFirst();
    assertThat(sure.fill(Map.of("day", "2026-11-25")::get))
        .contains("Done. We'll call you on Wednesday, November 25.");
  }

  @Test
  void theAccountIsWhatTheAgentsToolSays() throws Exception {
    Agent agent = AgentBundle.load(Path.of("acme/agent.yaml")).agent();
    Tool tool = agent.tool("getAccount").orElseThrow();
    try (AcmeBackend acme = AcmeBackend.start(AcmeSettings.inMemory());
        HttpClient client = HttpClient.newHttpClient()) {
      HttpCall.Request request =
          tool.http()
              .request(
                  JSON.createObjectNode(),
                  Caller.of(DemoCustomers.BROWN),
                  name -> name.equals("ACME_URL") ? acme.address().toString() : null);
      HttpRequest.Builder http = HttpRequest.newBuilder(request.uri());
      request.headers().forEach(http::header);
      JsonNode account = JSON.readTree(client.send(http.build(), BodyHandlers.ofString()).body());

      assertThat(tool.checkResult(account)).isEmpty();
      assertThat(tool.own().shows(account, Caller.of(DemoCustomers.BROWN))).isTrue();
      assertThat(
              Objects.requireNonNull(agent.start())
                  .say()
                  .getFirst()
                  .fill(Values.among(Map.of(), Map.of("account", account))))
          .contains("Hello Ms Brown.");
    }
  }

  private static JsonNode call(
      AcmeBackend acme, Tool tool, Map<String, String> slots, Flow flow, int status)
      throws Exception {
    var arguments = tool.arguments(Objects.requireNonNull(flow.call()).arguments(), slots::get);
    assertThat(tool.check(arguments)).isEmpty();
    HttpCall.Request request =
        tool.http()
            .request(
                arguments,
                Caller.of(DemoOrders.CUSTOMER),
                name -> name.equals("ACME_URL") ? acme.address().toString() : null);
    HttpRequest.Builder http = HttpRequest.newBuilder(URI.create(request.uri().toString()));
    request.headers().forEach(http::header);
    http.header("Idempotency-Key", "call/2/0");
    http.method(
        request.method(),
        request.body() == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(request.body()));
    try (HttpClient client = HttpClient.newHttpClient()) {
      var response = client.send(http.build(), BodyHandlers.ofString());
      assertThat(response.statusCode()).isEqualTo(status);
      return JSON.readTree(response.body());
    }
  }
}
