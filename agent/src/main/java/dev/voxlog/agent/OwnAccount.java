package dev.voxlog.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What of a tool belongs to the caller: `arguments` that are always the caller's own number,
/// whatever a flow or a language model would have them be, and fields of the `result` that must be
/// it, or the whole answer is withheld.
///
/// `unowned` is for an answer in which such a field is missing or null, `anonymous` for callers
/// whose number nobody knows: withheld from them, the tool is not called at all; where they are
/// allowed, it is called without a number, and nothing that has an owner is theirs.
public record OwnAccount(
    List<String> arguments, List<String> result, Policy unowned, Policy anonymous) {
  /// Whether something is used in the call, or as if it were not there.
  public enum Policy {
    WITHHOLD,
    ALLOW
  }

  /// Nothing of the tool is anybody's own.
  public static final OwnAccount NONE =
      new OwnAccount(List.of(), List.of(), Policy.ALLOW, Policy.ALLOW);

  public OwnAccount {
    arguments = List.copyOf(arguments);
    result = List.copyOf(result);
  }

  /// Whether the tool is called for this caller.
  public boolean admits(Caller caller) {
    return !caller.isAnonymous() || anonymous == Policy.ALLOW;
  }

  /// The arguments with the caller's own in their places, and nobody else's.
  public ObjectNode bound(ObjectNode given, Caller caller) {
    ObjectNode bound = given.deepCopy();
    for (String argument : arguments) {
      bound.remove(argument);
      if (caller.number() != null) {
        bound.put(argument, caller.number());
      }
    }
    return bound;
  }

  /// Whether the caller may have this answer.
  public boolean shows(@Nullable JsonNode answer, Caller caller) {
    return result.stream()
        .allMatch(field -> shows(answer, List.of(field.split("\\.", -1)), caller));
  }

  /// Of a list, each element must be the caller's. What has another shape than the field's path
  /// tells no owner, and is nobody's to have.
  private boolean shows(@Nullable JsonNode at, List<String> path, Caller caller) {
    if (at != null && at.isArray()) {
      for (JsonNode each : at) {
        if (!shows(each, path, caller)) {
          return false;
        }
      }
      return true;
    }
    if (path.isEmpty()) {
      return isUnowned(at) ? unowned == Policy.ALLOW : isOf(at, caller);
    }
    if (at == null || !at.isObject()) {
      return false;
    }
    JsonNode next = at.get(path.getFirst());
    return isUnowned(next)
        ? unowned == Policy.ALLOW
        : shows(next, path.subList(1, path.size()), caller);
  }

  private static boolean isUnowned(@Nullable JsonNode owner) {
    return owner == null || owner.isNull() || owner.isTextual() && owner.asText().isBlank();
  }

  private static boolean isOf(@Nullable JsonNode owner, Caller caller) {
    return owner != null
        && (owner.isTextual() || owner.isIntegralNumber())
        && caller.is(owner.asText());
  }
}
