package dev.voxlog.schemas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.avro.Schema;

/// Contracts as another version might have them.
final class Schemas {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Schemas() {}

  /// The contract as a later version might write it: one more field, one more symbol in every enum,
  /// and the fields of nested records in reverse order. The kind stays first.
  static Schema newer(Schema schema) {
    try {
      ObjectNode json = (ObjectNode) JSON.readTree(schema.toString());
      addSymbols(json);
      ArrayNode fields = (ArrayNode) json.get("fields");
      String added = "{\"name\":\"addedLater\",\"type\":[\"null\",\"string\"],\"default\":null}";
      fields.insert(1, JSON.readTree(added));
      return new Schema.Parser().parse(json.toString());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void addSymbols(JsonNode node) {
    if (node.get("symbols") instanceof ArrayNode symbols) {
      symbols.insert(1, "OF_A_NEWER_VERSION");
    }
    if (node.get("items") instanceof ObjectNode item
        && item.get("fields") instanceof ArrayNode fields) {
      List<JsonNode> reversed = new ArrayList<>();
      fields.forEach(reversed::add);
      Collections.reverse(reversed);
      fields.removeAll().addAll(reversed);
    }
    node.forEach(Schemas::addSymbols);
  }
}
