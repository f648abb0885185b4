package dev.voxlog.ingress.realtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.voxlog.schemas.CallSettings;
import dev.voxlog.schemas.Codec;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a session is like: who answers, in which codec both sides speak, whether the client is told
/// the caller's words, how the agent is to speak and how turns are told apart. Everything else is
/// the agent file's.
public record SessionSettings(
    Session session, Codec codec, boolean isTranscribed, Manner manner, DetectedTurns turns) {

  /// What a session is from its beginning to its end: `call` is the call's id, `model` who answers,
  /// `askedModel` the model the client named when it connected.
  public record Session(
      String call, String model, @Nullable String askedModel, SessionTerms terms) {
    boolean isModel(String name) {
      return name.equals(model) || name.equals(askedModel);
    }

    ObjectNode tracing() {
      return JsonNodeFactory.instance
          .objectNode()
          .put("group_id", call)
          .put("workflow_name", "voxlog");
    }
  }

  /// What the client asks of the language model, and whom it wants to speak; null where it leaves
  /// that to the agent file.
  record Manner(@Nullable String instructions, @Nullable String voice) {}

  /// As a session begins: PCM at 24 kHz, and all else the agent's.
  public static SessionSettings initial(Session session) {
    return new SessionSettings(
        session, Codec.PCM16_24K, true, new Manner(null, null), DetectedTurns.USUAL);
  }

  /// With what the client wants changed. Nothing is changed in part.
  ///
  /// @throws ProtocolFault naming what cannot be as it is wanted
  public SessionSettings after(JsonNode wanted) throws ProtocolFault {
    return new SessionUpdate(this).read(wanted);
  }

  public @Nullable String instructions() {
    return manner.instructions();
  }

  /// Whether the client says itself what is an utterance.
  public boolean isPushToTalk() {
    return turns.forTheCall().isPushToTalk();
  }

  /// Whether what is said is answered when the client asks for it, not before.
  public boolean isAnsweredOnRequest() {
    return turns.forTheCall().isAnsweredOnRequest();
  }

  public SessionSettings withInstructions(@Nullable String other) {
    return new SessionSettings(
        session, codec, isTranscribed, new Manner(other, manner.voice()), turns);
  }

  /// Whether a session whose call has begun can still become this.
  ///
  /// @throws ProtocolFault naming what is fixed
  public void requireUnchanged(SessionSettings begun) throws ProtocolFault {
    requireSame(codec, begun.codec, "cannot_update_format", "session.audio");
    requireSame(
        manner.voice(), begun.manner.voice(), "cannot_update_voice", "session.audio.output.voice");
    requireSame(
        manner.instructions(),
        begun.manner.instructions(),
        "cannot_update_instructions",
        "session.instructions");
    requireSame(
        turns, begun.turns, "cannot_update_turn_detection", "session.audio.input.turn_detection");
  }

  private static void requireSame(
      @Nullable Object wanted, @Nullable Object begun, String code, String param)
      throws ProtocolFault {
    if (!Objects.equals(wanted, begun)) {
      throw new ProtocolFault(
          code, param, "This is fixed once the session has been updated or used.");
    }
  }

  /// As the call's stages are told it.
  public CallSettings forTheCall() {
    String speaker = session.terms().speaker(manner.voice());
    return new CallSettings(manner.instructions(), speaker, turns.forTheCall());
  }

  /// As the client is told it.
  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("type", "realtime").put("model", session.model());
    json.putArray("output_modalities").add("audio");
    if (manner.instructions() != null) {
      json.put("instructions", manner.instructions());
    }
    ObjectNode audio = json.putObject("audio");
    ObjectNode input = audio.putObject("input");
    input.set("format", format());
    if (isTranscribed) {
      input.putObject("transcription").put("model", "voxlog").put("language", "en");
    }
    input.set("turn_detection", turns.json());
    ObjectNode output = audio.putObject("output").put("speed", 1);
    output.set("format", format());
    String voice = manner.voice() == null ? session.terms().voice() : manner.voice();
    if (voice != null) {
      output.put("voice", voice);
    }
    json.putArray("tools");
    json.put("tool_choice", "auto").put("max_output_tokens", "inf").put("truncation", "auto");
    json.set("tracing", session.tracing());
    return json;
  }

  private ObjectNode format() {
    ObjectNode format = JsonNodeFactory.instance.objectNode();
    return codec == Codec.MULAW_8K
        ? format.put("type", "audio/pcmu")
        : format.put("type", "audio/pcm").put("rate", 24_000);
  }
}
