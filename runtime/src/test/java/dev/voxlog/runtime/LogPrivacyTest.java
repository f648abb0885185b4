package dev.voxlog.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.StageName;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.TopicCatalogue;
import dev.voxlog.schemas.TranscriptEvent;
import dev.voxlog.schemas.WireHeaders;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/// What callers say stands in the messages of exceptions, and in no line of the log.
class LogPrivacyTest {
  private static final String SAID = "4111 1111 1111 1111";
  private static final CallId CALL = new CallId("call");

  private final Logger logger = (Logger) LoggerFactory.getLogger("dev.voxlog.runtime");
  private final Lines lines = new Lines();

  @BeforeEach
  void capture() {
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void release() {
    logger.detachAppender(lines);
  }

  /// All that an appender could print, in words.
  private static final class Lines extends AppenderBase<ILoggingEvent> {
    private final List<String> all = new CopyOnWriteArrayList<>();

    @Override
    protected void append(ILoggingEvent event) {
      String thrown =
          event.getThrowableProxy() == null
              ? ""
              : ThrowableProxyUtil.asString(event.getThrowableProxy());
      all.add(event.getFormattedMessage() + thrown);
    }
  }

  private static RuntimeException quoting() {
    RuntimeException failure =
        new IllegalStateException(
            "cannot use " + SAID, new NumberFormatException("For input string: " + SAID));
    failure.addSuppressed(new IllegalArgumentException(SAID));
    return failure;
  }

  private void assertOnlyClassesAreNamed() {
    assertThat(lines.all)
        .anySatisfy(line ->
            assertThat(line).contains("IllegalStateException").contains("NumberFormatException"));
    assertThat(lines.all).noneSatisfy(line -> assertThat(line).contains(SAID));
  }

  @Test
  void aStepThatBreaksOnWhatWasSaidDoesNotRepeatItInTheLog() {
    EchoStage stage =
        new EchoStage(
            text -> text,
            words -> {
              throw quoting();
            });
    LoneCall call = new LoneCall(stage, CALL, TestCalls.AGENTS, new HandClock());
    call.give(TestCalls.started(CALL));
    call.give(TestCalls.words(CALL, 1));
    assertThat(call.deadLetters()).containsExactly("step failed: IllegalStateException");
    assertOnlyClassesAreNamed();
    assertThat(lines.all).anySatisfy(line -> assertThat(line).contains("EchoStage.java"));
  }

  @Test
  void aMessageOfACallThatGoesWrongDoesNotRepeatIt() {
    new Mailbox(Runnable::run)
        .post(() -> {
          throw quoting();
        });
    assertOnlyClassesAreNamed();
  }

  @Test
  void aLifeThatBreaksDoesNotRepeatIt() {
    Telemetry telemetry = new Telemetry(OpenTelemetry.noop(), StageName.NLU, "group");
    try (StageRunner runner =
        new StageRunner(
            new EchoStage(),
            () -> {
              throw quoting();
            },
            _ -> {
              throw quoting();
            },
            telemetry)) {
      runner.start();
      await().atMost(Duration.ofSeconds(10)).untilAsserted(this::assertOnlyClassesAreNamed);
    }
  }

  @Test
  void aRecordThatCannotBeWrittenOrReadDoesNotRepeatIt() {
    MockProducer<byte[], byte[]> producer =
        new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    producer.sendException = quoting();
    KafkaLogWriter writer =
        new KafkaLogWriter(
            StageName.NLU,
            new KafkaLogWriter.Producers(producer, producer),
            new PlainLogCodec(),
            TopicCatalogue.standard());
    TranscriptEvent words = TestCalls.words(CALL, 1);
    LogWriter.Origin origin = new LogWriter.Origin(1, null, Map.of(), null);
    assertThat(writer.write(Topic.TRANSCRIPTS, 0, CALL, words, origin)).isCompletedExceptionally();
    writer.deadLetter(
        new LogWriter.DeadLetter(
            new WireHeaders.Cause(Topic.TRANSCRIPTS, 0, 7),
            CALL,
            new byte[0],
            new byte[0],
            "unreadable",
            "no number: " + SAID));
    assertThat(lines.all).anySatisfy(line -> assertThat(line).contains("unreadable"));
    assertOnlyClassesAreNamed();
  }
}
