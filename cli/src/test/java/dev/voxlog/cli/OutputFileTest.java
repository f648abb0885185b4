package dev.voxlog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.voxlog.cli.settings.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTest {
  @TempDir Path folder;

  @Test
  void aFolderOrAFileUnderAFileIsRefusedBeforeTheWorkWithTheOption() throws Exception {
    Path file = Files.writeString(folder.resolve("there"), "as it was");
    assertThatThrownBy(() -> new OutputFile("--json", folder).check())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("--json " + folder)
        .hasMessageContaining("it is a folder");
    assertThatThrownBy(() -> new OutputFile("--json", file.resolve("below")).check())
        .isInstanceOf(UserError.class);
  }

  @Test
  void checkingLeavesNothingAndChangesNothingAndWritingMakesTheFolders() throws Exception {
    Path file = Files.writeString(folder.resolve("there"), "as it was");
    OutputFile deep = new OutputFile("--html", folder.resolve("a/b/page.html"));
    new OutputFile("--json", file).check();
    deep.check();
    assertThat(folder).isDirectoryContaining(file::equals).isDirectoryNotContaining("glob:**a");
    assertThat(file).hasContent("as it was");
    deep.write("page");
    assertThat(deep.path()).hasContent("page");
  }

  @Test
  void whatIsThereIsReplacedAsAWholeAndALinkStaysALink() throws Exception {
    Path file = Files.writeString(folder.resolve("there"), "as it was");
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    Files.createDirectory(folder.resolve("there.part"));
    assertThatThrownBy(() -> new OutputFile("--json", file).write("new"))
        .isInstanceOf(UserError.class);
    assertThat(file).as("what was there, where the new is not whole").hasContent("as it was");
    Files.delete(folder.resolve("there.part"));
    new OutputFile("--json", link).write("new");
    assertThat(file).hasContent("new");
    assertThat(link).isSymbolicLink();
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("there", "link");
  }
}
