package dev.voxlog.ingress.realtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.voxlog.schemas.TurnDetection;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How a session's turns are told apart, as far as the client says so: by silence alone, or by what
/// the words so far read like, too; or by nothing but its own word.
sealed interface DetectedTurns {
  /// As the agent file has it.
  DetectedTurns USUAL = new ServerVad(null, null, null, Effect.USUAL);

  /// As the client is told it.
  JsonNode json();

  /// As the call's stages are told it.
  TurnDetection forTheCall();

  /// What follows of what the user says: whether it stops the agent, and whether it is answered
  /// without being asked for.
  record Effect(boolean isInterrupting, boolean isAnswered) {
    static final Effect USUAL = new Effect(true, true);

    private static Effect of(JsonNode fields, String param) throws ProtocolFault {
      return new Effect(
          flag(fields, "interrupt_response", param), flag(fields, "create_response", param));
    }

    private static boolean flag(JsonNode fields, String name, String param) throws ProtocolFault {
      JsonNode wanted = fields.path(name);
      if (isGiven(wanted) && !wanted.isBoolean()) {
        throw ProtocolFault.invalid(param + "." + name, "'" + name + "' is true or false.");
      }
      return wanted.asBoolean(true);
    }

    private TurnDetection on(TurnDetection turns) {
      return isAnswered ? turns : turns.answeredOnRequest();
    }

    private ObjectNode object(String type) {
      return JsonNodeFactory.instance
          .objectNode()
          .put("type", type)
          .put("create_response", isAnswered)
          .put("interrupt_response", isInterrupting);
    }
  }

  /// None: the client commits what it has appended, and asks for an answer.
  record PushToTalk() implements DetectedTurns {
    @Override
    public JsonNode json() {
      return NullNode.instance;
    }

    @Override
    public TurnDetection forTheCall() {
      return TurnDetection.PUSH_TO_TALK;
    }
  }

  /// A fixed silence ends an utterance, where one is given.
  record ServerVad(
      @Nullable Double threshold,
      @Nullable Integer prefixPaddingMs,
      @Nullable Integer silenceDurationMs,
      Effect effect)
      implements DetectedTurns {
    private static final int LONGEST_PREFIX_MS = 2_000;
    private static final int SHORTEST_SILENCE_MS = 200;
    private static final int LONGEST_SILENCE_MS = 5_000;

    private static ServerVad of(JsonNode fields, String param) throws ProtocolFault {
      Double threshold = null;
      JsonNode wanted = fields.path("threshold");
      if (isGiven(wanted)) {
        threshold = wanted.isNumber() ? wanted.doubleValue() : Double.NaN;
        if (!(threshold >= 0 && threshold <= 1)) {
          throw ProtocolFault.invalid(param + ".threshold", "'threshold' is a number from 0 to 1.");
        }
      }
      return new ServerVad(
          threshold,
          millis(fields, "prefix_padding_ms", param, 0, LONGEST_PREFIX_MS),
          millis(fields, "silence_duration_ms", param, SHORTEST_SILENCE_MS, LONGEST_SILENCE_MS),
          Effect.of(fields, param));
    }

    private static @Nullable Integer millis(
        JsonNode fields, String name, String param, int from, int to) throws ProtocolFault {
      JsonNode wanted = fields.path(name);
      if (!isGiven(wanted)) {
        return null;
      }
      boolean isWhole = wanted.isIntegralNumber() && wanted.canConvertToInt();
      if (!isWhole || wanted.intValue() < from || wanted.intValue() > to) {
        throw ProtocolFault.invalid(
            param + "." + name,
            "'%s' is a whole number of milliseconds from %d to %d.".formatted(name, from, to));
      }
      return wanted.intValue();
    }

    @Override
    public ObjectNode json() {
      ObjectNode json = effect.object("server_vad");
      if (threshold != null) {
        json.put("threshold", threshold);
      }
      if (prefixPaddingMs != null) {
        json.put("prefix_padding_ms", prefixPaddingMs);
      }
      if (silenceDurationMs != null) {
        json.put("silence_duration_ms", silenceDurationMs);
      }
      return json;
    }

    @Override
    public TurnDetection forTheCall() {
      Long silence = silenceDurationMs == null ? null : Long.valueOf(silenceDurationMs);
      Long prefix = prefixPaddingMs == null ? null : Long.valueOf(prefixPaddingMs);
      return effect.on(
          new TurnDetection(threshold, prefix, silence, silence, !effect.isInterrupting()));
    }
  }

  /// The silence depends on the words so far, within the bounds of an eagerness.
  record SemanticVad(Eagerness eagerness, Effect effect) implements DetectedTurns {

    private static SemanticVad of(JsonNode fields, String param) throws ProtocolFault {
      JsonNode wanted = fields.path("eagerness");
      String name = isGiven(wanted) ? wanted.asText() : "auto";
      Eagerness eagerness =
          Arrays.stream(Eagerness.values())
              .filter(each -> each.json().equals(name))
              .findFirst()
              .orElse(null);
      if (eagerness == null) {
        throw ProtocolFault.invalid(
            param + ".eagerness", "'eagerness' is low, medium, high or auto.");
      }
      return new SemanticVad(eagerness, Effect.of(fields, param));
    }

    @Override
    public ObjectNode json() {
      return effect.object("semantic_vad").put("eagerness", eagerness.json());
    }

    @Override
    public TurnDetection forTheCall() {
      return effect.on(
          new TurnDetection(
              null, null, eagerness.minMs, eagerness.maxMs, !effect.isInterrupting()));
    }
  }

  /// How soon the agent answers: the silence after words that read as finished, and after others.
  enum Eagerness {
    LOW(600L, 2_000L),
    MEDIUM(300L, 900L),
    HIGH(200L, 500L),
    /// The agent file's.
    AUTO(null, null);

    private final @Nullable Long minMs;
    private final @Nullable Long maxMs;

    Eagerness(@Nullable Long minMs, @Nullable Long maxMs) {
      this.minMs = minMs;
      this.maxMs = maxMs;
    }

    private String json() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// As the client wants it; `param` names it.
  ///
  /// @throws ProtocolFault if it cannot be so
  static DetectedTurns read(JsonNode wanted, String param) throws ProtocolFault {
    if (wanted.isNull()) {
      return new PushToTalk();
    }
    if (!wanted.isObject()) {
      throw ProtocolFault.invalid(param, "'" + param + "' is no object.");
    }
    return switch (wanted.path("type").asText("server_vad")) {
      case "server_vad" -> {
        requireKnown(
            wanted, param, Set.of("threshold", "prefix_padding_ms", "silence_duration_ms"));
        yield ServerVad.of(wanted, param);
      }
      case "semantic_vad" -> {
        requireKnown(wanted, param, Set.of("eagerness"));
        yield SemanticVad.of(wanted, param);
      }
      default ->
          throw ProtocolFault.unsupported(
              param + ".type", "Turns are detected by server_vad or semantic_vad.");
    };
  }

  private static void requireKnown(JsonNode wanted, String param, Set<String> own)
      throws ProtocolFault {
    for (Map.Entry<String, JsonNode> field : wanted.properties()) {
      String name = field.getKey();
      String full = param + "." + name;
      switch (name) {
        case "type", "create_response", "interrupt_response" -> {}
        case "idle_timeout_ms" -> {
          if (isGiven(field.getValue())) {
            throw ProtocolFault.unsupported(
                full, "The agent file says what is done about silence; leave this out.");
          }
        }
        default -> {
          if (!own.contains(name)) {
            throw ProtocolFault.unknown(full);
          }
        }
      }
    }
  }

  private static boolean isGiven(JsonNode field) {
    return !field.isMissingNode() && !field.isNull();
  }
}
