package dev.voxlog.llm;

import static dev.voxlog.llm.CallLab.orderId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.llm.dialogue.Conversation.Scope;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private final InMemoryMetricReader reader = InMemoryMetricReader.create();

  @BeforeEach
  void measure() {
    GlobalOpenTelemetry.resetForTest();
    GlobalOpenTelemetry.set(
        OpenTelemetrySdk.builder()
            .setMeterProvider(SdkMeterProvider.builder().registerMetricReader(reader).build())
            .build());
  }

  @AfterEach
  void stop() {
    GlobalOpenTelemetry.resetForTest();
  }

  private List<LongPointData> counted(String name) {
    return reader.collectAllMetrics().stream()
        .filter(metric -> metric.getName().equals(name))
        .flatMap(metric -> metric.getLongSumData().getPoints().stream())
        .toList();
  }

  @Test
  void aFlowThatReachedItsGoalIsACompletedTaskOfItsIntent() {
    CallLab call = CallLab.greeted();
    call.says("where is my order", "order_status").hearsAll();
    call.says("four five eight one two", "unsure", orderId("45812"));

    assertThat(counted("voice.task.completed"))
        .singleElement()
        .satisfies(point -> assertThat(point.getValue()).isEqualTo(1))
        .satisfies(point ->
            assertThat(point.getAttributes().get(AttributeKey.stringKey("intent")))
                .isEqualTo("order_status"));
  }

  @Test
  void aHandOverToAPersonIsAnEscalationCountedOnceDespiteATakeover() {
    CallLab call = CallLab.greeted();
    call.lab.holdCheckpoints();
    call.says("a person please", "person");
    call.lab.takeOver();

    assertThat(counted("voice.escalations.total"))
        .singleElement()
        .satisfies(point -> assertThat(point.getValue()).isEqualTo(1));
  }

  @Test
  void whatIsWithheldIsCounted() {
    CallLab order = CallLab.greeted();
    order.tools.orderOf("+15550100077", "27182", "telescope");
    order.says("where is order two seven one eight two", "order_status", orderId("27182"));
    CallLab claim = CallLab.greeted(new ScriptedModel().says("I am a human being."), Scope.OPEN);
    claim.says("who are you really", "unsure");

    assertThat(counted("voice.tool.withheld.total"))
        .singleElement()
        .satisfies(point -> assertThat(point.getValue()).isEqualTo(1))
        .satisfies(point ->
            assertThat(point.getAttributes().asMap().values())
                .containsExactlyInAnyOrder("acme", "getOrder", "not the caller's"));
    assertThat(counted("voice.llm.withheld.total"))
        .singleElement()
        .satisfies(point ->
            assertThat(point.getAttributes().asMap().values())
                .containsExactlyInAnyOrder("acme", "person"));
  }

  @Test
  void everyTurnIsTimedAndNoAttributeHoldsWhatACallerSaid() {
    CallLab call = CallLab.greeted();
    call.says(
        "my secret word is xylophone four five eight one two", "order_status", orderId("45812"));

    List<MetricData> all = List.copyOf(reader.collectAllMetrics());
    assertThat(all)
        .extracting(MetricData::getName)
        .contains("voice.llm.total_ms", "voice.llm.ttft_ms");
    assertThat(all.toString()).doesNotContain("xylophone", "45812", CallLab.CALLER);
  }
}
