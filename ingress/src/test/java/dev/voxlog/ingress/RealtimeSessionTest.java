package dev.voxlog.ingress;

import static dev.voxlog.ingress.RealtimeLab.CALL;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.voxlog.ingress.realtime.SessionTerms;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallSettings;
import dev.voxlog.schemas.TurnDetection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a client sets of its session, as its call has it.
class RealtimeSessionTest {
  private static final SessionTerms TERMS =
      new SessionTerms(null, "20", List.of("20", "21"), Map.of("alloy", "21"));

  private final RealtimeLab lab = new RealtimeLab(TERMS);

  private void update(String fields) {
    lab.client("'type':'session.update','session':{" + fields + "}");
  }

  private CallSettings settings() {
    return lab.log.of(CALL, CallEvent.Started.class).getFirst().settings();
  }

  @Test
  void whatWasSetIsInTheCallsFirstRecordWithoutWhatIsMasked() {
    lab.stream.open();
    update(
        "'instructions':'Charge 4111 and be brief.','audio':{"
            + "'input':{'turn_detection':{'type':'semantic_vad','eagerness':'low','interrupt_response':false}},"
            + "'output':{'voice':'21'}}");

    assertThat(settings())
        .isEqualTo(
            new CallSettings(
                "Charge [masked] and be brief.",
                "21",
                new TurnDetection(null, null, 600L, 2_000L, true)));
    JsonNode told = lab.only("session.updated").path("session");
    assertThat(told.path("instructions").asText()).isEqualTo("Charge [masked] and be brief.");
    assertThat(told.at("/audio/output/voice").asText()).isEqualTo("21");
    update("'instructions':'Charge 4111 and be brief.'");
    assertThat(lab.only("session.updated").at("/session/instructions").asText())
        .isEqualTo("Charge [masked] and be brief.");
  }

  @Test
  void theCallOfAClientThatSetsNothingIsTheAgents() {
    lab.begin();

    assertThat(settings()).isEqualTo(CallSettings.NONE);
  }

  @Test
  void whatIsRefusedChangesNothingOfTheSameMessage() {
    lab.stream.open();
    update("'instructions':'Be brief.','audio':{'output':{'voice':'nova'}}");
    assertThat(lab.fault()).isEqualTo("unsupported_value");
    assertThat(lab.log.records).isEmpty();
    update("'type':'realtime'");

    assertThat(settings()).isEqualTo(CallSettings.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          cannot_update_instructions   | 'instructions':'Be long.'
          cannot_update_voice          | 'audio':{'output':{'voice':'20'}}
          cannot_update_turn_detection | 'audio':{'input':{'turn_detection':{'threshold':0.9}}}
          """)
  void itIsFixedOnceTheCallHasBegun(String code, String fields) {
    String first = "'instructions':'Be brief.','audio':{'output':{'voice':'21'}}";
    lab.stream.open();
    update(first);
    lab.events();
    update(fields);
    assertThat(lab.fault()).isEqualTo(code);
    update(first + ",'tracing':'auto'");

    assertThat(lab.types()).containsExactly("session.updated");
  }

  @Test
  void aCommitIsLongerThanTheSilenceThatTheClientWants() {
    lab.stream.open();
    update("'audio':{'input':{'turn_detection':{'silence_duration_ms':4000}}}");
    lab.append(300);
    lab.client("'type':'input_audio_buffer.commit'");

    long endMs = lab.log.audio(CALL).getLast().mediaMs();
    assertThat(endMs).isBetween(4_500L, 4_800L);
  }
}
