package dev.voxlog.cli;

import dev.voxlog.agent.AgentBundle;
import dev.voxlog.ingress.CallerMask;
import dev.voxlog.text.Masker;
import dev.voxlog.text.PressedKeys;
import dev.voxlog.text.TypedWords;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// What ingress writes of what callers type and press, by the agent's key. It knows what is typed
/// and pressed alone: what that makes together with what was said is masked by stt.
final class TypedMasks implements CallerMask {
  private final TypedWords words;
  private final PressedKeys keys;

  private TypedMasks(Masker masker) {
    words = new TypedWords(masker);
    keys = new PressedKeys(masker);
  }

  static Map<String, Supplier<CallerMask>> of(List<AgentBundle> agents) {
    return agents.stream().collect(Collectors.toMap(AgentBundle::key, TypedMasks::of));
  }

  private static Supplier<CallerMask> of(AgentBundle agent) {
    Masker masker = new Masker(agent.agent());
    return () -> new TypedMasks(masker);
  }

  @Override
  public String typed(String text, long mediaMs) {
    return words.type(text, mediaMs);
  }

  @Override
  public List<String> pressed(String key, long mediaMs) {
    return keys.press(key, mediaMs);
  }

  @Override
  public List<String> resting(long mediaMs) {
    return keys.rest(mediaMs);
  }

  @Override
  public List<String> ending() {
    return keys.end();
  }
}
