package dev.voxlog.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.util.concurrent.SingleThreadEventExecutor;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.internal.ContextInternal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WakeningTest {
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private final AtomicInteger runs = new AtomicInteger();

  @Test
  void howeverOftenItIsCalledOneTaskWaits() {
    Wakening wakening = new Wakening(waiting::add, runs::incrementAndGet);
    for (int call = 0; call < 1_000; call++) {
      wakening.run();
    }
    assertThat(waiting).hasSize(1);

    waiting.remove().run();
    assertThat(runs).hasValue(1);
  }

  @Test
  void whatComesOnceTheTaskHasBegunIsNotMissed() {
    List<Wakening> itself = new ArrayList<>();
    itself.add(new Wakening(waiting::add, () -> itself.getFirst().run()));
    itself.getFirst().run();
    waiting.remove().run();

    assertThat(waiting).hasSize(1);
  }

  /// As in `run`, where the event loop is also that of the callers.
  @Test
  void howeverMuchNewsComesARequestThatWaitsForItsCallBurdensTheEventLoopOnce() throws Exception {
    Web.Waits patient =
        new Web.Waits(
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            WebFixture.QUICK.streams());
    CompletableFuture<ContextInternal> asked = new CompletableFuture<>();
    Vertx vertx = Vertx.vertx();
    try (WebFixture node = new WebFixture(WebFixture.ANYBODY, null, patient);
        HttpClient client = HttpClient.newHttpClient()) {
      HttpServer callers =
          vertx
              .createHttpServer()
              .requestHandler(request -> {
                asked.complete(ContextInternal.current());
                node.web.handle(request);
              })
              .listen(0, "127.0.0.1")
              .await();
      URI events = URI.create("http://127.0.0.1:" + callers.actualPort() + "/api/calls/c0/events");
      var _ =
          client.sendAsync(
              HttpRequest.newBuilder(events).build(), HttpResponse.BodyHandlers.discarding());
      await().until(() -> node.streams() == 1);
      CountDownLatch busy = new CountDownLatch(1);
      CountDownLatch goesOn = new CountDownLatch(1);
      ContextInternal context = asked.join();
      context.runOnContext(_ -> {
        busy.countDown();
        try {
          goesOn.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      });
      busy.await();
      for (int call = 1; call <= 100; call++) {
        node.take(TestCall.whole("c" + call));
      }
      int tasks = ((SingleThreadEventExecutor) context.nettyEventLoop()).pendingTasks();
      goesOn.countDown();
      client.shutdownNow();

      assertThat(tasks).isLessThan(10);
    } finally {
      vertx.close().await();
    }
  }
}
