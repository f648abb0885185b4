package dev.voxlog.nlu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.nlu.scripted.WordEmbedder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VectorFileTest {
  @TempDir Path folder;
  private final List<String> computed = new ArrayList<>();
  private Path file;

  @BeforeEach
  void place() {
    file = folder.resolve("nlu/model.vectors");
  }

  private VectorFile open() {
    return new VectorFile(
        text -> {
          computed.add(text);
          return new WordEmbedder().embed(text);
        },
        file);
  }

  @Test
  void whatWasSavedNeedNotBeComputedAgain() {
    VectorFile first = open();
    float[] vector = first.embed("where is my order");
    first.save();
    VectorFile second = open();
    assertThat(second.embed("where is my order")).containsExactly(vector);
    second.embed("a person please");
    second.save();
    open().embed("a person please");
    assertThat(computed).containsExactly("where is my order", "a person please");
  }

  @Test
  void theFileHoldsNoWords() throws Exception {
    VectorFile vectors = open();
    vectors.embed("where is my order");
    vectors.save();
    assertThat(new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1))
        .doesNotContain("order");
    try (var left = Files.list(file.getParent())) {
      assertThat(left).containsExactly(file);
    }
  }

  @Test
  void aDamagedFileIsMadeAnew() throws Exception {
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[] {0, 16, 'v', 'o', 'x'});
    VectorFile vectors = open();
    vectors.embed("where is my order");
    vectors.save();
    open().embed("where is my order");
    assertThat(computed).hasSize(1);
  }

  @Test
  void aFolderThatCannotBeWrittenCostsOnlyTime() throws Exception {
    Files.write(folder.resolve("nlu"), new byte[0]);
    VectorFile vectors = open();
    vectors.embed("where is my order");
    vectors.save();
    assertThat(computed).hasSize(1);
  }

  @Test
  void oldVectorsMakeRoom() throws Exception {
    VectorFile vectors = open();
    for (int n = 0; n < 5_010; n++) {
      vectors.embed("sentence " + n);
    }
    vectors.save();
    computed.clear();
    VectorFile again = open();
    again.embed("sentence 5009");
    again.embed("sentence 0");
    assertThat(computed).containsExactly("sentence 0");
  }
}
