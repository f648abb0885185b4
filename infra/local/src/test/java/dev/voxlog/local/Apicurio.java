package dev.voxlog.local;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// An Apicurio registry as a process of its own, in memory, from the archive that the build
/// unpacked.
final class Apicurio implements AutoCloseable {
  private static final Path TARGET =
      Path.of(System.getProperty("voxlog.target", "target")).toAbsolutePath();

  private final Process process;
  private final int port;

  private Apicurio(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static Apicurio start() throws IOException {
    Path home = TARGET.resolve("apicurio");
    if (!Files.exists(home.resolve("quarkus-run.jar"))) {
      throw new IllegalStateException(home + " is missing: mvn -pl infra/local verify unpacks it");
    }
    int port = BrokerNode.freePorts(1).getFirst();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(
        List.of(
            "-Dapicurio.storage.kind=sql",
            "-Dquarkus.http.host=127.0.0.1",
            "-Dquarkus.http.port=" + port,
            "-Dquarkus.management.host=127.0.0.1",
            "-Dquarkus.management.port=" + BrokerNode.freePorts(1).getFirst(),
            "-Dquarkus.log.level=WARN",
            "-Dquarkus.banner.enabled=false",
            "-Dquarkus.http.access-log.enabled=false",
            "-Dquarkus.log.category.\"io.apicurio\".level=WARN",
            "-Dquarkus.log.category.\"apicurio\".level=WARN",
            "-jar",
            "quarkus-run.jar"));
    Process process =
        new ProcessBuilder(command)
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(TARGET.resolve("apicurio.log").toFile())
            .start();
    Apicurio apicurio = new Apicurio(process, port);
    try {
      await()
          .atMost(Duration.ofSeconds(90))
          .ignoreExceptions()
          .until(() -> new RegistryProbe(apicurio.url()).get("/subjects").status() == 200);
      return apicurio;
    } catch (RuntimeException e) {
      apicurio.close();
      throw e;
    }
  }

  String url() {
    return "http://127.0.0.1:" + port + "/apis/ccompat/v7";
  }

  @Override
  public void close() {
    process.destroy();
  }
}
