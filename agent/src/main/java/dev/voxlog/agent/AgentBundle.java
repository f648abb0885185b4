package dev.voxlog.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.voxlog.agent.reading.AgentReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// An agent as it travels on the `agents` topic: the file and its knowledge documents, so that
/// workers on any machine have all of it. The same content has the same bytes and hash wherever it
/// was read.
public final class AgentBundle {
  /// The most bytes that a bundle may have: what fits a broker's default record limit with room for
  /// headers.
  public static final int MOST_BYTES = 900 * 1024;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int FORMAT = 1;

  private final AgentFile file;
  private final List<Document> knowledge;
  private final byte[] bytes;
  private final String hash;

  private AgentBundle(AgentFile file, List<Document> knowledge) {
    this.file = file;
    this.knowledge = knowledge.stream().sorted(Comparator.comparing(Document::name)).toList();
    this.bytes = encoded();
    this.hash = Hashes.sha256(bytes);
  }

  /// Reads an agent file and the documents of its knowledge folder.
  ///
  /// @throws AgentFileException with every problem in the file, or what is wrong with the folder
  public static AgentBundle load(Path agentYaml) {
    AgentFile file = AgentFile.read(agentYaml);
    AgentBundle bundle = new AgentBundle(file, documents(agentYaml, file));
    if (bundle.bytes.length > MOST_BYTES) {
      throw refused(
          file,
          "has %d KiB with its file, but at most %d KiB travel with an agent"
              .formatted(bundle.bytes.length / 1024, MOST_BYTES / 1024),
          "shorten the documents, or leave out those that callers never ask about");
    }
    return bundle;
  }

  /// A bundle of parts that are at hand.
  public static AgentBundle of(AgentFile file, List<Document> knowledge) {
    return new AgentBundle(file, knowledge);
  }

  /// Reads what [#toBytes] wrote.
  ///
  /// @throws IllegalArgumentException if `bytes` are no bundle
  /// @throws AgentFileException if this version refuses the agent file in it
  public static AgentBundle fromBytes(byte[] bytes) {
    try {
      JsonNode json = JSON.readTree(bytes);
      if (json.path("format").asInt() != FORMAT || !json.path("yaml").isTextual()) {
        throw new IllegalArgumentException("these bytes are no agent bundle of format " + FORMAT);
      }
      List<Document> knowledge = new ArrayList<>();
      json.path("knowledge")
          .forEach(each ->
              knowledge.add(new Document(each.path("name").asText(), each.path("text").asText())));
      return new AgentBundle(
          AgentFile.parse(json.path("yaml").asText(), "agent bundle"), knowledge);
    } catch (IOException malformed) {
      throw new IllegalArgumentException(
          "these bytes are no agent bundle: they are not JSON", malformed);
    }
  }

  private static List<Document> documents(Path agentYaml, AgentFile file) {
    Knowledge knowledge = file.agent().knowledge();
    if (knowledge == null) {
      return List.of();
    }
    Path folder = agentYaml.toAbsolutePath().resolveSibling(knowledge.folder());
    try {
      List<Document> documents = KnowledgeFolder.read(folder);
      if (documents.isEmpty()) {
        throw refused(
            file,
            folder + " holds no .md or .txt file with text",
            "put the documents there, or name the right folder");
      }
      return documents;
    } catch (IOException problem) {
      throw refused(
          file,
          folder + " cannot be read (" + problem.getMessage() + ")",
          "create the folder with .md or .txt files, or name the right one");
    }
  }

  private static AgentFileException refused(AgentFile file, String reason, String fix) {
    return new AgentFileException(
        file.source(),
        List.of(
            AgentReader.problemAt(file.yaml(), file.source(), "knowledge.folder", reason, fix)));
  }

  private byte[] encoded() {
    ObjectNode json =
        JSON.createObjectNode()
            .put("format", FORMAT)
            .put("yaml", file.yaml().replace("\r\n", "\n"));
    ArrayNode documents = json.putArray("knowledge");
    knowledge.forEach(
        each -> documents.addObject().put("name", each.name()).put("text", each.text()));
    try {
      return JSON.writeValueAsBytes(json);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("texts can always be written as JSON", impossible);
    }
  }

  public Agent agent() {
    return file.agent();
  }

  public AgentFile file() {
    return file;
  }

  /// The knowledge documents, ordered by name.
  public List<Document> knowledge() {
    return knowledge;
  }

  /// SHA-256 of the bundle's bytes, in hexadecimal.
  public String hash() {
    return hash;
  }

  /// What the bundle is called on the `agents` topic and in a call's STARTED: name@hash.
  public String key() {
    return agent().name() + "@" + hash;
  }

  public byte[] toBytes() {
    return bytes.clone();
  }
}
