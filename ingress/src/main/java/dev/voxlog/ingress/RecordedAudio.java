package dev.voxlog.ingress;

import dev.voxlog.runtime.LogCodec;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.CallerAudio;
import dev.voxlog.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// Looks up, from the end backwards, where a call's audio on the log ends: for calls whose node
/// died with them. Blocks, until nobody waits for the answer any more.
final class RecordedAudio {
  private static final long WINDOW = 4_000;
  private static final int MOST_WINDOWS = 50;

  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final LogCodec codec;
  private final BooleanSupplier isAwaited;

  RecordedAudio(
      Supplier<Consumer<byte[], byte[]>> consumers, LogCodec codec, BooleanSupplier isAwaited) {
    this.consumers = consumers;
    this.codec = codec;
    this.isAwaited = isAwaited;
  }

  /// The end on the call's media clock, 0 when nothing was found.
  long endMs(CallId call, TopicPartition audio) {
    byte[] key = call.value().getBytes(StandardCharsets.UTF_8);
    try (Consumer<byte[], byte[]> consumer = consumers.get()) {
      consumer.assign(List.of(audio));
      long begin = consumer.beginningOffsets(List.of(audio)).getOrDefault(audio, 0L);
      long to = consumer.endOffsets(List.of(audio)).getOrDefault(audio, 0L);
      for (int i = 0; i < MOST_WINDOWS && to > begin && isAwaited.getAsBoolean(); i++) {
        long from = Math.max(begin, to - WINDOW);
        long found = latest(consumer, audio, key, new Window(from, to));
        if (found > 0) {
          return found;
        }
        to = from;
      }
      return 0;
    }
  }

  private record Window(long from, long to) {}

  private long latest(
      Consumer<byte[], byte[]> consumer, TopicPartition audio, byte[] key, Window window) {
    consumer.seek(audio, window.from());
    long end = 0;
    while (consumer.position(audio) < window.to() && isAwaited.getAsBoolean()) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
        if (Arrays.equals(record.key(), key)) {
          end = Math.max(end, endMs(record.value()));
        }
      }
    }
    return end;
  }

  private long endMs(byte[] value) {
    try {
      if (codec.decode(Topic.AUDIO_IN, value) instanceof LogCodec.Read.Known(CallerAudio audio)) {
        return switch (audio) {
          case CallerAudio.Frame f -> f.mediaMs() + f.codec().millis(f.audio().length());
          case CallerAudio.Gap g -> g.mediaMs() + (g.durationMs() == null ? 0 : g.durationMs());
          case CallerAudio.Committed _, CallerAudio.Cleared _, CallerAudio.End _ -> audio.mediaMs();
        };
      }
      return 0;
    } catch (LogCodec.UnreadableException e) {
      return 0;
    }
  }
}
