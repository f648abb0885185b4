package dev.voxlog.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.voxlog.schemas.GenericRows;
import dev.voxlog.schemas.RandomEvents;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.TopicCodecs;
import dev.voxlog.schemas.VoxEvent;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What our serializer puts into the log, read by the client that most of the world uses.
@Timeout(900)
class ConfluentClientIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int RECORDS_OF_A_KIND = 5;

  @TempDir private Path directory;

  @Test
  void confluentsClientDecodesEveryKindOfEveryTopicThroughOurRegistry() throws Exception {
    try (LocalCluster cluster = LocalCluster.start(directory)) {
      everyKindIsReadAsItWasWritten(cluster, cluster.registryUrl());
    }
  }

  @Test
  void confluentsClientDecodesEveryKindOfEveryTopicThroughApicurio() throws Exception {
    try (LocalCluster cluster = LocalCluster.start(directory);
        Apicurio apicurio = Apicurio.start()) {
      everyKindIsReadAsItWasWritten(cluster, apicurio.url());
    }
  }

  private static void everyKindIsReadAsItWasWritten(LocalCluster cluster, String registryUrl)
      throws Exception {
    LogProbe log = new LogProbe(cluster.bootstrapServers(), registryUrl);
    ConfluentClient client = ConfluentClient.install(registryUrl);
    RandomEvents random = new RandomEvents(7).withinDoubles();
    List<JsonNode> expected = new ArrayList<>();
    List<ConfluentClient.Raw> raw = new ArrayList<>();
    for (Topic topic : Topic.values()) {
      List<VoxEvent> written = new ArrayList<>();
      for (Class<?> kind : RandomEvents.kinds(topic.eventType())) {
        for (int i = 0; i < RECORDS_OF_A_KIND; i++) {
          written.add((VoxEvent) random.make(kind));
        }
      }
      log.write(written);
      for (VoxEvent event : written) {
        expected.add(json(topic.id(), GenericRows.of(event, TopicCodecs.of(topic).schema())));
      }
      log.values(topic).forEach(value -> raw.add(new ConfluentClient.Raw(topic.id(), value)));
    }

    List<JsonNode> read = client.decode(raw);

    // The partitions of a topic have no order among each other.
    assertThat(read).containsExactlyInAnyOrderElementsOf(expected);
    for (Topic topic : Topic.values()) {
      long count = read.stream().filter(r -> r.get("topic").asText().equals(topic.id())).count();
      System.out.printf("%s: %d records decoded by Confluent's client%n", topic.id(), count);
    }
  }

  /// As the client's side writes it: numbers as JSON has them.
  private static JsonNode json(String topic, GenericRecord row) throws Exception {
    ObjectNode record = JsonNodeFactory.instance.objectNode().put("topic", topic);
    record.set("record", tree(row));
    return JSON.readTree(record.toString());
  }

  private static JsonNode tree(Object value) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return switch (value) {
      case null -> nodes.nullNode();
      case GenericRecord row -> {
        ObjectNode object = nodes.objectNode();
        row.getSchema().getFields().forEach(f -> object.set(f.name(), tree(row.get(f.pos()))));
        yield object;
      }
      case Map<?, ?> map -> {
        ObjectNode object = nodes.objectNode();
        map.forEach((key, item) -> object.set(key.toString(), tree(item)));
        yield object;
      }
      case Collection<?> items -> {
        ArrayNode array = nodes.arrayNode();
        items.forEach(item -> array.add(tree(item)));
        yield array;
      }
      case ByteBuffer bytes -> {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        yield nodes.binaryNode(copy);
      }
      case Integer number -> nodes.numberNode(number);
      case Long number -> nodes.numberNode(number);
      case Double number -> nodes.numberNode(number);
      case Boolean truth -> nodes.booleanNode(truth);
      default -> nodes.textNode(value.toString());
    };
  }
}
