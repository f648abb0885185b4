package dev.voxlog.llm.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.voxlog.agent.Caller;
import dev.voxlog.agent.HttpCall;
import dev.voxlog.agent.OwnAccount;
import dev.voxlog.agent.Tool;
import dev.voxlog.schemas.CallEvent.Outcome;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Tools on a real connection, with everything that goes wrong on one.
class HttpToolsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ToolServer server = new ToolServer();
  private final HttpTools tools = new HttpTools(Duration.ofSeconds(1));

  @AfterEach
  void stop() {
    tools.close();
    server.close();
  }

  private Tool tool(String method, boolean isRepeatSafe) throws Exception {
    return tool(method, isRepeatSafe, server.url() + "/things/{id}");
  }

  private static Tool tool(String method, boolean isRepeatSafe, String url) throws Exception {
    return new Tool(
        "thing",
        "does a thing",
        new HttpCall(
            method,
            url,
            Map.of("Authorization", "Bearer secret", "X-Caller", "{caller}"),
            Duration.ofMillis(400)),
        JSON.readTree(
            "{\"type\":\"object\",\"properties\":{\"id\":{\"type\":\"string\"}},\"required\":[\"id\"]}"),
        JSON.readTree("{\"type\":\"object\",\"required\":[\"state\"]}"),
        OwnAccount.NONE,
        isRepeatSafe,
        null,
        null,
        Tool.FILLER_AFTER);
  }

  private ToolAnswer call(Tool tool) throws Exception {
    ObjectNode arguments =
        JsonNodeFactory.instance.objectNode().put("id", "7 8").put("note", "soon");
    ToolCall call = new ToolCall(tool, arguments, Caller.of("+1 555 0142"), "CA1/3/0");
    return tools.call(call).toCompletableFuture().get(5, TimeUnit.SECONDS);
  }

  @Test
  void theRequestCarriesArgumentsHeadersAndTheIdempotencyKey() throws Exception {
    server.answers(200, "{\"state\":\"done\"}");

    assertThat(call(tool("POST", false)).outcome()).isEqualTo(Outcome.OK);
    assertThat(server.requests)
        .singleElement()
        .asString()
        .startsWith("POST /things/7%208 HTTP/1.1")
        .contains(
            "Idempotency-Key: CA1/3/0",
            "Authorization: Bearer secret",
            "X-Caller: +15550142",
            "Content-Type: application/json")
        .endsWith("{\"note\":\"soon\"}");
  }

  @Test
  void theArgumentsOfAGetGoIntoItsQuery() throws Exception {
    server.answers(200, "{\"state\":\"done\"}");

    assertThat(Objects.requireNonNull(call(tool("GET", true)).result()).get("state").asText())
        .isEqualTo("done");
    assertThat(server.requests.getFirst()).startsWith("GET /things/7%208?note=soon HTTP/1.1");
  }

  @Test
  void namesThatAServiceInventsAreNotRemembered() throws Exception {
    server.answers(200, "{\"state\":\"done\",\"invented\":1}");
    server.answers(200, "{\"state\":\"done\",\"invented\":1}");

    assertThat(invented()).isEqualTo("invented").isNotSameAs(invented());
  }

  private String invented() throws Exception {
    JsonNode result = Objects.requireNonNull(call(tool("GET", true)).result());
    return result.propertyStream().map(Map.Entry::getKey).toList().getLast();
  }

  @ParameterizedTest
  @CsvSource({
    "404, GET, NOT_FOUND, 1", "404, POST, NOT_FOUND, 1", "400, POST, REFUSED, 1",
        "401, GET, REFUSED, 1",
    "409, POST, REFUSED, 1", "302, GET, FAILED, 1", "500, GET, FAILED, 2",
        "500, POST, UNCERTAIN, 2",
    "502, POST, UNCERTAIN, 2", "503, POST, FAILED, 2", "429, GET, FAILED, 2"
  })
  void aStatusIsAnOutcomeAndTheAmbiguousOnesAreAskedAgainOnce(
      int status, String method, Outcome outcome, int calls) throws Exception {
    server.answers(status, "{}").answers(status, "{}");

    assertThat(call(tool(method, true)).outcome()).isEqualTo(outcome);
    assertThat(server.requests).hasSize(calls);
  }

  @ParameterizedTest
  @CsvSource({"GET, FAILED", "POST, UNCERTAIN"})
  void aServerThatBreaksIsNotAskedTwiceByAToolThatIsNotSafeToRepeat(String method, Outcome outcome)
      throws Exception {
    server.answers(500, "");

    assertThat(call(tool(method, false)).outcome()).isEqualTo(outcome);
    assertThat(server.requests).hasSize(1);
  }

  @Test
  void aConnectionThatBreaksAfterTheRequestIsUncertainWhereARepeatIsNotSafe() throws Exception {
    server.drops();

    assertThat(call(tool("POST", false)).outcome()).isEqualTo(Outcome.UNCERTAIN);
    assertThat(server.requests).hasSize(1);
  }

  @Test
  void aConnectionThatBreaksAfterTheRequestIsRepeatedWithTheSameKeyWhereThatIsSafe()
      throws Exception {
    server.drops().answers(200, "{\"state\":\"done\"}");

    assertThat(call(tool("POST", true)).outcome()).isEqualTo(Outcome.OK);
    assertThat(server.requests)
        .hasSize(2)
        .allSatisfy(request -> assertThat(request).contains("Idempotency-Key: CA1/3/0"));
  }

  @ParameterizedTest
  @CsvSource({"200, OK", "400, REFUSED", "409, UNCERTAIN", "503, UNCERTAIN", "500, UNCERTAIN"})
  void aTimeOutAfterTheRequestWasSentIsSettledOnlyByARepetitionThatIsCarriedOut(
      int status, Outcome outcome) throws Exception {
    server.hangs().answers(status, "{\"state\":\"done\"}");

    assertThat(call(tool("POST", true)).outcome()).isEqualTo(outcome);
    assertThat(server.requests)
        .hasSize(2)
        .allSatisfy(request -> assertThat(request).contains("Idempotency-Key: CA1/3/0"));
  }

  @Test
  void aToolThatNeverAnswersIsGivenUpAfterItsTimeout() throws Exception {
    server.hangs();

    assertThat(call(tool("POST", false)).outcome()).isEqualTo(Outcome.UNCERTAIN);
  }

  @ParameterizedTest
  @CsvSource({"GET, FAILED", "POST, UNCERTAIN"})
  void anAnswerThatBeginsAndNeverEndsIsGivenUpAfterTheTimeoutToo(String method, Outcome outcome)
      throws Exception {
    server.stalls();

    assertThat(call(tool(method, false)).outcome()).isEqualTo(outcome);
    assertThat(server.hasBeenLeft()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET | not json | FAILED",
        "GET | {\"other\":1} | FAILED",
        "POST | <html> | UNCERTAIN",
        "POST | '' | UNCERTAIN"
      })
  void anAnswerThatIsNotWhatTheAgentFileSaysIsNeverTakenForOne(
      String method, String body, Outcome outcome) throws Exception {
    server.answers(200, body);

    ToolAnswer answer = call(tool(method, false));
    assertThat(answer.outcome()).isEqualTo(outcome);
    assertThat(answer.result()).isNull();
  }

  @Test
  void anAnswerLargerThanAnyToolNeedsIsNotRead() throws Exception {
    server.answers(200, "{\"state\":\"" + "x".repeat(300_000) + "\"}");

    assertThat(call(tool("GET", false)).outcome()).isEqualTo(Outcome.FAILED);
  }

  @Test
  void nobodyAtTheAddressIsAFailureThatDidNotHappenAnywhere() throws Exception {
    assertThat(call(tool("POST", false, "http://127.0.0.1:1/{id}")).outcome())
        .isEqualTo(Outcome.FAILED);
  }

  @Test
  void aMissingVariableInTheAddressIsAFailure() throws Exception {
    assertThat(call(tool("GET", true, "${NOBODY_SETS_THIS}/{id}")).outcome())
        .isEqualTo(Outcome.FAILED);
  }

  @Test
  void aToolThatFailedOftenInARowIsLeftAlone() throws Exception {
    for (int i = 0; i < 5; i++) {
      server.answers(500, "");
      call(tool("GET", false));
    }
    server.answers(200, "{\"state\":\"done\"}");

    assertThat(call(tool("GET", false)).outcome()).isEqualTo(Outcome.FAILED);
    assertThat(server.requests).hasSize(5);
  }
}
