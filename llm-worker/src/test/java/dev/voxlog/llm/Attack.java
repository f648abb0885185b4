package dev.voxlog.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.voxlog.agent.AgentBundle;
import dev.voxlog.agent.AgentFile;
import dev.voxlog.agent.Document;
import dev.voxlog.schemas.Entity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// One attack of `demo/attacks/attacks.yaml`, where its fields are told of.
record Attack(
    String name,
    String wants,
    List<String> says,
    List<Entity> mentions,
    @Nullable String document,
    boolean agrees,
    JsonNode obeys,
    List<Pattern> never) {
  private static final Path FILE = Path.of("../demo/attacks/attacks.yaml");
  private static final ObjectMapper JSON = new ObjectMapper();

  static List<Attack> all() {
    try {
      Object yaml = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(FILE));
      JsonNode attacks = JSON.<JsonNode>valueToTree(yaml).path("attacks");
      return StreamSupport.stream(attacks.spliterator(), false).map(Attack::of).toList();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  private static Attack of(JsonNode attack) {
    List<Entity> mentions = new ArrayList<>();
    attack
        .path("mentions")
        .properties()
        .forEach(each -> mentions.add(CallLab.entity(each.getKey(), each.getValue().asText())));
    return new Attack(
        attack.required("name").asText(),
        attack.required("wants").asText(),
        texts(attack.required("says")),
        mentions,
        attack.hasNonNull("document") ? attack.get("document").asText() : null,
        attack.path("agrees").asBoolean(true),
        attack.required("obeys"),
        texts(attack.path("never")).stream()
            .map(each -> Pattern.compile(each, Pattern.CASE_INSENSITIVE))
            .toList());
  }

  private static List<String> texts(JsonNode node) {
    List<String> texts = new ArrayList<>();
    if (node.isTextual()) {
      texts.add(node.asText());
    }
    node.forEach(each -> texts.add(each.asText()));
    return texts;
  }

  /// Acme's agent, with the document if there is one.
  AgentBundle agent() {
    if (document == null) {
      return CallLab.ACME;
    }
    List<Document> documents = new ArrayList<>(CallLab.ACME.knowledge());
    documents.add(
        new Document("hammocks.md", "# Hammocks\n\n## How do I wash a hammock?\n\n" + document));
    return AgentBundle.of(AgentFile.parse(CallLab.ACME.file().yaml(), "test"), documents);
  }

  @Override
  public String toString() {
    return name;
  }
}
