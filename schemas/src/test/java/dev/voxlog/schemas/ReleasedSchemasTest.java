package dev.voxlog.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.junit.jupiter.api.Test;

/// The contracts against every released version of them: FULL_TRANSITIVE, as the registry demands
/// it.
///
/// At a release, copy `src/main/avro` to the next number under `src/test/resources/released`.
class ReleasedSchemasTest {
  private static final String ADVICE =
      """
      This contract can no longer %s release %s:
      %s
      Readers and writers of all versions share one log. Add fields as ["null", …] with default null, add symbols
      only to enums (each has the default UNKNOWN), and never rename, remove or retype what was released.
      """;

  @Test
  void everyContractIsCompatibleWithEveryReleaseInBothDirections() throws Exception {
    List<Path> releases = list(released());
    assertThat(releases).isNotEmpty();
    List<String> breaks = new ArrayList<>();
    for (Path release : releases) {
      for (Path file : list(release)) {
        Schema before = new Schema.Parser().parse(file.toFile());
        Schema current = Columns.of(before.getName()).schema();
        breaks.addAll(breaks(current, before, release.getFileName().toString()));
      }
    }

    assertThat(breaks).as(String.join("\n", breaks)).isEmpty();
  }

  @Test
  void theLatestReleaseKnowsEveryContract() throws Exception {
    List<Path> releases = list(released());
    List<String> names = new ArrayList<>();
    for (Path file : list(releases.getLast())) {
      names.add(file.getFileName().toString());
    }

    for (Topic topic : Topic.values()) {
      assertThat(names).contains(TopicCodecs.of(topic).schema().getName() + ".avsc");
    }
  }

  @Test
  void aRenamedFieldAndAFieldWithoutDefaultAreFound() {
    Schema current = TopicCodecs.of(Topic.SENTENCES).schema();
    String json = current.toString();
    Schema retyped =
        new Schema.Parser()
            .parse(
                json.replace(
                    "\"epoch\",\"type\":[\"null\",\"long\"]",
                    "\"epoch\",\"type\":[\"null\",\"string\"]"));
    Schema unfounded =
        new Schema.Parser()
            .parse(
                json.replace(
                    "\"fields\":[{\"name\":\"kind\"",
                    "\"fields\":[{\"name\":\"added\",\"type\":\"string\"},{\"name\":\"kind\""));

    assertThat(breaks(retyped, current, "1").toString())
        .contains("/fields/", "epoch", "no longer read", "no longer be read by");
    assertThat(breaks(unfounded, current, "1").toString()).contains("added", "no longer read");
    assertThat(breaks(Schemas.newer(current), current, "1")).isEmpty();
  }

  private static List<String> breaks(Schema current, Schema before, String release) {
    List<String> breaks = new ArrayList<>();
    check(current, before, "read", release, breaks);
    check(before, current, "be read by", release, breaks);
    return breaks;
  }

  private static void check(
      Schema reader, Schema writer, String verb, String release, List<String> breaks) {
    var result = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getResult();
    if (result.getCompatibility() == SchemaCompatibilityType.INCOMPATIBLE) {
      StringBuilder where = new StringBuilder();
      for (Incompatibility found : result.getIncompatibilities()) {
        String location = found.getLocation();
        where.append("  ").append(reader.getName()).append(' ').append(location);
        where.append(field(reader, location)).append(": ").append(found.getMessage()).append('\n');
      }
      breaks.add(ADVICE.formatted(verb, release, where));
    }
  }

  private static String field(Schema schema, String location) {
    String[] parts = location.split("/");
    return parts.length > 2 && parts[1].equals("fields")
        ? " (" + schema.getFields().get(Integer.parseInt(parts[2])).name() + ")"
        : "";
  }

  private static Path released() throws URISyntaxException {
    URL url = ReleasedSchemasTest.class.getResource("/released");
    assertThat(url).isNotNull();
    return Path.of(url.toURI());
  }

  /// Releases by their numbers, files by their names.
  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .sorted(
              Comparator.comparingInt((Path path) -> path.getFileName().toString().length())
                  .thenComparing(path -> path.getFileName().toString()))
          .toList();
    }
  }
}
