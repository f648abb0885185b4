package dev.voxlog.agent.reading;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.voxlog.agent.Environment;
import dev.voxlog.agent.HttpCall;
import dev.voxlog.agent.JsonSchemas;
import dev.voxlog.agent.OwnAccount;
import dev.voxlog.agent.Template;
import dev.voxlog.agent.Tool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the `tools` list.
final class ToolReader {
  static final String TOOL = "tool";

  private static final Pattern PLACE = Pattern.compile("(?<!\\$)\\{[A-Za-z][A-Za-z0-9_.-]*}");

  private final Declared declared;

  ToolReader(Declared declared) {
    this.declared = declared;
  }

  List<Placed<Tool>> read(Section root) {
    List<Placed<Tool>> tools = new ArrayList<>();
    for (Section section : root.sections("tools")) {
      String name = section.text("name", "getOrder");
      declared.add(TOOL, name, section.path("name"));
      Tool tool = tool(section, name);
      if (tool != null) {
        tools.add(new Placed<>(section.path(), tool));
      }
    }
    return tools;
  }

  private static @Nullable Tool tool(Section section, String name) {
    String description = section.text("description");
    if (!section.has("http")) {
      section.report("http", "is missing", "add http: with method and url");
    }
    JsonNode given = schema(section, "parameters");
    JsonNode parameters =
        given == null ? JsonNodeFactory.instance.objectNode().put("type", "object") : given;
    HttpCall http = http(section.section("http"), parameters);
    JsonNode result = schema(section, "result");
    OwnAccount own = OwnReader.read(section.section("own"), parameters, result);
    boolean repeatSafe = section.flag("repeatSafe", false);
    Template errorSay = said(section, "errorSay");
    Template fillerSay = said(section, "fillerSay");
    Duration fillerAfter = section.duration("fillerAfter", Tool.FILLER_AFTER);
    Tool tool =
        section.build(() ->
            new Tool(
                name,
                description,
                http == null ? new HttpCall("GET", "http://-", Map.of(), HttpCall.TIMEOUT) : http,
                parameters,
                result,
                own,
                repeatSafe,
                errorSay,
                fillerSay,
                fillerAfter));
    return http == null ? null : tool;
  }

  private static @Nullable Template said(Section section, String key) {
    Template template = section.template(key);
    if (template != null && !template.isFixed()) {
      section.report(key, "has places, but no values at that moment", "write it without places");
    }
    return template;
  }

  private static @Nullable JsonNode schema(Section section, String key) {
    JsonNode schema = section.json(key);
    if (schema == null) {
      return null;
    }
    List<String> broken = JsonSchemas.checkSchema(schema);
    if (!broken.isEmpty()) {
      section.report(
          key,
          "is no JSON schema: " + broken.getFirst(),
          "correct it by JSON Schema draft 2020-12, as in {type: object, properties: {id: {type: string}}}");
      return null;
    }
    if (key.equals("parameters") && !schema.path("type").asText().equals("object")) {
      section.report(
          key,
          "does not describe an object",
          "write type: object, with the parameters as its properties");
    }
    return schema;
  }

  private static @Nullable HttpCall http(@Nullable Section section, JsonNode parameters) {
    if (section == null) {
      return null;
    }
    String method = section.has("method") ? section.text("method").toUpperCase(Locale.ROOT) : "GET";
    String url = section.text("url", "http://127.0.0.1:8090/orders/{id}");
    Map<String, String> headers = section.textMap("headers");
    Duration timeout = section.duration("timeout", HttpCall.TIMEOUT);
    headers.forEach((name, value) -> checkHeader(section, name, value));
    HttpCall call = section.build(() -> new HttpCall(method, url, headers, timeout));
    if (call != null) {
      checkPath(section, call, parameters);
    }
    return call;
  }

  private static void checkHeader(Section section, String name, String value) {
    if (!Environment.isWellFormed(value)) {
      section.report("headers." + name, "has a broken ${…}", "write ${NAME} or ${NAME:-default}");
    }
    PLACE
        .matcher(value)
        .results()
        .map(MatchResult::group)
        .filter(each -> !each.equals("{caller}"))
        .forEach(each ->
            section.report(
                "headers." + name,
                each + " is no value of the call",
                "write {caller}, or ${NAME} for a variable"));
  }

  private static void checkPath(Section section, HttpCall call, JsonNode parameters) {
    try {
      Set<String> known = FlowReferences.properties(parameters);
      for (String name : call.pathParameters()) {
        if (!known.contains(name)) {
          section.report(
              "url", "{" + name + "} is no parameter of the tool", Closest.fix(name, known));
        } else if (!FlowReferences.required(parameters).contains(name)) {
          section.report(
              "url",
              "{" + name + "} may be missing, for the parameter is not required",
              "add it to the schema's required list");
        }
      }
    } catch (IllegalArgumentException malformed) {
      section.report(
          "url",
          String.valueOf(malformed.getMessage()),
          "write {name} for a parameter of the tool");
    }
  }
}
