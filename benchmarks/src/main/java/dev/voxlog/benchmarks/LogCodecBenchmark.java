package dev.voxlog.benchmarks;

import dev.voxlog.runtime.LogCodec;
import dev.voxlog.runtime.LogCodec.UnreadableException;
import dev.voxlog.runtime.SerdeLogCodec;
import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.CallerAudio;
import dev.voxlog.schemas.Codec;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.TopicCatalogue;
import dev.voxlog.schemas.TurnEvent;
import dev.voxlog.schemas.VoxEvent;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/// The log's codec against Avro's own ways: 50 records, which for audio is a second of a call.
///
/// All start and end at the events that stages use. Those that end in `Records` stop at the objects
/// of Avro's generated classes, which somebody has made of events before and would have to make
/// events of afterwards.
public class LogCodecBenchmark extends MedianTime {
  private static final int RECORDS = 50;

  /// Our codec with one topic's events, and the same as bytes.
  public abstract static class Log<E extends VoxEvent, S> {
    private final StubRegistry registry = new StubRegistry();
    private final LogCodec ours =
        new SerdeLogCodec(Map.of("schema.registry.url", registry.url()), TopicCatalogue.standard());
    private final Topic topic;
    private final List<E> events;
    private final List<byte[]> stored;
    private final List<S> records;
    private final StockAvro<E, S> stock;

    Log(Topic topic, List<E> events, StockAvro<E, S> stock) {
      this.topic = topic;
      this.events = events;
      this.stock = stock;
      stored = events.stream().map(ours::encode).toList();
      records = events.stream().map(stock::record).toList();
      try {
        for (E event : events) {
          requireSame(event);
        }
      } catch (IOException | UnreadableException e) {
        throw new IllegalStateException(e);
      }
    }

    /// All write the same bytes and read the same event, or the comparison means nothing.
    private void requireSame(E event) throws IOException, UnreadableException {
      byte[] bytes = ours.encode(event);
      boolean isWritten =
          isSameRecord(bytes, stock.encodeSpecific(event))
              && isSameRecord(bytes, stock.encodeGeneric(event));
      boolean isRead =
          ours.decode(topic, bytes).equals(new LogCodec.Read.Known(event))
              && stock.decodeSpecific(bytes).equals(event)
              && stock.decodeGeneric(bytes).equals(event);
      if (!isWritten || !isRead) {
        throw new IllegalStateException("not the same record: " + event);
      }
    }

    private static boolean isSameRecord(byte[] one, byte[] other) {
      int from = StockAvro.FRAME;
      return Arrays.equals(one, from, one.length, other, from, other.length);
    }

    @TearDown
    public void close() {
      registry.close();
    }
  }

  /// 20 ms of a caller's audio each.
  @State(Scope.Thread)
  public static class Frames extends Log<CallerAudio.Frame, dev.voxlog.CallerAudio> {
    public Frames() {
      super(Topic.AUDIO_IN, frames(), new StockFrames());
    }

    private static List<CallerAudio.Frame> frames() {
      CallId call = new CallId(UUID.randomUUID().toString());
      Instant began = Instant.parse("2026-05-04T09:30:00Z");
      byte[][] sounds = Speech.frames();
      return IntStream.range(0, RECORDS)
          .mapToObj(i ->
              new CallerAudio.Frame(
                  call,
                  began.plusMillis(20L * i),
                  1,
                  5_000 + i,
                  100_000 + 20L * i,
                  Codec.MULAW_8K,
                  AudioBytes.wrap(sounds[i])))
          .toList();
    }
  }

  /// Sentences of some 70 characters.
  @State(Scope.Thread)
  public static class Sentences extends Log<TurnEvent.Sentence, dev.voxlog.TurnEvent> {
    public Sentences() {
      super(Topic.SENTENCES, sentences(), new StockSentences());
    }

    private static List<TurnEvent.Sentence> sentences() {
      CallId call = new CallId(UUID.randomUUID().toString());
      Instant began = Instant.parse("2026-05-04T09:30:00Z");
      return IntStream.range(0, RECORDS)
          .mapToObj(i ->
              new TurnEvent.Sentence(
                  call,
                  began.plusSeconds(5L * i),
                  1 + i / 2,
                  i % 2,
                  "Your order number " + (45_800 + i) + " left our warehouse – it comes tomorrow.",
                  TurnEvent.Purpose.ANSWER,
                  List.of(i)))
          .toList();
    }
  }

  private static <E extends VoxEvent> void encodeOurs(Log<E, ?> log, Blackhole kafka) {
    for (E event : log.events) {
      kafka.consume(log.ours.encode(event));
    }
  }

  private static <E extends VoxEvent> void encodeSpecific(Log<E, ?> log, Blackhole kafka)
      throws IOException {
    for (E event : log.events) {
      kafka.consume(log.stock.encodeSpecific(event));
    }
  }

  private static <S> void encodeRecords(Log<?, S> log, Blackhole kafka) throws IOException {
    for (S record : log.records) {
      kafka.consume(log.stock.encodeRecord(record));
    }
  }

  private static <E extends VoxEvent> void encodeGeneric(Log<E, ?> log, Blackhole kafka)
      throws IOException {
    for (E event : log.events) {
      kafka.consume(log.stock.encodeGeneric(event));
    }
  }

  private static void decodeOurs(Log<?, ?> log, Blackhole stage) throws UnreadableException {
    for (byte[] bytes : log.stored) {
      stage.consume(log.ours.decode(log.topic, bytes));
    }
  }

  private static void decodeSpecific(Log<?, ?> log, Blackhole stage) throws IOException {
    for (byte[] bytes : log.stored) {
      stage.consume(log.stock.decodeSpecific(bytes));
    }
  }

  private static void decodeRecords(Log<?, ?> log, Blackhole stage) throws IOException {
    for (byte[] bytes : log.stored) {
      stage.consume(log.stock.decodeRecord(bytes));
    }
  }

  private static void decodeGeneric(Log<?, ?> log, Blackhole stage) throws IOException {
    for (byte[] bytes : log.stored) {
      stage.consume(log.stock.decodeGeneric(bytes));
    }
  }

  @Benchmark
  public void encodeFramesOurs(Frames log, Blackhole kafka) {
    encodeOurs(log, kafka);
  }

  @Benchmark
  public void encodeFramesSpecific(Frames log, Blackhole kafka) throws IOException {
    encodeSpecific(log, kafka);
  }

  @Benchmark
  public void encodeFramesRecords(Frames log, Blackhole kafka) throws IOException {
    encodeRecords(log, kafka);
  }

  @Benchmark
  public void encodeFramesGeneric(Frames log, Blackhole kafka) throws IOException {
    encodeGeneric(log, kafka);
  }

  @Benchmark
  public void decodeFramesOurs(Frames log, Blackhole stage) throws UnreadableException {
    decodeOurs(log, stage);
  }

  @Benchmark
  public void decodeFramesSpecific(Frames log, Blackhole stage) throws IOException {
    decodeSpecific(log, stage);
  }

  @Benchmark
  public void decodeFramesRecords(Frames log, Blackhole stage) throws IOException {
    decodeRecords(log, stage);
  }

  @Benchmark
  public void decodeFramesGeneric(Frames log, Blackhole stage) throws IOException {
    decodeGeneric(log, stage);
  }

  @Benchmark
  public void encodeSentencesOurs(Sentences log, Blackhole kafka) {
    encodeOurs(log, kafka);
  }

  @Benchmark
  public void encodeSentencesSpecific(Sentences log, Blackhole kafka) throws IOException {
    encodeSpecific(log, kafka);
  }

  @Benchmark
  public void encodeSentencesRecords(Sentences log, Blackhole kafka) throws IOException {
    encodeRecords(log, kafka);
  }

  @Benchmark
  public void encodeSentencesGeneric(Sentences log, Blackhole kafka) throws IOException {
    encodeGeneric(log, kafka);
  }

  @Benchmark
  public void decodeSentencesOurs(Sentences log, Blackhole stage) throws UnreadableException {
    decodeOurs(log, stage);
  }

  @Benchmark
  public void decodeSentencesSpecific(Sentences log, Blackhole stage) throws IOException {
    decodeSpecific(log, stage);
  }

  @Benchmark
  public void decodeSentencesRecords(Sentences log, Blackhole stage) throws IOException {
    decodeRecords(log, stage);
  }

  @Benchmark
  public void decodeSentencesGeneric(Sentences log, Blackhole stage) throws IOException {
    decodeGeneric(log, stage);
  }
}
