package dev.voxlog.agent;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The agent's wordings where the file gives them, the platform's elsewhere.
public record Prompts(Map<Prompt, List<Template>> own) {
  public static final Prompts DEFAULT = new Prompts(Map.of());

  public Prompts {
    own = Map.copyOf(own);
  }

  /// All wordings of a prompt, at least one.
  public List<Template> all(Prompt prompt) {
    return own.getOrDefault(prompt, prompt.defaults());
  }

  /// The wording for the `n`th time, from 0; begins anew after the last.
  public Template nth(Prompt prompt, int n) {
    List<Template> wordings = all(prompt);
    return wordings.get(Math.floorMod(n, wordings.size()));
  }

  /// The first wording.
  public Template of(Prompt prompt) {
    return nth(prompt, 0);
  }

  Stream<Template> wordings() {
    return Arrays.stream(Prompt.values()).flatMap(prompt -> all(prompt).stream());
  }
}
