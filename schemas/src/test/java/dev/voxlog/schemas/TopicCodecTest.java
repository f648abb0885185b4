package dev.voxlog.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TopicCodecTest {
  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void plainAvroReadsWhatTheCodecWrites(long seed) throws IOException {
    for (VoxEvent event : events(seed)) {
      TopicCodec<?> codec = TopicCodecs.of(Topic.of(event));

      GenericRecord read = plainRead(codec.schema(), encode(event));

      GenericRecord expected = GenericRows.of(event, codec.schema());
      assertThat(GenericData.get().compare(read, expected, unordered(codec.schema()))).isZero();
      assertThat(sameMaps(read, expected)).isTrue();
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theCodecReadsWhatPlainAvroWrites(long seed) throws IOException {
    for (VoxEvent event : events(seed)) {
      TopicCodec<?> codec = TopicCodecs.of(Topic.of(event));
      byte[] bytes = plainWrite(GenericRows.of(event, codec.schema()));

      assertThat(codec.decode(codec.schema(), bytes)).isEqualTo(new Decoded.Event<>(event));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aWriterWithFieldsInAnotherOrderAndNewOnesIsReadBySchemaResolution(long seed)
      throws IOException {
    for (VoxEvent event : events(seed)) {
      TopicCodec<?> codec = TopicCodecs.of(Topic.of(event));
      Schema newer = Schemas.newer(codec.schema());
      GenericRecord row = GenericRows.of(event, newer);
      row.put("addedLater", "text of a newer version");

      assertThat(codec.decode(newer, plainWrite(row))).isEqualTo(new Decoded.Event<>(event));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void cutOrChangedBytesGiveAnEventOrAnUndecodableRecordAndNothingElse(long seed) {
    Random random = new Random(seed);
    for (VoxEvent event : events(seed)) {
      TopicCodec<?> codec = TopicCodecs.of(Topic.of(event));
      byte[] bytes = encode(event);
      byte[] broken = Arrays.copyOf(bytes, random.nextInt(bytes.length + 8));
      for (int n = random.nextInt(4); n > 0 && broken.length > 0; n--) {
        broken[random.nextInt(broken.length)] = (byte) random.nextInt();
      }
      try {
        assertThat(codec.decode(codec.schema(), broken)).isNotNull();
        codec.decode(Schemas.newer(codec.schema()), broken);
      } catch (UndecodableRecordException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
  }

  @Test
  void manyVirtualThreadsShareACodec() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Void>> tasks = new ArrayList<>();
      for (long seed = 0; seed < 200; seed++) {
        List<VoxEvent> events = events(seed);
        tasks.add(() -> {
          for (VoxEvent event : events) {
            TopicCodec<?> codec = TopicCodecs.of(Topic.of(event));
            assertThat(codec.decode(codec.schema(), encode(event)))
                .isEqualTo(new Decoded.Event<>(event));
          }
          return null;
        });
      }
      for (Future<Void> done : threads.invokeAll(tasks)) {
        done.get();
      }
    }
  }

  static List<VoxEvent> events(long seed) {
    RandomEvents random = new RandomEvents(seed);
    List<VoxEvent> events = new ArrayList<>();
    for (Class<?> kind : RandomEvents.kinds(VoxEvent.class)) {
      events.add((VoxEvent) random.make(kind));
    }
    return events;
  }

  static byte[] encode(VoxEvent event) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      TopicCodecs.of(Topic.of(event)).encodeAny(event, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static byte[] plainWrite(GenericRecord row) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<GenericRecord>(row.getSchema()).write(row, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  private static GenericRecord plainRead(Schema schema, byte[] bytes) throws IOException {
    return new GenericDatumReader<GenericRecord>(schema)
        .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
  }

  /// Avro refuses to compare maps, so a copy of the schema tells it to leave them out.
  private static Schema unordered(Schema schema) {
    return new Schema.Parser()
        .parse(
            schema
                .toString()
                .replace(
                    "\"name\":\"parameters\"", "\"name\":\"parameters\",\"order\":\"ignore\""));
  }

  private static boolean sameMaps(GenericRecord one, GenericRecord other) {
    return !one.hasField("parameters") || texts(one).equals(texts(other));
  }

  private static Map<String, String> texts(GenericRecord row) {
    Map<String, String> texts = new HashMap<>();
    if (row.get("parameters") instanceof Map<?, ?> map) {
      map.forEach((key, value) -> texts.put(key.toString(), value.toString()));
    }
    return texts;
  }
}
