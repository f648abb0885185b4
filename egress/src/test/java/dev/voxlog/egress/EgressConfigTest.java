package dev.voxlog.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class EgressConfigTest {
  @Test
  void aValueThatCannotWorkIsRefusedWithItsKeyAndWhatToWrite() {
    assertThatThrownBy(() -> EgressConfig.DEFAULT.withReconnectGrace(Duration.ZERO))
        .hasMessage("egress.reconnectGrace is 0ms; it must be from 100ms to 300000ms: write 15s");
    assertThatThrownBy(() -> EgressConfig.DEFAULT.withNode(" "))
        .hasMessageContaining("egress.node is empty");
  }

  @Test
  void aConfigurationIsChangedOneValueAtATime() {
    EgressConfig changed = EgressConfig.DEFAULT.withMediaSecret("s").withNode("egress-2");
    assertThat(changed.mediaSecret()).isEqualTo("s");
    assertThat(changed.node()).isEqualTo("egress-2");
    assertThat(changed.lead()).isEqualTo(EgressConfig.DEFAULT.lead());
  }
}
