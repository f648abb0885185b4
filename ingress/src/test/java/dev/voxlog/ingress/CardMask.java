package dev.voxlog.ingress;

import dev.voxlog.agent.Agent;
import dev.voxlog.agent.AgentFile;
import dev.voxlog.text.Masker;
import dev.voxlog.text.PressedKeys;
import dev.voxlog.text.TypedWords;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// The mask of the demo's agent file, which keeps no card's number and no security code, as a node
/// has it in earnest.
final class CardMask implements CallerMask {
  private static final Agent ACME =
      AgentFile.read(Path.of("..", "demo", "acme", "agent.yaml")).agent();

  private final TypedWords words;
  private final PressedKeys keys;

  private CardMask(Masker masker) {
    words = new TypedWords(masker);
    keys = new PressedKeys(masker);
  }

  /// Agents of which the default one, under that key, has this mask.
  static IngressConfig.Agents agents(String key) {
    Masker masker = new Masker(ACME);
    Supplier<CallerMask> mask = () -> new CardMask(masker);
    return new IngressConfig.Agents(key, Map.of(), Map.of(key, mask), Map.of());
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
