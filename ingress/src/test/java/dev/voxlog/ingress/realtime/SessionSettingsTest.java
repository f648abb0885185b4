package dev.voxlog.ingress.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.voxlog.schemas.CallSettings;
import dev.voxlog.schemas.TurnDetection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a client sets of its session: instructions, a voice, how turns are told apart.
class SessionSettingsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> NAMES = Map.of("marin", "20", "cedar", "21");
  private static final SessionSettings OPEN =
      settings(new SessionTerms(null, "20", List.of("19", "20", "21"), NAMES));

  private static SessionSettings settings(SessionTerms terms) {
    return SessionSettings.initial(
        new SessionSettings.Session("realtime-1", "acme", "gpt-realtime", terms));
  }

  private static SessionSettings after(SessionSettings before, String session) throws Exception {
    return before.after(JSON.readTree(session));
  }

  private static ProtocolFault fault(SessionSettings before, String session) {
    return Objects.requireNonNull(
        catchThrowableOfType(ProtocolFault.class, () -> after(before, session)), "no fault");
  }

  private static String turns(String turnDetection) {
    return "{\"audio\":{\"input\":{\"turn_detection\":" + turnDetection + "}}}";
  }

  @Test
  void whatAClientLeavesOutIsTheAgents() throws Exception {
    assertThat(after(OPEN, "{\"type\":\"realtime\"}").forTheCall()).isEqualTo(CallSettings.NONE);
    assertThat(after(OPEN, turns("{\"type\":\"server_vad\"}")).forTheCall())
        .isEqualTo(CallSettings.NONE);
    assertThat(OPEN.json().at("/audio/output/voice").asText()).isEqualTo("20");
    assertThat(OPEN.json().has("instructions")).isFalse();
  }

  @Test
  void whatAClientSetsIsToldToTheCallAndToItself() throws Exception {
    SessionSettings set =
        after(
            OPEN,
            """
            {"type":"realtime","instructions":"Be brief.","audio":{
              "input":{"turn_detection":{"type":"server_vad","threshold":0.7,"prefix_padding_ms":300,
                "silence_duration_ms":500,"create_response":true,"interrupt_response":false,"idle_timeout_ms":null}},
              "output":{"voice":"21"}}}
            """);

    assertThat(set.forTheCall())
        .isEqualTo(
            new CallSettings("Be brief.", "21", new TurnDetection(0.7, 300L, 500L, 500L, true)));
    JsonNode told = set.json();
    assertThat(told.path("instructions").asText()).isEqualTo("Be brief.");
    assertThat(told.at("/audio/output/voice").asText()).isEqualTo("21");
    assertThat(told.at("/audio/input/turn_detection"))
        .isEqualTo(
            JSON.readTree(
                """
                {"type":"server_vad","create_response":true,"interrupt_response":false,"threshold":0.7,
                 "prefix_padding_ms":300,"silence_duration_ms":500}
                """));
    assertThat(after(OPEN, told.toString())).isEqualTo(set);
  }

  @ParameterizedTest
  @CsvSource({"low, 600, 2000", "medium, 300, 900", "high, 200, 500", "auto,,"})
  void eagernessIsHowLongASilenceMayBe(String eagerness, Long min, Long max) throws Exception {
    SessionSettings set =
        after(OPEN, turns("{\"type\":\"semantic_vad\",\"eagerness\":\"" + eagerness + "\"}"));

    assertThat(set.forTheCall().turnDetection())
        .isEqualTo(new TurnDetection(null, null, min, max, false));
    assertThat(set.json().at("/audio/input/turn_detection/eagerness").asText())
        .isEqualTo(eagerness);
    assertThat(after(OPEN, set.json().toString())).isEqualTo(set);
  }

  @Test
  void aClientMayWantToBeAskedForAnswers() throws Exception {
    SessionSettings set =
        after(
            OPEN,
            turns(
                "{\"type\":\"server_vad\",\"silence_duration_ms\":500,\"create_response\":false}"));

    assertThat(set.forTheCall().turnDetection())
        .isEqualTo(new TurnDetection(null, null, 500L, 500L, false).answeredOnRequest());
    assertThat(set.json().at("/audio/input/turn_detection/create_response").asBoolean(true))
        .isFalse();
    assertThat(after(OPEN, set.json().toString())).isEqualTo(set);
    assertThat(after(set, turns("{\"type\":\"semantic_vad\"}")).isAnsweredOnRequest()).isFalse();
  }

  @Test
  void aClientMayDetectTurnsByItself() throws Exception {
    SessionSettings set = after(OPEN, turns("null"));

    assertThat(set.forTheCall().turnDetection()).isEqualTo(TurnDetection.PUSH_TO_TALK);
    assertThat(set.json().at("/audio/input").has("turn_detection")).isTrue();
    assertThat(set.json().at("/audio/input/turn_detection").isNull()).isTrue();
    assertThat(after(OPEN, set.json().toString())).isEqualTo(set);
  }

  @Test
  void aLaterUpdateKeepsWhatItDoesNotName() throws Exception {
    SessionSettings set = after(OPEN, "{\"instructions\":\"Be brief.\"}");
    set = after(set, turns("{\"type\":\"server_vad\",\"threshold\":0.7}"));
    set = after(set, turns("{\"type\":\"semantic_vad\"}"));

    assertThat(set.forTheCall()).isEqualTo(CallSettings.NONE.withInstructions("Be brief."));
    assertThat(after(set, "{\"instructions\":\"\"}").forTheCall()).isEqualTo(CallSettings.NONE);
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          invalid_value     |                  | 5
          unsupported_value | .type            | {"type":"none"}
          invalid_value     | .threshold       | {"type":"server_vad","threshold":1.01}
          invalid_value     | .threshold       | {"type":"server_vad","threshold":"0.5"}
          invalid_value     | .prefix_padding_ms   | {"prefix_padding_ms":2001}
          invalid_value     | .prefix_padding_ms   | {"prefix_padding_ms":-1}
          invalid_value     | .silence_duration_ms | {"silence_duration_ms":199}
          invalid_value     | .silence_duration_ms | {"silence_duration_ms":5001}
          invalid_value     | .silence_duration_ms | {"silence_duration_ms":500.5}
          invalid_value     | .create_response | {"type":"semantic_vad","create_response":"no"}
          invalid_value     | .interrupt_response  | {"interrupt_response":"no"}
          unsupported_value | .idle_timeout_ms | {"type":"server_vad","idle_timeout_ms":6000}
          unknown_parameter | .eagerness       | {"type":"server_vad","eagerness":"low"}
          unknown_parameter | .threshold       | {"type":"semantic_vad","threshold":0.5}
          invalid_value     | .eagerness       | {"type":"semantic_vad","eagerness":"keen"}
          unknown_parameter | .volume          | {"volume":1}
          """)
  void turnsThatCannotBeToldApartSoAreRefusedByName(String code, String param, String wanted) {
    ProtocolFault fault = fault(OPEN, turns(wanted));

    assertThat(fault.code()).isEqualTo(code);
    assertThat(fault.param())
        .isEqualTo("session.audio.input.turn_detection" + (param == null ? "" : param));
  }

  @Test
  void aVoiceMayBeAskedForByAnotherName() throws Exception {
    SessionSettings cedar = after(OPEN, "{\"audio\":{\"output\":{\"voice\":\"cedar\"}}}");
    SessionSettings marin = after(OPEN, "{\"audio\":{\"output\":{\"voice\":\"marin\"}}}");

    assertThat(cedar.forTheCall().voice()).isEqualTo("21");
    assertThat(cedar.json().at("/audio/output/voice").asText()).isEqualTo("cedar");
    assertThat(marin.forTheCall().voice()).as("the agent's own").isNull();
    assertThat(marin.json().at("/audio/output/voice").asText()).isEqualTo("marin");
    assertThat(after(OPEN, cedar.json().toString())).isEqualTo(cedar);
  }

  @Test
  void whoAsksForAVoiceThatIsNotThereIsToldWhichAre() {
    ProtocolFault nova = fault(OPEN, "{\"audio\":{\"output\":{\"voice\":\"nova\"}}}");
    assertThat(nova.param()).isEqualTo("session.audio.output.voice");
    assertThat(nova.reason()).contains("cedar, marin, 19, 20, 21");
    assertThat(fault(OPEN, "{\"audio\":{\"output\":{\"voice\":{\"id\":\"v\"}}}}").code())
        .isEqualTo("invalid_value");
  }

  @Test
  void instructionsAreBoundedAndRefusedWithTheReasonWhereNobodyFollowsThem() throws Exception {
    String longest = "a".repeat(8_000);
    assertThat(after(OPEN, "{\"instructions\":\"" + longest + "\"}").forTheCall().instructions())
        .isEqualTo(longest);
    assertThat(fault(OPEN, "{\"instructions\":\"" + longest + "a\"}").code())
        .isEqualTo("string_above_max_length");
    assertThat(fault(OPEN, "{\"instructions\":{}}").code()).isEqualTo("invalid_value");
    ProtocolFault nobody =
        fault(
            settings(
                new SessionTerms("No language model is configured.", null, List.of(), Map.of())),
            "{\"instructions\":\"Be brief.\"}");
    assertThat(nobody.param()).isEqualTo("session.instructions");
    assertThat(nobody.reason()).isEqualTo("No language model is configured.");
  }
}
