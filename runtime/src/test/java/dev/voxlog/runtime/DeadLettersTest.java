package dev.voxlog.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.StageName;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.TopicCatalogue;
import dev.voxlog.schemas.WireHeaders;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DeadLettersTest {
  private static final CallId CALL = new CallId("call");

  private final SlowProducer producer = new SlowProducer();
  private final KafkaLogWriter writer =
      new KafkaLogWriter(
          StageName.NLU,
          new KafkaLogWriter.Producers(producer, producer),
          new PlainLogCodec(),
          TopicCatalogue.standard());

  /// Acknowledges when told to, and may keep a sender waiting, as one whose buffer is full does.
  private static final class SlowProducer extends MockProducer<byte[], byte[]> {
    private volatile CountDownLatch room = new CountDownLatch(0);

    SlowProducer() {
      super(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
      try {
        room.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return super.send(record, callback);
    }
  }

  @AfterEach
  void close() {
    producer.room.countDown();
    writer.close();
  }

  private CompletableFuture<Void> putAside(CallId call, long offset) {
    byte[] bytes = {1, 2, 3};
    return writer.deadLetter(
        new LogWriter.DeadLetter(
            new WireHeaders.Cause(Topic.TRANSCRIPTS, 0, offset),
            call,
            bytes,
            bytes,
            "unreadable",
            ""));
  }

  private void awaitSent(int letters) {
    await()
        .atMost(10, TimeUnit.SECONDS)
        .untilAsserted(() -> assertThat(producer.history()).hasSize(letters));
  }

  @Test
  void aLetterIsWrittenOnceTheBrokerHasItAndNotBefore() {
    CompletableFuture<Void> written = putAside(CALL, 1);
    awaitSent(1);
    assertThat(written).isNotDone();
    producer.completeNext();
    assertThat(written).isCompleted();
  }

  @Test
  void theSecondLetterOfACallAndReasonIsCountedAndAsGoodAsTheFirst() {
    CompletableFuture<Void> first = putAside(CALL, 1);
    CompletableFuture<Void> second = putAside(CALL, 2);
    awaitSent(1);
    assertThat(second).isNotDone();
    producer.completeNext();
    assertThat(first).isCompleted();
    assertThat(second).isCompleted();
    assertThat(putAside(CALL, 3)).isCompleted();
    assertThat(producer.history()).hasSize(1);
  }

  @Test
  void aLetterThatFailedDoesNotStandForTheNext() {
    CompletableFuture<Void> first = putAside(CALL, 1);
    awaitSent(1);
    producer.errorNext(new TimeoutException("for a test"));
    assertThat(first).isCompletedExceptionally();
    CompletableFuture<Void> second = putAside(CALL, 2);
    awaitSent(2);
    producer.completeNext();
    assertThat(second).isCompleted();
  }

  @Test
  void whoPutsARecordAsideNeverWaitsForAFullBuffer() {
    producer.room = new CountDownLatch(1);
    CompletableFuture<Void> written = putAside(CALL, 1);
    assertThat(written).isNotDone();
    producer.room.countDown();
    awaitSent(1);
    producer.completeNext();
    assertThat(written).isCompleted();
  }
}
