package dev.voxlog.cli;

import dev.voxlog.agent.AgentBundle;
import dev.voxlog.text.Awaited;
import dev.voxlog.text.Heard;
import dev.voxlog.text.Masker;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// What ingress writes of texts that callers type, by the agent's key. Each text is looked at by
/// itself: what several make together is masked by stt, which knows what was said before.
final class TypedMasks {
  private TypedMasks() {}

  static Map<String, UnaryOperator<String>> of(List<AgentBundle> agents) {
    return agents.stream().collect(Collectors.toMap(AgentBundle::key, TypedMasks::of));
  }

  private static UnaryOperator<String> of(AgentBundle agent) {
    Masker masker = new Masker(agent.agent());
    return text -> masker.mask(text, Heard.NOTHING, Awaited.ANYTHING, true).text();
  }
}
