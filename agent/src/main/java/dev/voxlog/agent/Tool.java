package dev.voxlog.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Something the agent can have done by HTTP.
///
/// `parameters` and `result` are JSON schemas. `isRepeatSafe` says that the same call with the same
/// idempotency key may be sent again. `errorSay` is said when it fails, `fillerSay` when it has not
/// answered after `fillerAfter`. `own` says what of it must be the caller's.
public record Tool(
    String name,
    String description,
    HttpCall http,
    JsonNode parameters,
    @Nullable JsonNode result,
    OwnAccount own,
    boolean isRepeatSafe,
    @Nullable Template errorSay,
    @Nullable Template fillerSay,
    Duration fillerAfter) {

  public static final Duration FILLER_AFTER = Duration.ofMillis(800);
  private static final int MOST_CHARACTERS = 8_000;

  public Tool {
    new Rules()
        .that(
            Agent.isName(name),
            "name",
            name,
            "is no name",
            "use letters, digits, _ and -, a letter first")
        .that(
            !fillerAfter.isNegative(),
            "fillerAfter",
            Durations.format(fillerAfter),
            "must not be negative",
            "write fillerAfter: 800ms")
        .that(
            own.result().isEmpty() || http.method().equals("GET"),
            "own.result",
            http.method(),
            "is checked after the tool has done its work, which is too late",
            "have the service refuse: send it X-Caller: \"{caller}\" in http.headers, or list the argument under own.arguments")
        .enforce();
  }

  /// The arguments for these values, typed as the parameters' schema says; those that lack a value
  /// are left out.
  public ObjectNode arguments(Map<String, Template> templates, Values values) {
    ObjectNode arguments = JsonNodeFactory.instance.objectNode();
    templates.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(each ->
            each.getValue()
                .fill(values)
                .ifPresent(value -> arguments.set(each.getKey(), typed(each.getKey(), value))));
    return arguments;
  }

  private JsonNode typed(String parameter, String value) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    try {
      return switch (parameters.path("properties").path(parameter).path("type").asText()) {
        case "integer" -> whole(new BigInteger(value.strip()));
        case "number" -> nodes.numberNode(new BigDecimal(value.strip()));
        case "boolean" ->
            nodes.booleanNode(value.equalsIgnoreCase("true") || value.equalsIgnoreCase("yes"));
        default -> nodes.textNode(value);
      };
    } catch (NumberFormatException _) {
      return nodes.textNode(value);
    }
  }

  private static JsonNode whole(BigInteger number) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    if (number.bitLength() < Integer.SIZE) {
      return nodes.numberNode(number.intValueExact());
    }
    return number.bitLength() < Long.SIZE
        ? nodes.numberNode(number.longValueExact())
        : nodes.numberNode(number);
  }

  /// What is wrong with arguments by the parameters' schema, or because they are longer than any
  /// tool needs; empty if nothing. Names fields, never their values.
  public List<String> check(JsonNode arguments) {
    List<String> broken = JsonSchemas.check(parameters, arguments);
    boolean isTooLong = broken.isEmpty() && arguments.toString().length() > MOST_CHARACTERS;
    return isTooLong ? List.of("$: longer than " + MOST_CHARACTERS) : broken;
  }

  /// What is wrong with an answer by the result's schema; empty if nothing, or if there is no such
  /// schema.
  public List<String> checkResult(JsonNode answer) {
    return result == null ? List.of() : JsonSchemas.check(result, answer);
  }

  Stream<Template> wordings() {
    return Stream.concat(Stream.ofNullable(errorSay), Stream.ofNullable(fillerSay));
  }
}
