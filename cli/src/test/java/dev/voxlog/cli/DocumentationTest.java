package dev.voxlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.local.JvmFlags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the documents point at is there: links lead to files, and every promise's test exists.
class DocumentationTest {
  private static final Path ROOT = root();
  private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]+)");
  private static final Pattern NAMED_TEST =
      Pattern.compile("`([A-Z]\\w+(?:Test|IT))(?:\\.(\\w+))?`");

  /// A test of the page's: its file, from `web/page` on, and what it is called there.
  private static final Pattern NAMED_PAGE_TEST =
      Pattern.compile("`([\\w./-]+\\.test\\.tsx?)(?: › ([^`]+))?`");

  private static Path root() {
    Path here = Path.of("").toAbsolutePath();
    return Files.exists(here.resolve("ARCHITECTURE.md")) ? here : here.resolve("..").normalize();
  }

  @Test
  void everyLinkBetweenDocumentsAndSourcesLeadsToAFile() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path page : pages()) {
      LINK.matcher(Files.readString(page))
          .results()
          .map(found -> found.group(1))
          .filter(link -> !Files.exists(page.resolveSibling(link)))
          .forEach(link -> broken.add(ROOT.relativize(page) + " -> " + link));
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void theGateIsTheReadmesTestCommand() throws IOException {
    String command = Files.readString(ROOT.resolve(".ci/run")).lines().toList().getLast();
    assertThat(command).startsWith("exec ");
    assertThat(Files.readString(ROOT.resolve("README.md")))
        .containsPattern("## Tests\\s+```\\s+" + command.substring(5) + "\\s+```");
  }

  @Test
  void everyPromiseNamesATestThatExists() throws IOException {
    Map<String, String> tests = testSources();
    List<MatchResult> named =
        NAMED_TEST.matcher(Files.readString(ROOT.resolve("docs/guarantees.md"))).results().toList();

    assertThat(named).hasSizeGreaterThan(40);
    assertThat(named)
        .filteredOn(test -> {
          String source = tests.getOrDefault(test.group(1), "");
          boolean isThere = test.group(2) == null || source.contains("void " + test.group(2) + "(");
          return source.isEmpty() || !isThere;
        })
        .extracting(MatchResult::group)
        .isEmpty();
  }

  @Test
  void everyPromiseOfThePagesNamesATestThatExists() throws IOException {
    assertThat(pageTestsThatAreMissing(Files.readString(ROOT.resolve("docs/guarantees.md")), ROOT))
        .isEmpty();
  }

  @Test
  void aPromiseThatNamesNoTestOfThePagesIsFound(@TempDir Path root) throws IOException {
    Path folder = Files.createDirectories(root.resolve("web/page/src"));
    Files.writeString(folder.resolve("talk.test.ts"), "test('the caller is heard', () => {})");

    assertThat(
            pageTestsThatAreMissing(
                "| a | b | `talk.test.ts`, `src/talk.test.ts`, `web/page/src/talk.test.ts › the caller is heard` |",
                root))
        .isEmpty();
    assertThat(
            pageTestsThatAreMissing(
                "`level.test.ts`, `src/level.test.tsx`, `talk.test.ts › nobody is heard`", root))
        .containsExactly(
            "`level.test.ts`", "`src/level.test.tsx`", "`talk.test.ts › nobody is heard`");
    assertThat(pageTestsThatAreMissing("`talk.test.ts`", root.resolve("elsewhere"))).hasSize(1);
    assertThat(pageTestsThatAreMissing("`DocumentationTest`", root.resolve("elsewhere"))).isEmpty();
  }

  private static List<String> pageTestsThatAreMissing(String page, Path root) throws IOException {
    Map<Path, String> tests = new HashMap<>();
    Path folder = root.resolve("web/page");
    if (Files.isDirectory(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path file :
            all.filter(each -> each.toString().matches(".*\\.test\\.tsx?"))
                .filter(each -> !each.toString().contains("/node_modules/"))
                .toList()) {
          tests.put(file, Files.readString(file));
        }
      }
    }
    return NAMED_PAGE_TEST
        .matcher(page)
        .results()
        .filter(named ->
            tests.entrySet().stream()
                .noneMatch(test ->
                    test.getKey().endsWith(named.group(1))
                        && (named.group(2) == null || test.getValue().contains(named.group(2)))))
        .map(MatchResult::group)
        .toList();
  }

  @Test
  void noSourceFileIsLongerThanFourHundredLines() throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (Path source : sources()) {
      long lines;
      try (Stream<String> read = Files.lines(source)) {
        lines = read.count();
      }
      if (lines > 400) {
        tooLong.add(ROOT.relativize(source) + " has " + lines);
      }
    }
    assertThat(tooLong).isEmpty();
  }

  /// The `voxlog` script cannot ask [JvmFlags].
  @Test
  void theScriptStartsItsJvmWithTheFlagsOfAllOthers() throws IOException {
    assertThat(Files.readString(ROOT.resolve("voxlog"))).contains(JvmFlags.ALL);
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> all = Files.walk(ROOT)) {
      return all.filter(page -> page.toString().endsWith(".md"))
          .filter(page -> !page.toString().matches(".*/(target|node_modules|\\.[^/]+)/.*"))
          .toList();
    }
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> all = Files.walk(ROOT)) {
      return all.filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.toString().contains("/target/"))
          .toList();
    }
  }

  /// By simple name; classes of one name in several modules are read as one.
  private static Map<String, String> testSources() throws IOException {
    Map<String, String> tests = new HashMap<>();
    for (Path source : sources()) {
      if (source.toString().contains("/src/test/")) {
        String name = source.getFileName().toString().replace(".java", "");
        tests.merge(name, Files.readString(source), String::concat);
      }
    }
    return tests;
  }
}
