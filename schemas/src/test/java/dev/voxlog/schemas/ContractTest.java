package dev.voxlog.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ContractTest {
  /// Words that Flink SQL keeps to itself; `at` is the one the design fixes all the same.
  private static final Set<String> SQL_WORDS =
      Set.of(
          "start",
          "end",
          "from",
          "to",
          "value",
          "values",
          "next",
          "result",
          "language",
          "order",
          "time",
          "timestamp",
          "date",
          "user",
          "all",
          "any",
          "match",
          "offset",
          "row",
          "rows",
          "system",
          "table",
          "when",
          "interval",
          "day",
          "hour",
          "second",
          "method");

  @ParameterizedTest
  @EnumSource(Topic.class)
  void everyKindHasItsSymbolAndEverySymbolItsKind(Topic topic) {
    List<String> expected = new ArrayList<>(List.of("UNKNOWN"));
    for (Class<?> kind : RandomEvents.kinds(topic.eventType())) {
      expected.add(GenericRows.kind(kind));
    }
    Schema kinds = TopicCodecs.of(topic).schema().getField("kind").schema();

    assertThat(kinds.getEnumSymbols()).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(kinds.getEnumDefault()).isEqualTo("UNKNOWN");
  }

  @ParameterizedTest
  @EnumSource(Topic.class)
  void aContractIsFlatAndDocumentedAndEveryFieldButTheFirstThreeMayBeNull(Topic topic) {
    List<Schema.Field> fields = TopicCodecs.of(topic).schema().getFields();

    assertThat(fields.stream().map(Schema.Field::name).limit(3))
        .containsExactly("kind", "callId", "at");
    assertThat(fields.get(1).schema().isNullable()).isEqualTo(topic != Topic.AUDIO_IN);
    assertThat(fields.get(2).schema().getLogicalType().getName()).isEqualTo("timestamp-micros");
    for (Schema.Field field : fields) {
      assertThat(field.doc()).as(field.name()).isNotBlank();
      assertThat(SQL_WORDS).doesNotContain(field.name());
      if (field.pos() > 2) {
        assertThat(field.schema().getTypes()).as(field.name()).hasSize(2);
        assertThat(field.schema().getTypes().getFirst().getType()).isEqualTo(Schema.Type.NULL);
        assertThat(field.hasDefaultValue()).as(field.name()).isTrue();
      }
    }
  }

  @Test
  void everyKindHasOneWritingStage() {
    TreeMap<String, Set<StageName>> writers = new TreeMap<>();
    for (long seed = 0; seed < 50; seed++) {
      for (VoxEvent event : TopicCodecTest.events(seed)) {
        writers
            .computeIfAbsent(
                Topic.of(event).id() + " " + GenericRows.kind(event.getClass()),
                _ -> new HashSet<>())
            .add(event.writer());
      }
    }
    Set<String> namingTheirOwn = Set.of("calls ERROR", "calls CHECKPOINT", "calls OWNER");
    StringBuilder listed = new StringBuilder();
    writers.forEach((kind, stages) -> {
      boolean isFree = namingTheirOwn.contains(kind);
      assertThat(stages.size() == 1).as(kind).isNotEqualTo(isFree);
      listed.append(kind).append(": ").append(isFree ? "named" : stages.iterator().next());
      listed.append('\n');
    });
    assertThat(listed.toString()).isEqualTo(WRITERS);
  }

  private static final String WRITERS =
      """
      audio.in CLEARED: INGRESS
      audio.in COMMITTED: INGRESS
      audio.in END: INGRESS
      audio.in FRAME: INGRESS
      audio.in GAP: INGRESS
      audio.out CHECKPOINT: TTS
      audio.out CHUNK: TTS
      audio.out OWNER: TTS
      audio.out TURN_SPOKEN: TTS
      calls ASKED: INGRESS
      calls ATTACHED: INGRESS
      calls CANCEL: INGRESS
      calls CANCELLED: EGRESS
      calls CHECKPOINT: named
      calls CONSENT: LLM
      calls DECIDED: LLM
      calls DETACHED: INGRESS
      calls DTMF: INGRESS
      calls ENDED: EGRESS
      calls ERROR: named
      calls EXPECTS: LLM
      calls HEARD: EGRESS
      calls MARK: INGRESS
      calls OWNER: named
      calls PLAYING: EGRESS
      calls SILENCE: EGRESS
      calls STARTED: INGRESS
      calls TOOL_DONE: LLM
      calls TOOL_REQUESTED: LLM
      calls TRANSFER: LLM
      calls TYPED: INGRESS
      calls VERDICT: EGRESS
      intents CHECKPOINT: NLU
      intents OWNER: NLU
      intents UNDERSTOOD: NLU
      sentences CHECKPOINT: LLM
      sentences OWNER: LLM
      sentences SENTENCE: LLM
      sentences TURN_ENDED: LLM
      transcripts CHECKPOINT: STT
      transcripts FINAL: STT
      transcripts INTERIM: STT
      transcripts OWNER: STT
      transcripts SPEECH_ENDED: STT
      transcripts SPEECH_STARTED: STT
      """;

  @ParameterizedTest
  @EnumSource(Topic.class)
  void aKindOfANewerVersionIsUnknownByItsName(Topic topic) throws IOException {
    TopicCodec<?> codec = TopicCodecs.of(topic);
    Schema newer = Schemas.newer(codec.schema());
    GenericRecord row = new GenericData.Record(newer);
    row.put("callId", "c");
    row.put("at", 1L);
    row.put(
        "kind", new GenericData.EnumSymbol(newer.getField("kind").schema(), "OF_A_NEWER_VERSION"));

    assertThat(codec.decode(newer, TopicCodecTest.plainWrite(row)))
        .isEqualTo(new Decoded.Unknown<>("OF_A_NEWER_VERSION"));
  }

  @Test
  void aSymbolOfANewerVersionIsUnknown() throws IOException {
    TopicCodec<?> codec = TopicCodecs.of(Topic.CALLS);
    Schema newer = Schemas.newer(codec.schema());
    var verdict =
        new CallEvent.Verdict(new CallId("c"), Instant.EPOCH, 1, 1, CallEvent.Ruling.CLEAR, 0, 20L);
    GenericRecord row = GenericRows.of(verdict, newer);
    Schema rulings = newer.getField("ruling").schema().getTypes().get(1);
    row.put("ruling", new GenericData.EnumSymbol(rulings, "OF_A_NEWER_VERSION"));

    assertThat(codec.decode(newer, TopicCodecTest.plainWrite(row)))
        .isEqualTo(
            new Decoded.Event<>(
                new CallEvent.Verdict(
                    new CallId("c"), Instant.EPOCH, 1, 1, CallEvent.Ruling.UNKNOWN, 0, 20L)));
  }

  @Test
  void aFieldThatItsKindNeedsIsNamedWhenItIsMissing() throws IOException {
    Schema schema = TopicCodecs.of(Topic.SENTENCES).schema();
    var sentence =
        new TurnEvent.Sentence(
            new CallId("c"), Instant.EPOCH, 1, 0, "Hello.", TurnEvent.Purpose.ANSWER, List.of());
    for (String needed : List.of("callId", "turn", "sentence", "text", "purpose")) {
      GenericRecord row = GenericRows.of(sentence, schema);
      row.put(needed, null);
      byte[] bytes = TopicCodecTest.plainWrite(row);

      assertThatThrownBy(() -> TopicCodecs.of(Topic.SENTENCES).decode(schema, bytes))
          .isInstanceOf(UndecodableRecordException.class)
          .hasMessage("SENTENCE without '" + needed + "'");
    }
  }

  @Test
  void aRecordOfAnotherTopicIsRefusedByName() {
    Schema other = TopicCodecs.of(Topic.CALLS).schema();

    assertThatThrownBy(() -> TopicCodecs.of(Topic.SENTENCES).decode(other, new byte[3]))
        .isInstanceOf(UndecodableRecordException.class)
        .hasMessageContaining("dev.voxlog.CallEvent where dev.voxlog.TurnEvent belongs");
  }

  @Test
  void bytesLeftOverAreRefused() {
    var end = new CallerAudio.End(new CallId("c"), Instant.EPOCH, 1, 2, 3);
    byte[] bytes = TopicCodecTest.encode(end);
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    TopicCodec<?> codec = TopicCodecs.of(Topic.AUDIO_IN);

    assertThatThrownBy(() -> codec.decode(codec.schema(), longer))
        .isInstanceOf(UndecodableRecordException.class)
        .hasMessageContaining("left over");
    assertThat(codec.decode(codec.schema(), ByteBuffer.wrap(longer, 0, bytes.length)))
        .isEqualTo(new Decoded.Event<>(end));
  }

  @Test
  void theTopicOfASchemaIsFoundByItsRecordName() {
    for (Topic topic : Topic.values()) {
      assertThat(TopicCodecs.topicOf(Schemas.newer(TopicCodecs.of(topic).schema())))
          .contains(topic);
    }
    assertThat(TopicCodecs.topicOf(Schema.create(Schema.Type.STRING))).isEmpty();
  }
}
