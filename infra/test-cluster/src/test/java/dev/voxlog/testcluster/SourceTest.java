package dev.voxlog.testcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;

class SourceTest {
  @Test
  void whereNobodySaysOtherwiseTheClusterIsTheEmbeddedOne() {
    assertThat(Source.of("")).isEqualTo(Source.EMBEDDED);
    assertThat(Source.of("embedded")).isEqualTo(Source.EMBEDDED);
    assertThat(Source.of("containers")).isEqualTo(Source.CONTAINERS);
  }

  @Test
  void aSourceThatIsNoneIsRefusedWithKeyValueAndRule() {
    assertThatThrownBy(() -> Source.of("docker"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("voxlog.test.cluster is docker; it must be embedded or containers");
  }

  @Test
  void withoutAnEngineATestOnContainersIsSkippedWithTheReason() {
    ConditionEvaluationResult result = ClusterCondition.of(Source.CONTAINERS, () -> false);
    assertThat(result.isDisabled()).isTrue();
    assertThat(result.getReason()).get().asString().contains("no container engine answers");
  }

  @Test
  void onTheEmbeddedClusterNoEngineIsAskedFor() {
    assertThat(ClusterCondition.of(Source.EMBEDDED, () -> Assertions.fail("asked")).isDisabled())
        .isFalse();
    assertThat(ClusterCondition.of(Source.CONTAINERS, () -> true).isDisabled()).isFalse();
  }

  @Test
  void theImagesAreOfTheVersionsThatTheBuildPins() {
    assertThat(ContainerCluster.image("kafka")).matches("apache/kafka-native:\\d+\\.\\d+\\.\\d+");
    assertThat(ContainerCluster.image("registry"))
        .matches("apicurio/apicurio-registry:\\d+\\.\\d+\\.\\d+");
  }

  @Test
  void theBrokersImageHasTheShortSessionsOfTheEmbeddedOne() {
    assertThat(ContainerCluster.environment())
        .containsEntry("KAFKA_GROUP_CONSUMER_SESSION_TIMEOUT_MS", "1000")
        .containsEntry("KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS", "500")
        .containsEntry("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false");
  }
}
