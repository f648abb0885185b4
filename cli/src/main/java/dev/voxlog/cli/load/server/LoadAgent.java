package dev.voxlog.cli.load.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The agent that is called: it greets briefly, has the model answer whatever is asked where
/// `llm.scope` is `all`, and is never the one to end a call.
final class LoadAgent {
  private static final String YAML =
      """
      name: load
      persona: You answer calls that nobody makes.
      languages: [en-US]

      greeting:
        hello: Good day.
        disclosure: I'm an automated assistant.
        uninterruptible: true

      silence:
        repromptAfter: 1h
        reprompts: 1
        goodbyeAfter: 1h

      limits:
        maxCallDuration: 12h
        maxTurns: 100000

      intents:
        - name: anything
          examples: [please tell me, can you tell me]
          say: [So it is.]
      """;

  private LoadAgent() {}

  /// Writes the agent file; gives its place.
  static Path writeTo(Path folder) {
    try {
      Files.createDirectories(folder);
      return Files.writeString(folder.resolve("load-agent.yaml"), YAML);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
