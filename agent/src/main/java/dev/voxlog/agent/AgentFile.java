package dev.voxlog.agent;

import dev.voxlog.agent.reading.AgentReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// An agent file that has been read: the agent and the text that describes it.
public record AgentFile(String source, String yaml, Agent agent) {

  /// Reads and checks a file.
  ///
  /// @throws AgentFileException with every problem in it
  public static AgentFile read(Path file) {
    try {
      return parse(Files.readString(file), file.toString());
    } catch (CharacterCodingException _) {
      throw refused(file, "is not UTF-8 text", "save the file as UTF-8");
    } catch (IOException _) {
      String reason =
          Files.isDirectory(file)
              ? "is a folder"
              : Files.exists(file) ? "cannot be read" : "does not exist";
      throw refused(file, reason, "name a readable agent file, such as demo/acme/agent.yaml");
    }
  }

  /// Reads and checks YAML that came from `source`.
  ///
  /// @throws AgentFileException with every problem in it
  public static AgentFile parse(String yaml, String source) {
    return new AgentFile(source, yaml, AgentReader.read(yaml, source));
  }

  /// SHA-256, in hexadecimal, of the text with its line ends made `\n`. [AgentBundle#hash] covers
  /// the documents too.
  public String hash() {
    return Hashes.sha256(yaml.replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static AgentFileException refused(Path file, String reason, String fix) {
    return new AgentFileException(file.toString(), List.of(new Problem(0, 0, "", reason, fix)));
  }
}
