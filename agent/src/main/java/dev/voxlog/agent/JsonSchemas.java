package dev.voxlog.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// JSON Schema, draft 2020-12: documents against schemas, `format` included, and schemas against
/// the draft. Safe for any thread.
public final class JsonSchemas {
  private static final JsonSchemaFactory FACTORY =
      JsonSchemaFactory.getInstance(VersionFlag.V202012);
  private static final SchemaValidatorsConfig WITH_FORMATS =
      SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
  private static final Map<JsonNode, JsonSchema> COMPILED = new ConcurrentHashMap<>();
  private static final int MOST_COMPILED = 1_000;

  private JsonSchemas() {}

  /// What `document` breaks of `schema`: path and keyword, without any value of the document.
  public static List<String> check(JsonNode schema, JsonNode document) {
    if (COMPILED.size() > MOST_COMPILED) {
      COMPILED.clear();
    }
    return COMPILED
        .computeIfAbsent(schema, each -> FACTORY.getSchema(each, WITH_FORMATS))
        .validate(document)
        .stream()
        .map(JsonSchemas::told)
        .toList();
  }

  /// What is wrong with a schema itself.
  public static List<String> checkSchema(JsonNode schema) {
    return FACTORY.getSchema(SchemaLocation.of(SchemaId.V202012)).validate(schema).stream()
        .map(ValidationMessage::getMessage)
        .toList();
  }

  private static String told(ValidationMessage message) {
    String property = message.getProperty() == null ? "" : " " + message.getProperty();
    return message.getInstanceLocation() + ": " + message.getType() + property;
  }
}
