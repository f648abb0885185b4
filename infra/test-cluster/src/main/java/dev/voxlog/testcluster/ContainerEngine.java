package dev.voxlog.testcluster;

import org.testcontainers.DockerClientFactory;

/// What runs containers on this machine, if anything does.
final class ContainerEngine {
  private static final boolean ANSWERS = DockerClientFactory.instance().isDockerAvailable();

  static {
    if (!ANSWERS) {
      // JUnit's report has it with each test; whoever watches the build sees it once.
      System.err.println(ClusterCondition.NO_ENGINE);
    }
  }

  private ContainerEngine() {}

  static boolean answers() {
    return ANSWERS;
  }
}
