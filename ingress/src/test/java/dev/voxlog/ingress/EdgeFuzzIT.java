package dev.voxlog.ingress;

import static dev.voxlog.ingress.IngressFixture.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.management.UnixOperatingSystemMXBean;
import dev.voxlog.ingress.IngressConfig.Limits;
import dev.voxlog.ingress.IngressConfig.Rates;
import dev.voxlog.runtime.gate.ConnectionLimits;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.CallerAudio;
import dev.voxlog.schemas.VoxEvent;
import dev.voxlog.testkit.twilio.CallRecording;
import dev.voxlog.testkit.twilio.TwilioCaller;
import dev.voxlog.testkit.twilio.WireEvent.Kind;
import dev.voxlog.text.MaskKind;
import io.netty.util.ResourceLeakDetector;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/// Mutated messages come in on several sockets of both edges while a call runs on each: nothing
/// breaks, nothing stays, and the calls lose nothing.
class EdgeFuzzIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int SHORT = 20_000;
  private static final int MILLION = 1_000_000;

  /// What a million messages on each edge may leave behind: two bytes a message. Netty's pool keeps
  /// whole chunks of 4 MiB of what it once needed.
  private static final long MOST_LEFT_HEAP = 4 << 20;

  private static final long MOST_LEFT_DIRECT = 3 * (4 << 20);

  private static final int MOST_LEFT_FILES = 20;

  private final Texts texts = new Texts();
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private final ResourceLeakDetector.Level leaksBefore = ResourceLeakDetector.getLevel();
  private IngressFixture node;

  @BeforeEach
  void listen() {
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    logged.start();
    ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).addAppender(logged);
    node =
        new IngressFixture(config -> {
          Limits usual = config.limits();
          return config.with(
              new Limits(
                  usual.unreadBytes(),
                  usual.messageBytes(),
                  usual.attaches(),
                  usual.streams(),
                  new Rates(MILLION, MILLION),
                  usual.overload(),
                  new CallerLimits(
                      MILLION,
                      MILLION * 1_000,
                      new ConnectionLimits("ingress", MILLION, MILLION, List.of()))));
        });
  }

  @AfterEach
  void stop() {
    ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).detachAppender(logged);
    ResourceLeakDetector.setLevel(leaksBefore);
    node.close();
  }

  @Test
  void mutatedMessagesHarmNobody() throws Exception {
    fuzzWhileCallsRun(1, SHORT);
  }

  @Tag("long")
  @Test
  void aMillionMutatedMessagesOnEachEdgeHarmNobodyAndLeaveNothing() throws Exception {
    fuzzWhileCallsRun(2, MILLION / 10);
    Held before = Held.now();
    fuzzWhileCallsRun(3, MILLION);
    Held after = Held.now();
    System.out.printf("a million messages on each edge: %s before, %s after%n", before, after);
    assertThat(after.heapBytes() - before.heapBytes()).isLessThan(MOST_LEFT_HEAP);
    assertThat(after.directBytes() - before.directBytes()).isLessThan(MOST_LEFT_DIRECT);
    assertThat(after.files() - before.files()).isLessThan(MOST_LEFT_FILES);
  }

  /// What was written of the texts that attackers typed.
  private static final class Texts {
    private final AtomicInteger masked = new AtomicInteger();
    private final AtomicInteger cards = new AtomicInteger();

    void saw(VoxEvent event) {
      if (event instanceof CallEvent.Typed typed) {
        masked.addAndGet(MaskKind.isIn(typed.text()) ? 1 : 0);
        cards.addAndGet(typed.text().contains(Edge.CARD) ? 1 : 0);
      }
    }
  }

  /// What this process holds once all garbage is gone.
  private record Held(long heapBytes, long directBytes, long files) {
    static Held now() {
      System.gc();
      System.gc();
      long direct =
          ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
              .mapToLong(BufferPoolMXBean::getMemoryUsed)
              .sum();
      long files =
          ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class)
              .getOpenFileDescriptorCount();
      return new Held(
          ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(), direct, files);
    }
  }

  /// Calls and attackers of its own: nothing of them is there any more afterwards.
  private void fuzzWhileCallsRun(int seed, int messages) throws Exception {
    node.log.keeps = _ -> true;
    TwilioCaller caller = node.call();
    CallId ofCaller = id(caller);
    try (TalkingProgram program = new TalkingProgram(node);
        RestlessEgress egress = new RestlessEgress(seed, node.ingress.mediaPortAddress())) {
      node.log.keeps =
          event -> {
            egress.saw(event);
            texts.saw(event);
            return ofCaller.equals(event.callId()) || program.isItsOwn(event);
          };
      await().until(() -> node.log.audio(ofCaller).size() > 5);
      fuzz(seed, messages);
      theCallIsUnharmed(caller);
      assertThat(program.end()).isGreaterThan(2);
    }
    await().atMost(PATIENCE).until(() -> node.ingress.activeCalls() == 0);
    nothingBroke();
    assertThat(texts.masked).as("texts that are masked").hasPositiveValue();
    assertThat(texts.cards).as("texts with a card's number").hasValue(0);
    node.log.keeps = _ -> false;
    node.log.forgetAll();
  }

  private void fuzz(int seed, int messages) throws Exception {
    List<Future<?>> attacks = new ArrayList<>();
    try (HttpClient http = HttpClient.newHttpClient();
        ExecutorService attackers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Edge edge : Edge.values()) {
        EdgeAttack attack = new EdgeAttack(edge, node.ingress.port());
        attacks.addAll(attack.begin(attackers, http, seed, messages));
      }
      for (Future<?> attack : attacks) {
        attack.get();
      }
    }
  }

  private void theCallIsUnharmed(TwilioCaller caller) {
    int before = node.log.audio(id(caller)).size();
    await().atMost(PATIENCE).until(() -> node.log.audio(id(caller)).size() > before + 25);
    await().atMost(PATIENCE).until(() -> node.ingress.activeCalls() == 2);
    CallRecording recording = caller.hangUp().join();
    await().until(() -> node.log.audio(id(caller)).getLast() instanceof CallerAudio.End);

    List<CallerAudio> audio = node.log.audio(id(caller));
    for (int i = 0; i < audio.size(); i++) {
      assertThat(audio.get(i).sequence()).isEqualTo(i);
      assertThat(audio.get(i).mediaMs()).isEqualTo(i * 20L);
    }
    assertThat(node.log.of(id(caller), CallEvent.Error.class)).isEmpty();
    assertThat(recording.events(Kind.INVALID)).isEmpty();
  }

  private void nothingBroke() {
    assertThat(node.ingress.isHealthy()).isTrue();
    assertThat(node.ingress.errorCounts())
        .containsKeys(
            "malformed-message", "wrong-order", "bad-base64", "socket-error", "realtime-fault");
    assertThat(logged.list)
        .filteredOn(line -> line.getLevel().isGreaterOrEqual(Level.ERROR))
        .isEmpty();
  }
}
