package dev.voxlog.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PageTest {
  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  @Test
  void thePageIsAskedForAnewAndItsHashedFilesAreKept() throws Exception {
    try (WebFixture node = new WebFixture()) {
      HttpResponse<String> index = node.get("/");
      assertThat(index.body()).isEqualTo("<!doctype html>the page");
      assertThat(header(index, "content-type")).isEqualTo("text/html; charset=utf-8");
      assertThat(header(index, "cache-control")).isEqualTo("no-cache");
      assertThat(node.get("/", "If-None-Match", header(index, "etag")).statusCode()).isEqualTo(304);

      HttpResponse<String> script = node.get("/assets/page-1a2b.js");
      assertThat(script.body()).isEqualTo("plain script");
      assertThat(header(script, "content-type")).startsWith("text/javascript");
      assertThat(header(script, "cache-control")).isEqualTo("public, max-age=31536000, immutable");
    }
  }

  @Test
  void whoTakesItCompressedGetsTheBestThereIs() throws Exception {
    try (WebFixture node = new WebFixture()) {
      String script = "/assets/page-1a2b.js";
      assertThat(node.get(script, "Accept-Encoding", "gzip, deflate, br").body())
          .isEqualTo("brotli");
      HttpResponse<String> gzip = node.get(script, "Accept-Encoding", "gzip;q=0.8, br;q=0");
      assertThat(gzip.body()).isEqualTo("gzip");
      assertThat(header(gzip, "content-encoding")).isEqualTo("gzip");
      assertThat(header(gzip, "vary")).isEqualTo("accept-encoding");
      assertThat(node.get("/assets/page-1a2b.css", "Accept-Encoding", "br").body())
          .isEqualTo("body {}");
      assertThat(node.get(script + ".br").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void nothingButThePagesFilesCanBeHad() throws Exception {
    try (WebFixture node = new WebFixture()) {
      String ours = "127.0.0.1:" + node.web.port();
      for (String path :
          List.of(
              "/assets/../index.html",
              "/../../etc/passwd",
              "/assets/%2e%2e/%2e%2e/etc/passwd",
              "/assets/",
              "/assets/page-1a2b.js/",
              "//index.html",
              "/dev/voxlog/web/Web.class")) {
        assertThat(node.raw(path, ours)).as(path).startsWith("HTTP/1.1 404 ");
      }
    }
  }

  @Test
  void nothingForeignRunsIsFramedOrTold() throws Exception {
    try (WebFixture node = new WebFixture()) {
      String ours = "127.0.0.1:" + node.web.port();
      for (String path : List.of("/", "/api/session", "/nothing")) {
        HttpResponse<String> answer = node.get(path);
        assertThat(header(answer, "content-security-policy"))
            .as(path)
            .startsWith(
                "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' ws://"
                    + ours
                    + " wss://"
                    + ours
                    + ";")
            .endsWith("base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        assertThat(header(answer, "x-content-type-options")).isEqualTo("nosniff");
        assertThat(header(answer, "referrer-policy")).isEqualTo("no-referrer");
        assertThat(header(answer, "permissions-policy")).startsWith("microphone=(self)");
        assertThat(header(answer, "strict-transport-security")).isEmpty();
      }
    }
  }

  @Test
  void thePageMayTalkWhereItIsToldAndNowhereElse() throws Exception {
    String url = "wss://voice.example.com/v1/realtime";
    try (WebFixture node = new WebFixture(WebFixture.ANYBODY, url, WebFixture.QUICK)) {
      assertThat(header(node.get("/"), "content-security-policy"))
          .contains("connect-src 'self' wss://voice.example.com; img-src");
      assertThat(node.get("/api/session").body()).contains("\"realtime\":\"" + url + "\"");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WebConfig.Realtime("https://voice.example.com; script-src *", false))
        .withMessageContaining("give the whole address");
  }

  @Test
  void withoutThePageItSaysSo() {
    assertThat(new PageFiles(Map.of()).isEmpty()).isTrue();
    assertThat(new PageFiles(Map.of("/index.html", new byte[1])).isEmpty()).isFalse();
  }

  @Test
  void theFilesOfAFolderAreThoseOfThePage(@TempDir Path folder) throws Exception {
    Files.createDirectories(folder.resolve("assets"));
    Files.writeString(folder.resolve("index.html"), "page");
    Files.writeString(folder.resolve("assets").resolve("a.js"), "script");

    assertThat(PageFiles.of(folder).isEmpty()).isFalse();
  }
}
