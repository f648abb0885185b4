package dev.voxlog.web;

import static dev.voxlog.web.WebFixture.fields;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WebTest {
  private static final Web.Waits LONG =
      new Web.Waits(
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Duration.ofSeconds(10),
          Streams.Limits.USUAL);

  private static String events(String call) {
    return "/api/calls/" + call + "/events";
  }

  @Test
  void aCallsStoryIsToldFromItsBeginningAndThenLiveUntilItsEnd() {
    try (WebFixture node = new WebFixture()) {
      TestCall whole = TestCall.whole("c1");
      TestCall first = new TestCall("c1");
      whole.events().subList(0, 7).forEach(first::add);
      node.take(first);
      List<String> lines = node.follow(events("c1"));
      await().untilAsserted(() -> assertThat(fields(lines, "event")).hasSize(7));

      node.take(whole);
      await().untilAsserted(() -> assertThat(fields(lines, "event")).endsWith("ended", "end"));
      assertThat(fields(lines, "event")).hasSize(16).startsWith("started", "attached", "sentence");
      assertThat(fields(lines, "id").stream().map(Long::valueOf).toList())
          .hasSize(15)
          .isSorted()
          .doesNotHaveDuplicates();
      assertThat(fields(lines, "data").getFirst()).contains("\"agent\":\"acme\"");
      await().untilAsserted(() -> assertThat(node.streams()).isZero());
    }
  }

  @Test
  void whoComesBackGoesOnWhereTheyWere() {
    try (WebFixture node = new WebFixture()) {
      node.take(TestCall.whole("c1"));
      List<String> all = node.follow(events("c1"));
      await().untilAsserted(() -> assertThat(fields(all, "event")).endsWith("end"));
      String twelfth = fields(all, "id").get(11);

      List<String> rest = node.follow(events("c1"), "Last-Event-ID", twelfth);
      await()
          .untilAsserted(() ->
              assertThat(fields(rest, "event"))
                  .containsExactly("waterfall", "heard", "ended", "end"));
      List<String> stranger = node.follow(events("c1"), "Last-Event-ID", "7");
      await().untilAsserted(() -> assertThat(fields(stranger, "event")).hasSize(16));
    }
  }

  @Test
  void aCallThatHasJustBegunIsWaitedFor() {
    try (WebFixture node = new WebFixture(WebFixture.ANYBODY, null, LONG)) {
      List<String> lines = node.follow(events("c1"));
      await().until(() -> node.streams() == 1);
      node.take(new TestCall("c1").started());

      await().untilAsserted(() -> assertThat(fields(lines, "event")).containsExactly("started"));
    }
  }

  @Test
  void anUnknownCallAndOneThatIsNotHeldAnyMoreAreToldApart() throws Exception {
    try (WebFixture node = new WebFixture()) {
      HttpResponse<String> unknown = node.get(events("c1"));
      assertThat(unknown.statusCode()).isEqualTo(404);
      assertThat(unknown.body()).contains("\"code\":\"no_such_call\"");

      for (int call = 1; call <= 4; call++) {
        node.take(TestCall.whole("c" + call));
      }
      HttpResponse<String> forgotten = node.get(events("c1"));
      assertThat(forgotten.statusCode()).isEqualTo(404);
      assertThat(forgotten.body()).contains("\"code\":\"call_forgotten\"");
      assertThat(node.get(events("%20")).statusCode()).isEqualTo(404);
      assertThat(node.streams()).isZero();
    }
  }

  @Test
  void theCallsAreListedAndWhatChangesIsStreamed() throws Exception {
    try (WebFixture node = new WebFixture()) {
      node.take(new TestCall("c1").started());
      List<String> lines = node.follow("/api/calls/stream");
      await().untilAsserted(() -> assertThat(fields(lines, "data")).hasSize(1));
      node.take(new TestCall("c2").started());
      node.take(new TestCall("c1").ended(10));

      await().untilAsserted(() -> assertThat(fields(lines, "data")).hasSize(3));
      assertThat(fields(lines, "event")).containsOnly("call");
      assertThat(fields(lines, "data").getLast())
          .contains("\"callId\":\"c1\"", "\"endReason\":\"hung-up\"", "\"live\":false");
      assertThat(node.get("/api/calls?limit=1").body())
          .startsWith("{\"calls\":[{\"callId\":\"c")
          .endsWith("}]}");
    }
  }

  /// A quiet connection would be closed before so many signs of life.
  @Test
  void streamsShowThatTheyAreAliveAndMayBeQuietThemselves() {
    Web.Waits waits =
        new Web.Waits(
            Duration.ofMillis(300),
            Duration.ofMillis(500),
            Duration.ofMillis(500),
            WebFixture.QUICK.streams());
    try (WebFixture node = new WebFixture(WebFixture.ANYBODY, null, waits)) {
      node.take(new TestCall("c1").started());
      List<String> lines = node.follow(events("c1"));

      await()
          .untilAsserted(() -> assertThat(lines).filteredOn(": ."::equals).hasSizeGreaterThan(20));
    }
  }

  @Test
  void soManyStreamsAreOpenAndNoMore() throws Exception {
    try (WebFixture node = new WebFixture()) {
      node.take(new TestCall("c1").started());
      for (int stream = 0; stream < 3; stream++) {
        node.follow(events("c1"));
      }
      await().until(() -> node.streams() == 3);

      HttpResponse<String> refused = node.get(events("c1"));
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.body()).contains("\"code\":\"too_many_streams\"");
      assertThat(node.get("/api/calls").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void whoDoesNotReadIsCutOff() throws Exception {
    try (WebFixture node = new WebFixture()) {
      TestCall call = new TestCall("c1").started();
      String much = "word ".repeat(20_000);
      for (int n = 1; n <= 150; n++) {
        call.said(n, much, n);
      }
      node.take(call);
      try (Socket deaf = node.open(events("c1"), "127.0.0.1:" + node.web.port())) {
        assertThat(deaf.getInputStream().read()).isPositive();
        await().untilAsserted(() -> assertThat(node.streams()).isZero());
        assertThat(deaf.isConnected()).isTrue();
      }
    }
  }

  @Test
  void whoHasNoTokenIsToldThatOneIsNeededAndNothingElse() throws Exception {
    try (WebFixture node = new WebFixture(WebFixture.GUARDED, null, WebFixture.QUICK)) {
      node.take(new TestCall("c1").started());
      assertThat(node.get("/api/session").body())
          .isEqualTo(
              "{\"version\":\"1.2.3\",\"realtime\":\"/v1/realtime\",\"agents\":[{\"name\":\"acme\"}],\"needsToken\":true}");
      for (String path : List.of("/api/calls", "/api/calls/stream", events("c1"))) {
        HttpResponse<String> refused = node.get(path);
        assertThat(refused.statusCode()).as(path).isEqualTo(401);
        assertThat(refused.body()).contains("\"code\":\"invalid_api_key\"").doesNotContain("c1");
      }
      assertThat(node.get("/").statusCode()).isEqualTo(200);
      assertThat(node.get("/api/calls", "Authorization", "Bearer " + WebFixture.TOKEN).body())
          .contains("c1");
    }
  }

  @Test
  void whoGuessesIsToldToWait() throws Exception {
    try (WebFixture node = new WebFixture(WebFixture.GUARDED, null, WebFixture.QUICK)) {
      HttpResponse<String> answer = node.get("/api/calls", "Authorization", "Bearer wrong");
      for (int guess = 0; guess < 20; guess++) {
        answer = node.get("/api/calls", "Authorization", "Bearer wrong");
      }

      assertThat(answer.statusCode()).isEqualTo(429);
      assertThat(answer.headers().firstValue("retry-after")).contains("60");
    }
  }

  @Test
  void otherNamesAndForeignPagesAreRefused() throws Exception {
    try (WebFixture node = new WebFixture()) {
      for (String path : List.of("/", "/api/session", "/api/calls")) {
        assertThat(node.raw(path, "rebound.example.com")).as(path).startsWith("HTTP/1.1 403 ");
      }
      HttpResponse<String> foreign = node.get("/api/calls", "Origin", "https://evil.example.com");
      assertThat(foreign.statusCode()).isEqualTo(403);
      assertThat(foreign.headers().firstValue("access-control-allow-origin")).isEmpty();
    }
  }

  @Test
  void pagesOfHostsThatAreNamedMayReadTheApi() throws Exception {
    try (WebFixture node = new WebFixture(WebFixture.GUARDED, null, WebFixture.QUICK)) {
      String desk = "https://desk.example.com";
      HttpResponse<String> asked =
          node.send(
              node.request("/api/calls", "Origin", desk)
                  .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                  .build());
      assertThat(asked.statusCode()).isEqualTo(204);
      assertThat(asked.headers().firstValue("access-control-allow-origin")).contains(desk);
      assertThat(asked.headers().firstValue("access-control-allow-headers").orElse(""))
          .contains("authorization", "last-event-id");

      HttpResponse<String> read =
          node.get("/api/calls", "Origin", desk, "Authorization", "Bearer " + WebFixture.TOKEN);
      assertThat(read.statusCode()).isEqualTo(200);
      assertThat(read.headers().firstValue("access-control-allow-origin")).contains(desk);
    }
  }

  @Test
  void theApiIsForReadingAndSaysWhatIsNotThere() throws Exception {
    try (WebFixture node = new WebFixture()) {
      HttpRequest post =
          node.request("/api/calls").POST(HttpRequest.BodyPublishers.ofString("{}")).build();
      assertThat(node.send(post).statusCode()).isEqualTo(405);
      assertThat(node.get("/api/nothing").statusCode()).isEqualTo(404);
      assertThat(node.get("/api/nothing").body()).startsWith("{\"error\":{\"code\":\"not_found\"");
    }
  }

  @Test
  void aNodeThatStopsEndsItsStreamsSoThatClientsGoOnElsewhere() {
    WebFixture node = new WebFixture();
    node.take(new TestCall("c1").started());
    List<String> lines = node.follow(events("c1"));
    await().untilAsserted(() -> assertThat(fields(lines, "event")).hasSize(1));
    node.close();

    await().untilAsserted(() -> assertThat(node.streams()).isZero());
    assertThat(fields(lines, "event")).doesNotContain("end");
  }
}
