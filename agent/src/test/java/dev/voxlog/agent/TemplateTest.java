package dev.voxlog.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "digits; 12345; 1 2 3 4 5",
        "amount; 42.5; $42.50",
        "amount; a lot; a lot",
        "date; 2026-11-28; Saturday, November 28",
        "date; 2026-11-28T15:30:00Z; Saturday, November 28",
        "date; soon; soon",
        "time; 15:30; 3:30 PM",
        "time; 2026-11-28T09:05:00; 9:05 AM",
        "phone; +15550134567; 5 5 5, 0 1 3, 4 5 6 7",
        "phone; 5550134; 5 5 5, 0 1 3 4",
        "email; j.smith_2@my-shop.co.uk; j dot smith underscore 2 at my dash shop dot co dot uk"
      })
  void aValueIsWordedByItsFormat(String format, String value, String wording) {
    assertThat(Template.of("{x|" + format + "}").fill(_ -> value)).contains(wording);
  }

  @Test
  void slotsAndResultFieldsFillTheirPlaces() throws Exception {
    JsonNode result =
        new ObjectMapper().readTree("{\"orders\":[{\"item\":\"lamp\"}],\"total\":5,\"eta\":null}");
    Values values = Values.of(Map.of("orderId", "12345"), result);

    assertThat(Template.of("{orderId}: {result.orders.0.item} {{{result.total}}}").fill(values))
        .contains("12345: lamp {5}");
    assertThat(Template.of("{result.eta}").fill(values)).isEmpty();
    assertThat(Template.of("{phone}").fill(values)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "}", "a {b", "{}", "{a b}", "{a|}", "{.a}", "{result.}"})
  void aMalformedTemplateIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Template.of(text));
  }

  @Test
  void theFirstLineWhoseConditionHoldsAndWhoseValuesAreThereIsSaid() {
    Flow.Line day =
        new Flow.Line(Map.of("day", List.of("*")), List.of(Template.of("On {day} at {time}.")));
    Flow.Line plain = new Flow.Line(Map.of(), List.of(Template.of("Soon.")));
    Flow flow =
        new Flow(
            "callback",
            null,
            List.of(),
            null,
            null,
            List.of(day, plain),
            null,
            List.of(),
            Flow.Fallback.NONE,
            Flow.Fallback.NONE,
            true);

    assertThat(flow.line(Values.of(Map.of("day", "Monday", "time", "noon"), null))).contains(day);
    assertThat(flow.line(Values.of(Map.of("day", "Monday"), null))).contains(plain);
    assertThat(flow.line(Values.of(Map.of(), null))).contains(plain);
  }
}
