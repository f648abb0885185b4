package dev.voxlog.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.voxlog.agent.OwnAccount.Policy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnAccountTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Caller ANN = Caller.of("+15550142");
  private static final String TOOL =
      "    parameters: {type: object, properties: {id: {type: string}}, required: [id]}\n"
          + "    result: {type: object, properties: {status: {type: string}}}\n";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "phone | {\"phone\":\"+15550142\"} | WITHHOLD | true",
        "phone | {\"phone\":\"+1 555 0142\"} | WITHHOLD | true",
        "phone | {\"phone\":\"+15550177\"} | ALLOW | false",
        "phone | {\"phone\":null} | WITHHOLD | false",
        "phone | {\"phone\":null} | ALLOW | true",
        "phone | {} | WITHHOLD | false",
        "phone | {} | ALLOW | true",
        "phone | {\"phone\":\"\"} | ALLOW | true",
        "phone | {\"phone\":{\"number\":\"+15550142\"}} | ALLOW | false",
        "phone | {\"phone\":true} | ALLOW | false",
        "customer.phone | {\"customer\":{\"phone\":\"+15550142\"}} | WITHHOLD | true",
        "customer.phone | {\"customer\":\"+15550142\"} | ALLOW | false",
        "customer.phone | [] | WITHHOLD | true",
        "orders.phone | {\"orders\":[{\"phone\":\"+15550142\"},{\"phone\":\"+15550142\"}]} | WITHHOLD | true",
        "orders.phone | {\"orders\":[{\"phone\":\"+15550142\"},{\"phone\":\"+15550177\"}]} | ALLOW | false",
        "orders.phone | {\"orders\":[{\"phone\":\"+15550142\"},7]} | ALLOW | false",
        "phone | 7 | ALLOW | false"
      })
  void ofWhatIsAnsweredTheCallerGetsTheirOwn(
      String field, String answer, Policy unowned, boolean isShown) throws Exception {
    OwnAccount own = new OwnAccount(List.of(), List.of(field), unowned, Policy.ALLOW);

    assertThat(own.shows(JSON.readTree(answer), ANN)).isEqualTo(isShown);
  }

  @Test
  void nobodyOwnsNothingAndAnAnswerThatIsNoneShowsNothing() throws Exception {
    OwnAccount own = new OwnAccount(List.of(), List.of("phone"), Policy.ALLOW, Policy.ALLOW);

    assertThat(own.shows(JSON.readTree("{\"phone\":\"anonymous\"}"), Caller.NOBODY)).isFalse();
    assertThat(own.shows(null, ANN)).isFalse();
    assertThat(own.admits(Caller.NOBODY)).isTrue();
    assertThat(
            new OwnAccount(List.of(), List.of(), Policy.ALLOW, Policy.WITHHOLD)
                .admits(Caller.NOBODY))
        .isFalse();
  }

  @Test
  void anArgumentThatIsTheCallersIsNeverWhatSomebodyGave() throws Exception {
    OwnAccount own = new OwnAccount(List.of("customer"), List.of(), Policy.WITHHOLD, Policy.ALLOW);
    ObjectNode given = (ObjectNode) JSON.readTree("{\"customer\":\"+15550177\",\"id\":\"7\"}");

    assertThat(own.bound(given, ANN).toString())
        .isEqualTo("{\"id\":\"7\",\"customer\":\"+15550142\"}");
    assertThat(own.bound(given, Caller.NOBODY).toString()).isEqualTo("{\"id\":\"7\"}");
  }

  @Test
  void theCallersNumberIsInAHeaderAndNothingElseCanBe() throws Exception {
    HttpCall call =
        new HttpCall(
            "GET", "http://shop/{id}", Map.of("X-Caller", "{caller}"), Duration.ofSeconds(1));
    ObjectNode arguments = (ObjectNode) JSON.readTree("{\"id\":\"7\",\"caller\":\"+15550177\"}");

    assertThat(call.request(arguments, ANN, _ -> null).headers())
        .containsEntry("X-Caller", "+15550142");
    assertThat(call.request(arguments, Caller.NOBODY, _ -> null).headers())
        .containsEntry("X-Caller", "anonymous");
  }

  private static String own(String tool, String own) {
    return ShopFile.with(TOOL, tool + "    own: " + own + "\n");
  }

  private static void told(String yaml, String key, String reason, String fix) {
    assertThat(ShopFile.problems(yaml))
        .anySatisfy(problem -> {
          assertThat(problem.key()).isEqualTo(key);
          assertThat(problem.reason()).contains(reason);
          assertThat(problem.fix()).contains(fix);
        });
  }

  @Test
  void whatCannotBeCheckedOrIsCheckedTooLateIsTold() {
    told(own(TOOL, "{result: phone}"), "tools[0].own.result", "no field phone", "status");
    told(
        own(TOOL.replaceFirst("(?m)^ *result.*\n", ""), "{result: phone}"),
        "tools[0].own.result",
        "cannot be checked",
        "add result:");
    told(own(TOOL, "{arguments: phone}"), "tools[0].own.arguments", "no parameter", "id");
    told(own(TOOL, "{anonymous: maybe}"), "tools[0].own.anonymous", "no choice", "withhold");
    told(
        own(TOOL, "{arguments: id, anonymous: allow}"),
        "tools[0].own.anonymous",
        "id is required",
        "anonymous: withhold");
    String post =
        own(TOOL, "{result: status}")
            .replace("      timeout: 2s", "      timeout: 2s\n      method: POST");
    told(post, "tools[0].own.result", "too late", "own.arguments");
  }

  @Test
  void aFlowCannotGiveWhatIsTheCallersAndNeedNot() {
    assertThat(ShopFile.problems(own(TOOL, "{arguments: id}")))
        .anySatisfy(problem -> assertThat(problem.reason()).contains("the caller's own number"));
  }

  @Test
  void aHeaderNamesNothingButTheCaller() {
    String yaml =
        ShopFile.with(
            "      timeout: 2s", "      timeout: 2s\n      headers: {X-Order: \"{orderId}\"}");
    told(yaml, "tools[0].http.headers.X-Order", "{orderId} is no value of the call", "{caller}");
  }
}
