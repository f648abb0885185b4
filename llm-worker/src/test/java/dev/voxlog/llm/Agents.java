package dev.voxlog.llm;

import dev.voxlog.agent.AgentBundle;
import dev.voxlog.agent.AgentFile;

/// Variants of Acme's agent for tests.
final class Agents {
  private Agents() {}

  /// Acme's agent with `instead` for the first `text` after the place where `after` is declared.
  static AgentBundle acmeWith(String after, String text, String instead) {
    String yaml = CallLab.ACME.file().yaml();
    int at = yaml.indexOf(text, yaml.indexOf("name: " + after));
    String changed = yaml.substring(0, at) + instead + yaml.substring(at + text.length());
    return AgentBundle.of(AgentFile.parse(changed, "test"), CallLab.ACME.knowledge());
  }
}
