package dev.voxlog.runtime.gate;

import java.util.List;

/// Who may come in: whoever brings one of `tokens`, where there are any, and web pages of `origins`
/// beside our own. Their settings are `prefix`.tokens and `prefix`.origins.
public record Visitors(String prefix, List<String> tokens, List<String> origins) {
  /// However fast somebody guesses.
  private static final int SHORTEST_TOKEN = 16;

  public Visitors {
    tokens = List.copyOf(tokens);
    origins = List.copyOf(origins);
    if (tokens.stream().anyMatch(token -> !token.matches("[!-+\\--~]{" + SHORTEST_TOKEN + ",}"))) {
      throw new IllegalArgumentException(
          "one of %s.tokens is no token; write at least %d letters, digits and signs without blanks, such as openssl rand -hex 24 makes"
              .formatted(prefix, SHORTEST_TOKEN));
    }
    for (String origin : origins) {
      if (!origin.matches("https?://[^/?#\\s]+")) {
        throw new IllegalArgumentException(
            "%s.origins has '%s'; give scheme and host alone, such as https://www.example.com"
                .formatted(prefix, origin));
      }
    }
  }

  /// The last word of the settings' prefix.
  String name() {
    return prefix.substring(prefix.lastIndexOf('.') + 1);
  }
}
