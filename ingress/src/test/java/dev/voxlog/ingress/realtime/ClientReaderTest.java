package dev.voxlog.ingress.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.voxlog.schemas.Codec;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ClientReaderTest {
  private static final SessionSettings SETTINGS =
      SessionSettings.initial(
          new SessionSettings.Session("realtime-1", "acme", "gpt-realtime", SessionTerms.NONE));

  private static ClientMessage read(String text) throws ProtocolFault {
    return ClientReader.read(ClientReader.open(text));
  }

  private static ProtocolFault fault(String text) {
    return Objects.requireNonNull(
        catchThrowableOfType(ProtocolFault.class, () -> read(text)), "no fault");
  }

  /// A parser that remembers names would hold what clients invent for as long as the node runs.
  @Test
  void namesThatAClientInventsAreNotRemembered() throws Exception {
    String invented = "{\"invented\":1}";
    assertThat(ClientReader.open(invented).fields().fieldNames().next())
        .isNotSameAs(ClientReader.open(invented).fields().fieldNames().next());
  }

  @Test
  void whatAClientAsksIsRead() throws Exception {
    assertThat(read("{\"type\":\"input_audio_buffer.append\",\"audio\":\"AQID\"}"))
        .isInstanceOfSatisfying(
            ClientMessage.Append.class,
            append -> assertThat(append.audio().array()).containsExactly(1, 2, 3));
    assertThat(
            read(
                """
                {"type":"conversation.item.create","previous_item_id":null,"item":{"type":"message","role":"user","id":"mine",
                 "content":[{"type":"input_text","text":"one"},{"type":"input_text","text":"two "}]}}
                """))
        .isEqualTo(new ClientMessage.CreateText("mine", null, "one\ntwo"));
    assertThat(
            read(
                "{\"type\":\"conversation.item.truncate\",\"item_id\":\"i\",\"content_index\":0,\"audio_end_ms\":1500}"))
        .isEqualTo(new ClientMessage.Truncate("i", 1_500));
    assertThat(read("{\"type\":\"response.create\"}"))
        .isEqualTo(new ClientMessage.CreateResponse());
    assertThat(
            read(
                "{\"type\":\"response.create\",\"response\":{\"output_modalities\":[\"audio\"],\"metadata\":{}}}"))
        .isEqualTo(new ClientMessage.CreateResponse());
    assertThat(read("{\"type\":\"response.cancel\"}"))
        .isEqualTo(new ClientMessage.CancelResponse(null));
    assertThat(ClientReader.open("{\"event_id\":\"e1\"}").eventId()).isEqualTo("e1");
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          invalid_json               |                       | {"type":
          invalid_json               |                       | []
          invalid_json               |                       | {"type":"response.create"} {}
          missing_required_parameter | type                  | {}
          invalid_value              | type                  | {"type":"weather"}
          unsupported_value          | type                  | {"type":"conversation.item.delete","item_id":"i"}
          missing_required_parameter | session               | {"type":"session.update"}
          missing_required_parameter | audio                 | {"type":"input_audio_buffer.append"}
          invalid_value              | audio                 | {"type":"input_audio_buffer.append","audio":"***"}
          unsupported_value          | item.type             | {"type":"conversation.item.create","item":{"type":"function_call_output","call_id":"c","output":"x"}}
          unsupported_value          | item.role             | {"type":"conversation.item.create","item":{"type":"message","role":"system","content":[]}}
          unsupported_value          | item.content[0].type  | {"type":"conversation.item.create","item":{"type":"message","role":"user","content":[{"type":"input_image","image_url":"u"}]}}
          missing_required_parameter | item.content          | {"type":"conversation.item.create","item":{"type":"message","role":"user","content":[]}}
          invalid_value              | id                    | {"type":"conversation.item.create","item":{"type":"message","role":"user","id":"a b","content":[{"type":"input_text","text":"t"}]}}
          missing_required_parameter | item_id               | {"type":"conversation.item.truncate","audio_end_ms":3}
          invalid_value              | audio_end_ms          | {"type":"conversation.item.truncate","item_id":"i","audio_end_ms":-1}
          invalid_value              | content_index         | {"type":"conversation.item.truncate","item_id":"i","audio_end_ms":1,"content_index":1}
          unsupported_value          | response.instructions | {"type":"response.create","response":{"instructions":"be rude"}}
          unsupported_value          | response.output_modalities | {"type":"response.create","response":{"output_modalities":["text"]}}
          unsupported_value          | response.tools        | {"type":"response.create","response":{"tools":[{"type":"function"}]}}
          unknown_parameter          | response.mood         | {"type":"response.create","response":{"mood":"good"}}
          """)
  void whatCannotBeDoneIsNamed(String code, String param, String text) {
    ProtocolFault fault = fault(text);

    assertThat(fault.code()).isEqualTo(code);
    assertThat(fault.param()).isEqualTo(param);
    assertThat(fault.reason()).isNotBlank();
  }

  @Test
  void aTextHasALongestLength() {
    String item =
        "{\"type\":\"conversation.item.create\",\"item\":{\"type\":\"message\",\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"%s\"}]}}";

    assertThat(fault(item.formatted("a".repeat(4_001))).code())
        .isEqualTo("string_above_max_length");
  }

  private static SessionSettings update(String session) throws ProtocolFault {
    ClientMessage message = read("{\"type\":\"session.update\",\"session\":" + session + "}");
    return SETTINGS.after(((ClientMessage.Update) message).session());
  }

  @Test
  void aSessionTakesItsFormatAndWhatIsAsItIs() throws Exception {
    assertThat(
            update(
                    """
                    {"type":"realtime","model":"gpt-realtime","output_modalities":["audio"],"instructions":"","tools":[],
                     "tool_choice":"auto","max_output_tokens":"inf","tracing":"auto","prompt":null,"audio":{
                       "input":{"format":{"type":"audio/pcmu"},"noise_reduction":null,
                         "transcription":{"model":"whisper-1","language":"en"},
                         "turn_detection":{"type":"server_vad","create_response":true,"interrupt_response":true,
                           "idle_timeout_ms":null}},
                       "output":{"format":{"type":"audio/pcmu"},"speed":1.0}}}
                    """)
                .codec())
        .isEqualTo(Codec.MULAW_8K);
    assertThat(update("{\"audio\":{\"input\":{\"transcription\":null}}}").isTranscribed())
        .isFalse();
    assertThat(update(SETTINGS.json().toString())).isEqualTo(SETTINGS);
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          unsupported_value | session.type                                       | {"type":"transcription"}
          unsupported_value | session.model                                      | {"model":"another"}
          unsupported_value | session.instructions                               | {"instructions":"be rude"}
          unsupported_value | session.output_modalities                          | {"output_modalities":["text"]}
          unsupported_value | session.tools                                      | {"tools":[{"type":"function","name":"f"}]}
          unsupported_value | session.tool_choice                                | {"tool_choice":"required"}
          unsupported_value | session.max_output_tokens                          | {"max_output_tokens":200}
          unsupported_value | session.tracing                                    | {"tracing":{"group_id":"mine"}}
          unsupported_value | session.prompt                                     | {"prompt":{"id":"p"}}
          unknown_parameter | session.voice                                      | {"voice":"marin"}
          unknown_parameter | session.input_audio_format                         | {"input_audio_format":"pcm16"}
          invalid_value     | session.audio                                      | {"audio":"loud"}
          invalid_value     | session.audio.input                                | {"audio":{"input":5}}
          unknown_parameter | session.audio.side                                 | {"audio":{"side":{"format":{}}}}
          unsupported_value | session.audio.input.format                         | {"audio":{"input":{"format":{"type":"audio/pcm","rate":16000}}}}
          unsupported_value | session.audio.input.format                         | {"audio":{"input":{"format":{"type":"audio/pcma"}}}}
          unsupported_value | session.audio.output.format                        | {"audio":{"input":{"format":{"type":"audio/pcmu"}}}}
          unsupported_value | session.audio.input.noise_reduction                | {"audio":{"input":{"noise_reduction":{"type":"near_field"}}}}
          unsupported_value | session.audio.input.transcription.language         | {"audio":{"input":{"transcription":{"language":"de"}}}}
          unsupported_value | session.audio.output.voice                         | {"audio":{"output":{"voice":"marin"}}}
          unsupported_value | session.audio.output.speed                         | {"audio":{"output":{"speed":1.5}}}
          """)
  void whatASessionCannotBeIsNamedAndNothingOfItIsTaken(String code, String param, String session) {
    ProtocolFault fault =
        Objects.requireNonNull(
            catchThrowableOfType(ProtocolFault.class, () -> update(session)), "no fault");

    assertThat(fault.code()).isEqualTo(code);
    assertThat(fault.param()).isEqualTo(param);
  }

  static LongStream seeds() {
    return LongStream.range(0, 20);
  }

  /// A thousand a seed: whatever comes, it is read or a fault says why not.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void changedMessagesAreReadOrRefusedAndNothingElse(long seed) throws Exception {
    Random random = new Random(seed);
    String[] models = {
      "{\"type\":\"session.update\",\"event_id\":\"e\",\"session\":" + SETTINGS.json() + "}",
      "{\"type\":\"input_audio_buffer.append\",\"audio\":\"AQIDBAUG\"}",
      "{\"type\":\"conversation.item.create\",\"item\":{\"type\":\"message\",\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"Hi\"}]}}",
      "{\"type\":\"conversation.item.truncate\",\"item_id\":\"i\",\"content_index\":0,\"audio_end_ms\":15}",
      "{\"type\":\"response.create\",\"response\":{\"metadata\":{},\"max_output_tokens\":\"inf\"}}"
    };
    for (int n = 0; n < 1_000; n++) {
      StringBuilder text = new StringBuilder(models[random.nextInt(models.length)]);
      for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(4)) {
          case 0 -> text.setCharAt(at, (char) (0x20 + random.nextInt(0x60)));
          case 1 -> text.deleteCharAt(at);
          case 2 -> text.insert(at, "{}[]\",:0n".charAt(random.nextInt(9)));
          default -> text.replace(at, Math.min(text.length(), at + 8), "null");
        }
      }
      try {
        if (read(text.toString()) instanceof ClientMessage.Update update) {
          SETTINGS.after(update.session());
        }
      } catch (ProtocolFault fault) {
        assertThat(fault.reason()).isNotBlank();
      }
    }
  }

  @Test
  void whatTheClientIsToldOfItsSessionIsWhatItMayAskFor() throws Exception {
    String told = new ObjectMapper().writeValueAsString(SETTINGS.json());

    assertThat(told).contains("\"model\":\"acme\"", "server_vad", "\"rate\":24000", "realtime-1");
    assertThat(told).doesNotContain("voice\"", "instructions");
  }
}
