package dev.voxlog.agent.reading;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// Turns a part of the file into JSON. Aliases can make a small file endless, so depth and size are
/// bounded.
final class YamlToJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int DEEPEST = 32;
  private static final int MOST = 10_000;

  private final Problems problems;
  private final String path;
  private int converted;

  YamlToJson(Problems problems, String path) {
    this.problems = problems;
    this.path = path;
  }

  JsonNode convert(Node node) {
    JsonNode json = convert(node, 0);
    if (converted > MOST) {
      problems.add(path, "is too large or repeats itself", "write it out without aliases");
    }
    return json;
  }

  private JsonNode convert(Node node, int depth) {
    if (++converted > MOST || depth > DEEPEST) {
      converted = MOST + 1;
      return NODES.nullNode();
    }
    return switch (node) {
      case MappingNode map -> object(map, depth);
      case SequenceNode list -> array(list, depth);
      case ScalarNode scalar -> value(scalar);
      default -> NODES.nullNode();
    };
  }

  private ObjectNode object(MappingNode map, int depth) {
    ObjectNode object = NODES.objectNode();
    for (NodeTuple tuple : map.getValue()) {
      String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
      object.set(key, convert(tuple.getValueNode(), depth + 1));
    }
    return object;
  }

  private ArrayNode array(SequenceNode list, int depth) {
    ArrayNode array = NODES.arrayNode();
    list.getValue().forEach(each -> array.add(convert(each, depth + 1)));
    return array;
  }

  private static JsonNode value(ScalarNode scalar) {
    String text = scalar.getValue();
    Tag tag = scalar.getTag();
    if (tag.equals(Tag.NULL)) {
      return NODES.nullNode();
    }
    if (tag.equals(Tag.BOOL)) {
      return NODES.booleanNode(Boolean.parseBoolean(text));
    }
    try {
      if (tag.equals(Tag.INT)) {
        BigInteger number = new BigInteger(text);
        return number.bitLength() < 32
            ? NODES.numberNode(number.intValueExact())
            : NODES.numberNode(number);
      }
      return tag.equals(Tag.FLOAT) ? NODES.numberNode(new BigDecimal(text)) : NODES.textNode(text);
    } catch (NumberFormatException _) {
      return NODES.textNode(text);
    }
  }
}
