package dev.voxlog.agent.reading;

import com.fasterxml.jackson.databind.JsonNode;
import dev.voxlog.agent.OwnAccount;
import dev.voxlog.agent.OwnAccount.Policy;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads a tool's `own`: what of it must be the caller's.
final class OwnReader {
  private OwnReader() {}

  static OwnAccount read(
      @Nullable Section section, JsonNode parameters, @Nullable JsonNode result) {
    if (section == null) {
      return OwnAccount.NONE;
    }
    List<String> arguments = section.texts("arguments");
    List<String> fields = section.texts("result");
    Policy unowned = section.choice("unowned", Policy.WITHHOLD);
    Policy anonymous = section.choice("anonymous", Policy.WITHHOLD);
    checkArguments(section, arguments, parameters, anonymous);
    fields.forEach(each -> checkField(section, each, result));
    OwnAccount own = section.build(() -> new OwnAccount(arguments, fields, unowned, anonymous));
    return own == null ? OwnAccount.NONE : own;
  }

  private static void checkArguments(
      Section section, List<String> arguments, JsonNode parameters, Policy anonymous) {
    Set<String> known = FlowReferences.properties(parameters);
    for (String each : arguments) {
      if (!known.contains(each)) {
        section.report(
            "arguments", each + " is no parameter of the tool", Closest.fix(each, known));
      } else if (anonymous == Policy.ALLOW && FlowReferences.required(parameters).contains(each)) {
        section.report(
            "anonymous",
            "allows callers without a number, but " + each + " is required",
            "write anonymous: withhold, or take " + each + " from the schema's required list");
      }
    }
  }

  /// A field that the schema does not know would be missing from every answer.
  private static void checkField(Section section, String field, @Nullable JsonNode result) {
    if (result == null) {
      section.report(
          "result",
          field + " cannot be checked, for the tool declares no result",
          "add result: with the schema of what the tool answers");
      return;
    }
    JsonNode at = result;
    for (String name : field.split("\\.", -1)) {
      at = at.has("items") ? at.path("items") : at;
      Set<String> known = FlowReferences.properties(at);
      if (!known.contains(name)) {
        section.report(
            "result", "the tool's answer has no field " + field, Closest.fix(name, known));
        return;
      }
      at = at.path("properties").path(name);
    }
  }
}
