package dev.voxlog.testcluster;

import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Whether the cluster that the build asks for is to be had.
///
/// It is asked of a whole class, since Surefire does not count the tests of one whose preparation
/// was aborted as skipped.
final class ClusterCondition implements ExecutionCondition {
  static final String NO_ENGINE =
      "SKIPPED: no container engine answers (Docker, or what DOCKER_HOST names), so no integration"
          + " test runs on Kafka's and Apicurio's images; without -Pcontainers they run on the"
          + " embedded broker";

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return of(Source.ofBuild(), ContainerEngine::answers);
  }

  static ConditionEvaluationResult of(Source source, BooleanSupplier engine) {
    return source == Source.EMBEDDED || engine.getAsBoolean()
        ? ConditionEvaluationResult.enabled("a cluster is to be had")
        : ConditionEvaluationResult.disabled(NO_ENGINE);
  }
}
