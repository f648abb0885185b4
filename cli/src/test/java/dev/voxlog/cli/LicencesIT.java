package dev.voxlog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/// The report of everything that is shipped, as the build has just written it: a library with terms
/// that docs/licences.md does not name, or a package of the page, stops the build.
class LicencesIT {
  private static final Path REPORT = Path.of("target", "voxlog.cdx.json");

  /// A package of npm in what Vite writes of those in the page: name, version and SPDX id.
  private static final Pattern PACKAGE = Pattern.compile("(?m)^## (\\S+) - \\S+ \\((.+)\\)$");

  /// SPDX ids, and the names of those whose poms have none.
  private static final Set<String> KNOWN =
      Set.of(
          "Apache-2.0",
          "MIT",
          "BSD-2-Clause",
          "BSD-3-Clause",
          "BSD-4-Clause",
          "CC0-1.0",
          "CC-PDDC",
          "Unicode-3.0",
          "EPL-1.0",
          "EPL 1.0",
          "EPL-2.0",
          "MPL-2.0",
          "LGPL-2.1-only",
          "LGPL-2.1-or-later",
          "LGPL-3.0-only",
          "The GNU Lesser General Public License, Version 2.1",
          "GNU Lesser General Public License (LGPL) in version 2.1 or higher",
          "Go License");

  @Test
  void everyShippedLibraryHasALicenceThatIsKnown() throws IOException {
    List<String> libraries = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    for (JsonNode library : new ObjectMapper().readTree(REPORT.toFile()).path("components")) {
      String name = library.path("name").asText() + " " + library.path("version").asText();
      List<String> licences =
          StreamSupport.stream(library.path("licenses").spliterator(), false)
              .map(LicencesIT::named)
              .toList();
      libraries.add(name);
      if (licences.isEmpty() || !KNOWN.containsAll(licences)) {
        unknown.add(name + " " + licences);
      }
    }
    assertThat(libraries)
        .anyMatch(each -> each.startsWith("kafka-clients "))
        .noneMatch(each -> each.startsWith("junit"));
    assertThat(unknown).isEmpty();
  }

  @Test
  void soHasEachPackageOfThePage() throws IOException {
    List<String> packages;
    try (InputStream page = LicencesIT.class.getResourceAsStream("/web/page/licences.md")) {
      assumeTrue(page != null, "the page was left out of this build");
      packages =
          PACKAGE
              .matcher(new String(page.readAllBytes(), StandardCharsets.UTF_8))
              .results()
              .map(found -> found.group(1) + " " + found.group(2))
              .toList();
    }
    assertThat(packages)
        .anyMatch(each -> each.startsWith("preact "))
        .allMatch(each -> KNOWN.contains(each.substring(each.lastIndexOf(' ') + 1)));
  }

  private static String named(JsonNode entry) {
    JsonNode licence = entry.path("license");
    return licence
        .path("id")
        .asText(licence.path("name").asText(entry.path("expression").asText()));
  }
}
