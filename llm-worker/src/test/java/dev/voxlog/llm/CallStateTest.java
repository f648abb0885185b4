package dev.voxlog.llm;

import static dev.voxlog.llm.CallLab.orderId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.voxlog.schemas.AudioBytes;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CallStateTest {
  @Test
  void aStateReadFromItsBytesIsTheSame() {
    CallLab call = CallLab.greeted();
    call.says("order four five eight one two", "order_status", orderId("45812"));
    call.hearsAll().says("where is my other order", "order_status");

    AudioBytes bytes = call.lab.step().state();
    assertThat(CallState.of(bytes).bytes()).isEqualTo(bytes);
    assertThat(CallState.of(bytes).memory().known()).containsEntry("orderId", "45812");
  }

  @Test
  void aCheckpointStaysSmallHoweverLongTheCall() {
    CallLab call = CallLab.greeted();
    for (int i = 0; i < 60; i++) {
      call.says("what can you do", "help").hearsAll();
    }

    assertThat(call.lab.step().state().length()).isLessThan(16_000);
  }

  @Test
  void aStateThatIsNoneIsRefused() {
    AudioBytes none = AudioBytes.wrap("{\"lastTurn\":".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> CallState.of(none)).hasMessageContaining("not JSON");
  }
}
