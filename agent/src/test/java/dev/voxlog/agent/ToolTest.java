package dev.voxlog.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToolTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpCall GET =
      new HttpCall(
          "GET",
          "${SHOP:-http://shop}/orders/{id}",
          Map.of("Authorization", "Bearer ${TOKEN}"),
          Duration.ofSeconds(1));

  @Test
  void argumentsGoIntoPathAndQueryEncoded() throws Exception {
    ObjectNode arguments = json("{\"id\":\"a/b c\",\"full\":true}");

    HttpCall.Request request =
        GET.request(arguments, Caller.NOBODY, Map.of("TOKEN", "secret")::get);

    assertThat(request.uri()).hasToString("http://shop/orders/a%2Fb%20c?full=true");
    assertThat(request.headers()).containsEntry("Authorization", "Bearer secret");
    assertThat(request.body()).isNull();
  }

  @Test
  void whatThePathDoesNotTakeGoesIntoTheBodyOfAPost() throws Exception {
    HttpCall post = new HttpCall("POST", "http://shop/{id}/notes", Map.of(), Duration.ofSeconds(1));

    HttpCall.Request request =
        post.request(json("{\"id\":\"7\",\"text\":\"hi\"}"), Caller.NOBODY, _ -> null);

    assertThat(request.uri()).hasToString("http://shop/7/notes");
    assertThat(request.body()).isEqualTo("{\"text\":\"hi\"}");
  }

  @Test
  void aMissingVariableIsNamed() throws Exception {
    ObjectNode arguments = json("{\"id\":\"7\"}");

    assertThatIllegalStateException()
        .isThrownBy(() -> GET.request(arguments, Caller.NOBODY, _ -> null))
        .withMessageContaining("TOKEN is not set");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-31, true",
    "2026-02-31, false",
    "soon, false",
    "2026-01-31'); DROP TABLE--, false"
  })
  void aFormatIsChecked(String day, boolean isRight) throws Exception {
    ObjectNode schema =
        json(
            "{\"type\":\"object\",\"properties\":{\"day\":{\"type\":\"string\",\"format\":\"date\"}}}");
    Tool tool =
        new Tool(
            "get", "", GET, schema, null, OwnAccount.NONE, true, null, null, Tool.FILLER_AFTER);

    assertThat(tool.check(JSON.createObjectNode().put("day", day)).isEmpty()).isEqualTo(isRight);
  }

  @Test
  void argumentsThatAreLongerThanAnyToolNeedsAreRefused() throws Exception {
    ObjectNode schema = json("{\"type\":\"object\"}");
    Tool tool =
        new Tool(
            "get", "", GET, schema, null, OwnAccount.NONE, true, null, null, Tool.FILLER_AFTER);

    assertThat(tool.check(JSON.createObjectNode().put("note", "x".repeat(10_000))))
        .singleElement()
        .asString()
        .contains("longer than");
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "."})
  void anArgumentCannotClimbThePath(String id) {
    ObjectNode arguments = JSON.createObjectNode().put("id", id);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> GET.request(arguments, Caller.NOBODY, _ -> "x"));
  }

  @Test
  void argumentsAreTypedBySchemaAndCheckedAgainstItWithoutTellingValues() throws Exception {
    ObjectNode schema =
        json(
            "{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\"},\"id\":{\"type\":\"string\",\"pattern\":\"^[0-9]{5}$\"},\"x\":{\"type\":\"string\"}},\"required\":[\"id\"]}");
    Tool tool =
        new Tool(
            "get", "", GET, schema, null, OwnAccount.NONE, true, null, null, Tool.FILLER_AFTER);
    Map<String, Template> templates =
        Map.of("n", Template.of("{n}"), "id", Template.of("{id}"), "x", Template.of("{missing}"));

    ObjectNode good = tool.arguments(templates, Map.of("n", "3", "id", "12345")::get);
    ObjectNode bad = tool.arguments(templates, Map.of("n", "3", "id", "secret")::get);

    assertThat(good).isEqualTo(json("{\"n\":3,\"id\":\"12345\"}"));
    assertThat(tool.check(good)).isEmpty();
    assertThat(tool.check(bad))
        .singleElement()
        .asString()
        .contains("id")
        .contains("pattern")
        .doesNotContain("secret");
    assertThat(tool.check(json("{}")))
        .singleElement()
        .asString()
        .contains("required")
        .contains("id");
  }

  private static ObjectNode json(String text) throws Exception {
    return (ObjectNode) JSON.readTree(text);
  }
}
