package dev.voxlog.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentBundleTest {
  private static final String AGENT =
      """
      name: shop
      greeting:
        disclosure: I'm a machine.
      knowledge:
        folder: docs
      intents:
        - name: question
          action: answer
          examples: [what are your hours, do you ship abroad]
      """;

  @TempDir Path folder;
  private Path yaml;

  @BeforeEach
  void write() throws IOException {
    yaml = Files.writeString(folder.resolve("agent.yaml"), AGENT);
    Files.createDirectories(folder.resolve("docs/more"));
    Files.writeString(folder.resolve("docs/hours.md"), "We open at nine – every day.\n");
    Files.writeString(folder.resolve("docs/more/abroad.txt"), "We ship abroad.\r\n");
    Files.writeString(folder.resolve("docs/.hidden.md"), "not this");
    Files.writeString(folder.resolve("docs/picture.png"), "nor this");
  }

  @Test
  void aBundleReadFromItsBytesIsTheSame() {
    AgentBundle bundle = AgentBundle.load(yaml);

    AgentBundle copy = AgentBundle.fromBytes(bundle.toBytes());

    assertThat(copy.agent()).isEqualTo(bundle.agent());
    assertThat(copy.knowledge()).isEqualTo(bundle.knowledge());
    assertThat(copy.toBytes()).isEqualTo(bundle.toBytes());
    assertThat(copy.key()).isEqualTo(bundle.key()).matches("shop@[0-9a-f]{64}");
    assertThat(copy.file().yaml()).isEqualTo(AGENT);
  }

  @Test
  void documentsAreReadBelowTheFolderByName() {
    assertThat(AgentBundle.load(yaml).knowledge())
        .containsExactly(
            new Document("hours.md", "We open at nine – every day.\n"),
            new Document("more/abroad.txt", "We ship abroad.\n"));
  }

  @Test
  void theHashFollowsTheDocumentsButNotThePlaceOrLineEnds() throws IOException {
    String hash = AgentBundle.load(yaml).hash();

    Files.writeString(yaml, AGENT.replace("\n", "\r\n"));
    assertThat(AgentBundle.load(yaml).hash()).isEqualTo(hash);

    Files.writeString(folder.resolve("docs/hours.md"), "We open at ten.");
    assertThat(AgentBundle.load(yaml).hash()).isNotEqualTo(hash);
  }

  @Test
  void aMissingKnowledgeFolderIsToldAtItsLine() throws IOException {
    Files.writeString(yaml, AGENT.replace("folder: docs", "folder: papers"));

    assertThatThrownBy(() -> AgentBundle.load(yaml))
        .isInstanceOf(AgentFileException.class)
        .hasMessageContaining("line 5, knowledge.folder")
        .hasMessageContaining("there is no such folder");
  }

  @Test
  void moreThanTravelsIsRefused() throws IOException {
    Files.writeString(folder.resolve("docs/long.md"), "a".repeat(AgentBundle.MOST_BYTES));

    assertThatThrownBy(() -> AgentBundle.load(yaml)).hasMessageContaining("at most 900 KiB");
  }

  @Test
  void otherBytesAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AgentBundle.fromBytes("{}".getBytes(StandardCharsets.UTF_8)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AgentBundle.fromBytes(new byte[] {1, 2, 3}));
  }

  @Test
  void aFileThatIsNotThereIsToldByName() {
    assertThatThrownBy(() -> AgentFile.read(folder.resolve("none.yaml")))
        .isInstanceOf(AgentFileException.class)
        .hasMessageContaining(
            "none.yaml has a problem:\n  does not exist. Fix: name a readable agent file");
  }
}
