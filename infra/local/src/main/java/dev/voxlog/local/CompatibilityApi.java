package dev.voxlog.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.voxlog.local.RegistryReply.Refusal;
import dev.voxlog.local.SchemaStore.Version;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The part of the registry's API about what may follow what: `/compatibility` and `/config`.
final class CompatibilityApi {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final SchemaStore store;
  private final Consumer<ObjectNode> changes;

  CompatibilityApi(SchemaStore store, Consumer<ObjectNode> changes) {
    this.store = store;
    this.changes = changes;
  }

  /// Whether a schema could be registered (`…/versions`), or goes with one version
  /// (`…/versions/V`).
  JsonNode check(RegistryRequest request) {
    int parts = request.parts().size();
    if (!request.part(1).equals("subjects") || !request.part(3).equals("versions") || parts > 5) {
      throw Refusal.noSuchPath();
    }
    if (!request.method().equals("POST")) {
      throw Refusal.noSuchMethod();
    }
    String subject = request.part(2);
    List<String> conflicts =
        parts == 4
            ? store.conflicts(subject, request.schema())
            : store.conflicts(subject, request.schema(), against(subject, request.part(4)));
    ObjectNode answer = NODES.objectNode().put("is_compatible", conflicts.isEmpty());
    if (request.isAsked("verbose")) {
      ArrayNode messages = answer.putArray("messages");
      conflicts.forEach(messages::add);
    }
    return answer;
  }

  /// The version to compare with; none where the latest of a new subject is asked for.
  private List<Version> against(String subject, String wanted) {
    demandVersion(wanted);
    Optional<Version> version = store.version(subject, wanted, false);
    if (version.isEmpty() && !SchemaStore.isLatest(wanted)) {
      throw new Refusal(404, 40402, "Version " + wanted + " not found.");
    }
    return version.map(List::of).orElse(List.of());
  }

  static void demandVersion(String wanted) {
    if (!wanted.matches("latest|-1|[1-9]\\d{0,8}")) {
      throw new Refusal(
          422,
          42202,
          "The specified version '%s' is not a valid version id. Allowed values are between [1, 2^31-1] and the string \"latest\""
              .formatted(wanted));
    }
  }

  JsonNode config(RegistryRequest request) {
    if (request.parts().size() > 2) {
      throw Refusal.noSuchPath();
    }
    String subject = request.parts().size() == 1 ? SchemaStore.GLOBAL : request.part(1);
    return switch (request.method()) {
      case "GET" -> level(configured(subject, request.isAsked("defaultToGlobal")));
      case "PUT" -> {
        Compatibility level = wanted(request);
        if (store.ownLevel(subject).filter(level::equals).isEmpty()) {
          changes.accept(SchemaStore.configuring(subject, level));
        }
        yield NODES.objectNode().put("compatibility", level.name());
      }
      case "DELETE" -> {
        Compatibility before = configured(subject, false);
        changes.accept(SchemaStore.configuring(subject, null));
        yield level(before);
      }
      default -> throw Refusal.noSuchMethod();
    };
  }

  private static JsonNode level(Compatibility level) {
    return NODES.objectNode().put("compatibilityLevel", level.name());
  }

  private Compatibility configured(String subject, boolean isGlobalGood) {
    if (store.ownLevel(subject).isEmpty() && !subject.equals(SchemaStore.GLOBAL) && !isGlobalGood) {
      throw new Refusal(
          404,
          40408,
          "Subject '" + subject + "' does not have subject-level compatibility configured");
    }
    return store.level(subject);
  }

  private static Compatibility wanted(RegistryRequest request) {
    return Compatibility.named(request.body().path("compatibility").asText())
        .orElseThrow(() ->
            new Refusal(
                422,
                42203,
                "Invalid compatibility level. Valid values are none, backward, forward, full,"
                    + " backward_transitive, forward_transitive, and full_transitive"));
  }
}
