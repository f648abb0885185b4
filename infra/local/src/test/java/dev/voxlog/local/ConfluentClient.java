package dev.voxlog.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Confluent's own JavaScript client, run by Node: a reader that shares no line with ours.
final class ConfluentClient {
  private static final int PATIENCE_SECONDS = 120;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SOURCE = Path.of("src/test/js").toAbsolutePath();
  private static final Path HOME =
      Path.of(System.getProperty("voxlog.target", "target")).toAbsolutePath().resolve("js");

  private final String registryUrl;

  private ConfluentClient(String registryUrl) {
    this.registryUrl = registryUrl;
  }

  /// Installs the client by its lock file, unless that has been done.
  static ConfluentClient install(String registryUrl) throws Exception {
    Files.createDirectories(HOME);
    Path lock = HOME.resolve("package-lock.json");
    boolean isInstalled =
        Files.exists(HOME.resolve("node_modules/.package-lock.json"))
            && Files.mismatch(SOURCE.resolve("package-lock.json"), lock) < 0;
    for (String file : List.of("package.json", "package-lock.json", ".npmrc", "decode.js")) {
      Files.copy(SOURCE.resolve(file), HOME.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    if (!isInstalled) {
      Process npm =
          new ProcessBuilder("npm", "ci", "--no-progress")
              .directory(HOME.toFile())
              .redirectErrorStream(true)
              .redirectOutput(HOME.resolve("npm.log").toFile())
              .start();
      if (npm.waitFor() != 0) {
        Files.deleteIfExists(HOME.resolve("node_modules/.package-lock.json"));
        throw new IllegalStateException(
            "npm ci failed: " + Files.readString(HOME.resolve("npm.log")));
      }
    }
    return new ConfluentClient(registryUrl);
  }

  record Raw(String topic, byte[] value) {}

  /// What the client makes of raw values, in their order: `topic` and `record`, bytes as base64.
  List<JsonNode> decode(List<Raw> records) throws Exception {
    Process node =
        new ProcessBuilder("node", "decode.js", registryUrl)
            .directory(HOME.toFile())
            .redirectError(HOME.resolve("decode.log").toFile())
            .start();
    node.onExit()
        .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .exceptionally(_ -> node.destroyForcibly());
    Thread feeding = Thread.ofVirtual().start(() -> feed(node, records));
    List<JsonNode> decoded = new ArrayList<>();
    for (String line : node.inputReader(StandardCharsets.UTF_8).lines().toList()) {
      decoded.add(JSON.readTree(line));
    }
    feeding.join();
    if (node.waitFor() != 0) {
      throw new IllegalStateException(
          "the client refused record "
              + decoded.size()
              + ": "
              + Files.readString(HOME.resolve("decode.log")));
    }
    return decoded;
  }

  private static void feed(Process node, List<Raw> records) {
    try (Writer out = node.outputWriter(StandardCharsets.UTF_8)) {
      for (Raw record : records) {
        String value = Base64.getEncoder().encodeToString(record.value());
        out.write(JSON.createObjectNode().put("topic", record.topic()).put("value", value) + "\n");
      }
    } catch (IOException e) {
      // Node has ended early; its exit status tells why.
      return;
    }
  }
}
